package io.spindle.oms;

import java.util.List;

/** Writes down every event as a line of text. */
final class Recorder extends MarketRecorder implements OrderEvents, AdminEvents {
    private TradingEngine engine;

    void watch(final TradingEngine watched) {
        engine = watched;
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
    public void onAlgorithm(final int algorithm) {
        final AlgorithmTable table = engine.algorithms();
        add(
                "algorithm %d#%d %s sent=%d executed=%d cancelled=%d",
                table.session(algorithm),
                table.number(algorithm),
                OrderState.of(table.state(algorithm)),
                table.children(algorithm),
                table.executed(algorithm),
                table.cancelled(algorithm));
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

    @Override
    public void onVenue(final int venue) {
        add(
                "venue %s %s",
                venue(venue),
                List.of("removed", "down", "cancel only", "open")
                        .get(engine.venues().state(venue)));
    }

    @Override
    public void onRouted(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        add("saw %s %d@%d takes %d", venue(venue), lots, price, share);
    }

    @Override
    public void onLeg(final int leg, final int from, final int to) {
        final LegTable legs = engine.legs();
        add(
                "leg %s/%d %s open=%d",
                venue(legs.venue(leg)), legs.number(leg), OrderState.of(to), legs.open(leg));
    }

    @Override
    public void onLegCancel(final int leg) {
        add("cancel leg %s/%d", venue(engine.legs().venue(leg)), engine.legs().number(leg));
    }

    @Override
    public void onLegUnanswered(final int leg) {
        add("unanswered %s/%d", venue(engine.legs().venue(leg)), engine.legs().number(leg));
    }

    @Override
    public void onVenueDifference(
            final int venue, final int number, final int kind, final long lots) {
        add("difference %s/%d %c %d", venue(venue), number, (char) kind, lots);
    }

    private String venue(final int venue) {
        return venue == VenueTable.NONE ? "HOME" : Ascii.unpack(engine.venues().code(venue));
    }
}
