package io.spindle.recovery;

import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import java.util.LinkedHashMap;
import java.util.Map;

/** An engine, and what became of every order that it heard of. */
final class OrderOutcomes extends NoEvents {
    /** One order as its client names it. */
    record Name(int session, int userRefIdx, long userRefNum) {
        @Override
        public String toString() {
            return "session " + session + " order " + userRefIdx + "/" + userRefNum;
        }
    }

    /** How far an order came: all figures are totals in lots. */
    static final class Outcome {
        private boolean accepted;
        private long executed;
        private long notional;
        private long canceled;
        private int reason;

        @Override
        public boolean equals(final Object other) {
            return other instanceof Outcome its && toString().equals(its.toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }

        @Override
        public String toString() {
            final StringBuilder words = new StringBuilder(accepted ? "accepted" : "rejected");
            if (executed > 0) {
                words.append(", executed ").append(executed).append(" for ").append(notional);
            }
            if (canceled > 0) {
                words.append(", canceled ").append(canceled);
            }
            return reason == 0 ? words.toString() : words.append(", reason " + reason).toString();
        }
    }

    final TradingEngine engine;
    final Map<Name, Outcome> orders = new LinkedHashMap<>();

    /** Digest of what orders went through, sequence numbers of any kind left out. */
    private long digest;

    OrderOutcomes(final EngineConfig config) {
        engine = new TradingEngine(config, this, this, this);
    }

    long digest() {
        return digest;
    }

    private Outcome of(final int order) {
        final OrderTable table = engine.orders();
        return of(
                table.session(order),
                table.userRefIdx(order),
                table.userRefNum(order) & 0xFFFF_FFFFL);
    }

    private Outcome of(final int session, final int userRefIdx, final long userRefNum) {
        final Name name = new Name(session, userRefIdx, userRefNum);
        mix(name.hashCode());
        return orders.computeIfAbsent(name, key -> new Outcome());
    }

    /** Those that a snapshot brought were accepted before anything that is heard here. */
    void adoptOpenOrders() {
        for (int order = 0; order < engine.orders().highWater(); order++) {
            if (engine.orders().isLive(order)) {
                of(order).accepted = true;
            }
        }
    }

    private void mix(final long value) {
        digest = (digest ^ value) * 0x9E37_79B9_7F4A_7C15L;
    }

    @Override
    public void onAccepted(final int order) {
        of(order).accepted = true;
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        of(order).accepted = true;
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        final Outcome outcome = of(order);
        outcome.executed += quantity;
        outcome.notional += quantity * price;
        mix(quantity);
        mix(price);
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        final Outcome outcome = of(order);
        outcome.canceled += quantity;
        outcome.reason = reason;
        mix(quantity);
        mix(reason);
    }

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        of(session, userRefIdx, userRefNum & 0xFFFF_FFFFL).reason = reason;
        mix(reason);
    }
}
