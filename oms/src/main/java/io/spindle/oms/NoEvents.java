package io.spindle.oms;

/** Listens to nothing: for engines of which only the state counts; override what matters. */
public class NoEvents implements OrderEvents, MarketEvents, AdminEvents {
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
    public void onSystemEvent(final int code) {}

    @Override
    public void onInstrument(final int instrument) {}

    @Override
    public void onTradingState(final int instrument, final int state) {}

    @Override
    public void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {}

    @Override
    public void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {}

    @Override
    public void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {}

    @Override
    public void onOrderDeleted(final int instrument, final long orderReference) {}

    @Override
    public void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {}

    @Override
    public void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {}

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
