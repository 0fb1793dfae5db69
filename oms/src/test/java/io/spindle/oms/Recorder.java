package io.spindle.oms;

import java.util.ArrayList;
import java.util.List;

/** Writes down every event as a line of text. */
final class Recorder implements OrderEvents, MarketEvents, AdminEvents {
    private final List<String> lines = new ArrayList<>();
    private TradingEngine engine;

    void watch(final TradingEngine watched) {
        engine = watched;
    }

    /** What was said since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void add(final String format, final Object... arguments) {
        lines.add(String.format(format, arguments));
    }

    private String name(final int order) {
        final OrderTable orders = engine.orders();
        return orders.session(order)
                + (orders.userRefIdx(order) == 0 ? "" : "/" + orders.userRefIdx(order))
                + "#"
                + Integer.toUnsignedString(orders.userRefNum(order));
    }

    @Override
    public void onAccepted(final int order) {
        final OrderTable orders = engine.orders();
        add(
                "accepted %s %c %d@%d ref=%d",
                name(order),
                orders.side(order),
                orders.quantity(order),
                orders.price(order),
                orders.orderReference(order));
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        final OrderTable orders = engine.orders();
        add(
                "replaced %d by %s %d@%d ref=%d",
                originalUserRefNum,
                name(order),
                orders.leaves(order),
                orders.price(order),
                orders.orderReference(order));
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        add(
                "executed %s %d@%d %s match=%d leaves=%d",
                name(order),
                quantity,
                price,
                maker ? "maker" : "taker",
                matchNumber,
                engine.orders().leaves(order));
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        add("canceled %s %d %c", name(order), quantity, (char) reason);
    }

    @Override
    public void onSelfTradePrevented(
            final int order,
            final long quantity,
            final long prevented,
            final long price,
            final boolean maker) {
        add(
                "self-trade %s %d of %d@%d %s",
                name(order), quantity, prevented, price, maker ? "maker" : "taker");
        onCanceled(order, quantity, CancelReason.SELF_MATCH);
    }

    @Override
    public void onModified(final int order) {
        add(
                "modified %s %c leaves=%d",
                name(order), engine.orders().side(order), engine.orders().leaves(order));
    }

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        add("rejected %d#%d %s", session, userRefNum, RejectCode.of(reason));
    }

    @Override
    public void onCancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {
        add("cancel rejected %d#%d %s", session, userRefNum, RejectCode.of(detail));
    }

    @Override
    public void onNotApplied(
            final int session, final int userRefIdx, final int first, final int count) {
        add("not applied %d first=%d count=%d", session, first, count);
    }

    @Override
    public void onNextUserRefNum(final int session, final int userRefIdx, final int next) {
        add("next %d/%d %d", session, userRefIdx, next);
    }

    @Override
    public void onSystemEvent(final int code) {
        add("itch system %c", (char) code);
    }

    @Override
    public void onInstrument(final int instrument) {
        add("itch instrument %d", instrument);
    }

    @Override
    public void onTradingState(final int instrument, final int state) {
        add("itch state %d %c", instrument, (char) state);
    }

    @Override
    public void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {
        add("itch added %d %c %d@%d", orderReference, (char) side, quantity, price);
    }

    @Override
    public void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch executed %d %d match=%d", orderReference, quantity, matchNumber);
    }

    @Override
    public void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {
        add("itch reduced %d %d", orderReference, cancelledQuantity);
    }

    @Override
    public void onOrderDeleted(final int instrument, final long orderReference) {
        add("itch deleted %d", orderReference);
    }

    @Override
    public void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {
        add("itch replaced %d by %d %d@%d", oldReference, newReference, quantity, price);
    }

    @Override
    public void onOrderCrossed(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch crossed %d %d@%d match=%d", orderReference, quantity, price, matchNumber);
    }

    @Override
    public void onCrossTrade(
            final int instrument,
            final long quantity,
            final long price,
            final long matchNumber,
            final int cross) {
        add("itch cross %d@%d match=%d %c", quantity, price, matchNumber, (char) cross);
    }

    @Override
    public void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {
        add("itch hidden %d@%d match=%d", quantity, price, matchNumber);
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
        add("broken %d#%d match=%d %c", session, userRefNum, matchNumber, reason);
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
        add(
                "corrected %d#%d %d@%d %s match=%d",
                session, userRefNum, quantity, price, maker ? "maker" : "taker", matchNumber);
    }

    @Override
    public void onTradeBroken(final int instrument, final long matchNumber) {
        add("itch broken %d", matchNumber);
    }

    @Override
    public void onSessionUp(final int session) {
        add("session up %d", session);
    }

    @Override
    public void onSessionDown(final int session, final int reason) {
        add("session down %d %d", session, reason);
    }

    @Override
    public void onSession(final int session) {
        add("session %d", session);
    }

    @Override
    public void onAccount(final int account) {
        add("account %d", account);
    }

    @Override
    public void onBalance(final int account, final int currency, final long balance) {
        add("balance %d %s %d", account, Ascii.unpack(currency), balance);
    }

    @Override
    public void onHolding(final int account, final int instrument, final long lots) {
        add("holding %d %d %d", account, instrument, lots);
    }

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
        add("result %d.%d %s", requestHigh, requestLow, RejectCode.of(code));
    }

    @Override
    public void onDayStart(final int date, final int epoch) {
        add("day %d %d", date, epoch);
    }

    @Override
    public void onDigestMismatch(final long expected, final long actual) {
        add("digest mismatch %d", expected);
    }

    @Override
    public void onRestated(final int order, final int reason) {
        add("restated %s %c", name(order), (char) reason);
    }

    @Override
    public void onMassCancel(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        add("mass cancel %d#%d %s", session, userRefNum, Ascii.unpack(symbol));
    }

    @Override
    public void onEntrySet(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        add("entry %s %d#%d", enabled ? "enabled" : "disabled", session, userRefNum);
    }

    @Override
    public void onEntryState(final int scope, final int index, final int entryState) {
        add("entry state %c %d %d", (char) scope, index, entryState);
    }

    @Override
    public void onReferencePrice(final int instrument, final long price) {
        add("reference %d %d", instrument, price);
    }

    @Override
    public void onHeld(final int order, final int rule) {
        add("held %s rule=%d", name(order), rule);
    }

    @Override
    public void onRiskWarning(
            final int account, final int about, final long limit, final long value) {
        add("warning %d %s limit=%d value=%d", account, RejectCode.of(about), limit, value);
    }

    @Override
    public void onRiskRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int account,
            final int check,
            final long limit,
            final long value) {
        add("risk %s limit=%d value=%d", engine.checkName(check), limit, value);
    }
}
