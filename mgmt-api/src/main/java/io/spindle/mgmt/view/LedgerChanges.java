package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.TradingDay;
import io.spindle.oms.CashTable;
import io.spindle.oms.HoldingTable;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which cash, holdings and sessions, and whether the trading day, are not as they were. Orders,
 * marks and settlements change them and say nothing of it, so all of them are looked at, as seldom
 * as their readers can bear.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class LedgerChanges {
    /** How old a look may be for whoever does not need to know exactly. */
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TradingEngine engine;
    private final Ledger ledger;
    private final Seen cash = new Seen();
    private final Seen holdings = new Seen();
    private final Seen sessions = new Seen();
    private final Seen day = new Seen();
    private long lookedAt = -1;
    private long lookedAtNs;

    LedgerChanges(final TradingEngine engine, final Ledger ledger) {
        this.engine = engine;
        this.ledger = ledger;
    }

    /**
     * Looks at all entries, unless that was done at this sequence or a moment ago.
     *
     * @param exactly a moment ago will not do
     * @return the sequence up to which all changes are known
     */
    public long look(final boolean exactly) {
        final long sequence = engine.sequence();
        final long nowNs = System.nanoTime();
        final boolean isRecent = lookedAt >= 0 && nowNs - lookedAtNs < MOMENT_NS;
        if (sequence == lookedAt || isRecent && !exactly) {
            return lookedAt;
        }
        ledger.cashSlots().forEach(slot -> cash.look(slot, cashDigest(slot), sequence));
        ledger.holdingSlots().forEach(slot -> holdings.look(slot, holdingDigest(slot), sequence));
        IntStream.range(0, engine.sessions().count())
                .forEach(session -> sessions.look(session, sessionDigest(session), sequence));
        day.look(
                0,
                digest(engine.date(), engine.epoch(), engine.isDayGateRequired() ? 1 : 0),
                sequence);
        lookedAt = sequence;
        lookedAtNs = nowNs;
        return sequence;
    }

    /** Cash that was seen to have changed behind a sequence, as it is now. */
    public Stream<Balance> cashBehind(final long sequence) {
        return ledger.cashSlots()
                .filter(slot -> cash.isAfter(slot, sequence))
                .mapToObj(ledger::balance);
    }

    /** Holdings that were seen to have changed behind a sequence, as they are now. */
    public Stream<Holding> holdingsBehind(final long sequence) {
        return ledger.holdingSlots()
                .filter(slot -> holdings.isAfter(slot, sequence))
                .mapToObj(ledger::holding);
    }

    /** Sessions and the day, if they were seen to have changed behind a sequence. */
    public Stream<Fact> statusBehind(final long sequence) {
        final Stream<SessionState> changed =
                IntStream.range(0, engine.sessions().count())
                        .filter(session -> sessions.isAfter(session, sequence))
                        .mapToObj(ledger::session);
        final Stream<TradingDay> begun =
                Stream.of(ledger.day()).filter(one -> one.date() != 0 && day.isAfter(0, sequence));
        return Stream.concat(changed, begun);
    }

    /** Somebody was told of cash in the midst of a command: it counts as changed. */
    void forgetCash(final int slot) {
        cash.forget(slot);
    }

    /** The same of a holding. */
    void forgetHolding(final int slot) {
        holdings.forget(slot);
    }

    /** The same of a session. */
    void forgetSession(final int session) {
        sessions.forget(session);
    }

    private long cashDigest(final int slot) {
        final CashTable table = engine.cash();
        return digest(
                table.balance(slot),
                table.reserved(slot),
                table.unsettledIn(slot),
                table.unsettledOut(slot),
                table.margin(slot),
                table.free(slot, engine.accounts().flags(table.account(slot))));
    }

    /** What a holding would make follows from its position, cost and mark. */
    private long holdingDigest(final int slot) {
        final HoldingTable table = engine.holdings();
        final int flags = engine.accounts().flags(table.account(slot));
        return digest(
                table.lots(slot),
                table.openBuy(slot),
                table.openSell(slot),
                table.free(slot, flags),
                flags,
                table.position(slot),
                table.cost(slot),
                table.realised(slot),
                ledger.mark(table.instrument(slot)));
    }

    private long sessionDigest(final int session) {
        final SessionTable table = engine.sessions();
        return digest(
                table.account(session),
                table.flags(session),
                table.graceNs(session),
                table.isUp(session) ? 1 : 0,
                table.address(session),
                table.port(session),
                table.openOrders(session),
                table.nextOutboundSequence(session));
    }

    /** Never zero. */
    private static long digest(final long... values) {
        long digest = 1;
        for (final long value : values) {
            digest = (Long.rotateLeft(digest, 29) ^ value) * 0x9E37_79B9_7F4A_7C15L;
        }
        return digest | 1;
    }

    /** What the entries of a table looked like, and at which sequence that was new. */
    private static final class Seen {
        private long[] digests = {};
        private long[] changedAt = {};

        void look(final int entry, final long digest, final long sequence) {
            if (entry >= digests.length) {
                final int room = Math.max(entry + 1, 2 * digests.length);
                digests = Arrays.copyOf(digests, room);
                changedAt = Arrays.copyOf(changedAt, room);
            }
            if (digests[entry] != digest) {
                digests[entry] = digest;
                changedAt[entry] = sequence;
            }
        }

        boolean isAfter(final int entry, final long sequence) {
            return entry < changedAt.length && changedAt[entry] > sequence;
        }

        void forget(final int entry) {
            if (entry < digests.length) {
                digests[entry] = 0;
            }
        }
    }
}
