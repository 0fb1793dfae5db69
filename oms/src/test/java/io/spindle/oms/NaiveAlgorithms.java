package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What algorithms should send and when, worked out from the clock and the trades seen. */
final class NaiveAlgorithms {
    /** An algorithm as it was asked for. */
    static final class One {
        int session;
        int number;
        long price;
        int slices;
        long startNs;
        long intervalNs;
        int participationBps;
        long quantity;
        long executed;
        long cancelled;
        long volumeBefore;
        NaiveLedger.Order unsent;
    }

    private final NaiveLedger ledger;
    private final NaiveRisk risk;
    private final Map<Long, One> atWork = new HashMap<>();
    private final long[] volume = new long[NaiveLedger.BOOKS + 1];

    /** The one that the next start command asks for. */
    One asked;

    /** What becomes of the slice in hand. */
    private String verdict = "";

    NaiveAlgorithms(final NaiveLedger ledger, final NaiveRisk risk) {
        this.ledger = ledger;
        this.risk = risk;
    }

    int count() {
        return atWork.size();
    }

    One any(final Random random) {
        final List<One> all = new ArrayList<>(atWork.values());
        all.sort((a, b) -> Long.compare(key(a.session, a.number), key(b.session, b.number)));
        return all.get(random.nextInt(all.size()));
    }

    /** Trades are counted once, by their makers. */
    void traded(final TradingEngine engine, final int order, final long lots, final boolean maker) {
        volume[engine.orders().instrument(order)] += maker ? lots : 0;
        final One parent = parent(engine, order);
        if (parent != null) {
            parent.executed += lots;
        }
    }

    void cancelled(final TradingEngine engine, final int order, final long lots) {
        final One parent = parent(engine, order);
        if (parent != null) {
            parent.cancelled += lots;
        }
    }

    private One parent(final TradingEngine engine, final int order) {
        final OrderTable orders = engine.orders();
        return orders.userRefIdx(order) == AlgorithmTable.SERIES
                ? atWork.get(key(orders.session(order), orders.options().linkId(order)))
                : null;
    }

    /** What the slice in hand should have come to. */
    void answered(final String actual) {
        assertEquals(verdict, actual);
    }

    /**
     * The engine says that something changed.
     *
     * @return the order that it is about to enter, or null
     */
    NaiveLedger.Order told(final TradingEngine engine, final int algorithm) {
        final AlgorithmTable table = engine.algorithms();
        final long key = key(table.session(algorithm), table.number(algorithm));
        One one = atWork.get(key);
        if (one == null) {
            one = begin(engine, key, table.number(algorithm));
        }
        NaiveLedger.Order next = null;
        final long leaves = table.leaves(algorithm);
        final long sent = one.unsent.leaves - leaves;
        if (table.cancelled(algorithm) > one.cancelled) {
            one.cancelled += sent;
            one.unsent.leaves = leaves;
        } else if (sent != 0) {
            final long due = due(one, engine.timeNs());
            one.unsent.leaves = leaves;
            if (sent > 0) {
                assertEquals(due, sent);
                next = send(one, sent, engine);
            }
        }
        assertEquals(one.executed, table.executed(algorithm));
        assertEquals(one.cancelled, table.cancelled(algorithm));
        assertEquals(
                one.quantity, one.executed + one.cancelled + leaves + table.working(algorithm));
        if (OrderState.of(table.state(algorithm)).isTerminal()) {
            atWork.remove(key);
            ledger.accounts.get(one.unsent.account).unsent.remove(key);
        }
        return next;
    }

    private One begin(final TradingEngine engine, final long key, final int number) {
        final One one = asked;
        one.number = number;
        one.startNs = engine.timeNs();
        one.volumeBefore = volume[one.unsent.book];
        atWork.put(key, one);
        ledger.accounts.get(one.unsent.account).unsent.put(key, one.unsent);
        return one;
    }

    private NaiveLedger.Order send(final One one, final long lots, final TradingEngine engine) {
        final NaiveLedger.Order whole = one.unsent;
        final NaiveLedger.Order child =
                risk.order(whole.account, whole.book, whole.buys, lots, 0, one.price);
        verdict =
                risk.judge(
                        child,
                        null,
                        one.session,
                        one.price,
                        engine.sessions().openOrders(one.session));
        return child;
    }

    private long due(final One one, final long nowNs) {
        final long slice = (nowNs - one.startNs) / one.intervalNs + 1;
        final long target =
                one.participationBps == 0
                        ? one.quantity * slice / one.slices
                        : (volume[one.unsent.book] - one.volumeBefore)
                                * one.participationBps
                                / 10_000;
        final long behind = target - (one.quantity - one.unsent.leaves);
        return Math.max(0, Math.min(one.unsent.leaves, behind));
    }

    private static long key(final int session, final int number) {
        return (long) session << 32 | number;
    }
}
