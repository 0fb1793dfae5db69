package io.spindle.feed;

import io.spindle.oms.AdminEvents;
import io.spindle.oms.OrderEvents;

/** Listens to nothing; tests override what they want to hear. */
public class QuietEvents implements OrderEvents, AdminEvents {
    @Override
    public void onAccepted(final int order) {}

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {}

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {}

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {}

    @Override
    public void onModified(final int order) {}

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {}

    @Override
    public void onCancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {}

    @Override
    public void onNotApplied(
            final int session, final int userRefIdx, final int first, final int count) {}

    @Override
    public void onNextUserRefNum(final int session, final int userRefIdx, final int next) {}

    @Override
    public void onSessionUp(final int session) {}

    @Override
    public void onSessionDown(final int session, final int reason) {}

    @Override
    public void onSession(final int session) {}

    @Override
    public void onAccount(final int account) {}

    @Override
    public void onBalance(final int account, final int currency, final long balance) {}

    @Override
    public void onHolding(final int account, final int instrument, final long lots) {}

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {}

    @Override
    public void onDayStart(final int date, final int epoch) {}

    @Override
    public void onDigestMismatch(final long expected, final long actual) {}
}
