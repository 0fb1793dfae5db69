package io.spindle.feed;

import io.spindle.oms.OrderEvents;

/** Tells two listeners, the first one first. */
final class OrderEventsTee implements OrderEvents {
    private final OrderEvents first;
    private final OrderEvents second;

    OrderEventsTee(final OrderEvents first, final OrderEvents second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void onAccepted(final int order) {
        first.onAccepted(order);
        second.onAccepted(order);
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        first.onReplaced(order, originalUserRefNum);
        second.onReplaced(order, originalUserRefNum);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        first.onExecuted(order, quantity, price, maker, matchNumber);
        second.onExecuted(order, quantity, price, maker, matchNumber);
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        first.onCanceled(order, quantity, reason);
        second.onCanceled(order, quantity, reason);
    }

    @Override
    public void onSelfTradePrevented(
            final int order,
            final long quantity,
            final long prevented,
            final long price,
            final boolean maker) {
        first.onSelfTradePrevented(order, quantity, prevented, price, maker);
        second.onSelfTradePrevented(order, quantity, prevented, price, maker);
    }

    @Override
    public void onModified(final int order) {
        first.onModified(order);
        second.onModified(order);
    }

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        first.onRejected(session, userRefIdx, userRefNum, reason, clOrdIdHigh, clOrdIdLow);
        second.onRejected(session, userRefIdx, userRefNum, reason, clOrdIdHigh, clOrdIdLow);
    }

    @Override
    public void onCancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {
        first.onCancelRejected(session, userRefIdx, userRefNum, detail);
        second.onCancelRejected(session, userRefIdx, userRefNum, detail);
    }

    @Override
    public void onNotApplied(
            final int session, final int userRefIdx, final int firstNumber, final int count) {
        first.onNotApplied(session, userRefIdx, firstNumber, count);
        second.onNotApplied(session, userRefIdx, firstNumber, count);
    }

    @Override
    public void onRestated(final int order, final int reason) {
        first.onRestated(order, reason);
        second.onRestated(order, reason);
    }

    @Override
    public void onMassCancel(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        first.onMassCancel(session, userRefIdx, userRefNum, firm, symbol);
        second.onMassCancel(session, userRefIdx, userRefNum, firm, symbol);
    }

    @Override
    public void onTradeBroken(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long matchNumber,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        first.onTradeBroken(
                session, userRefIdx, userRefNum, matchNumber, reason, clOrdIdHigh, clOrdIdLow);
        second.onTradeBroken(
                session, userRefIdx, userRefNum, matchNumber, reason, clOrdIdHigh, clOrdIdLow);
    }

    @Override
    public void onTradeCorrected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        first.onTradeCorrected(
                session, userRefIdx, userRefNum, quantity, price, maker, matchNumber);
        second.onTradeCorrected(
                session, userRefIdx, userRefNum, quantity, price, maker, matchNumber);
    }

    @Override
    public void onEntrySet(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        first.onEntrySet(session, userRefIdx, userRefNum, firm, enabled);
        second.onEntrySet(session, userRefIdx, userRefNum, firm, enabled);
    }

    @Override
    public void onNextUserRefNum(final int session, final int userRefIdx, final int next) {
        first.onNextUserRefNum(session, userRefIdx, next);
        second.onNextUserRefNum(session, userRefIdx, next);
    }
}
