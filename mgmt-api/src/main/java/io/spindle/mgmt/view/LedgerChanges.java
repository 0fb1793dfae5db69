package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Fact;
import io.spindle.oms.CashTable;
import io.spindle.oms.HoldingTable;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Which cash, holdings and sessions, and whether the trading day, are not as they were. Orders,
 * marks and settlements change them and say nothing of it, so all of them are looked at, in rounds
 * of bounded slices, as seldom as their readers can bear; one list of what changed is for all of
 * the readers. What a session has been sent, and the mark of who has no position, are no change.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class LedgerChanges {
    /** Entries looked at, or passed by, between two readers of the view. */
    static final int SLICE = 4_096;

    /** Facts built between two readers of the view. */
    static final int FACTS = 512;

    /** Between the beginnings of two rounds. */
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where the facts of entries belong. */
    public enum Kind {
        CASH,
        HOLDING,
        SESSION,
        DAY
    }

    /**
     * What an entry is about.
     *
     * @param firm empty of the day, as are account and symbol
     * @param symbol empty of all but holdings
     */
    public record Owner(Kind kind, String firm, String account, String symbol) {}

    /**
     * What changed behind a place, as it is now.
     *
     * @param place behind which to go on
     * @param more there is more behind it
     */
    public record Part(List<Fact> facts, long place, boolean more) {}

    private final TradingEngine engine;
    private final Ledger ledger;
    private final EngineNames names;
    private final ChangeList changed = new ChangeList();
    private final Seen cash = new Seen(Kind.CASH);
    private final Seen holdings = new Seen(Kind.HOLDING);
    private final Seen sessions = new Seen(Kind.SESSION);
    private final Seen day = new Seen(Kind.DAY);
    private long known = -1;
    private long roundNs;
    private long roundSequence;

    /** Of the round: what comes next of cash, holdings, sessions and the day in one row. */
    private int next;

    LedgerChanges(final TradingEngine engine, final Ledger ledger, final EngineNames names) {
        this.engine = engine;
        this.ledger = ledger;
        this.names = names;
    }

    /** The sequence up to which all changes are in the list; −1 before the first round. */
    public long known() {
        return known;
    }

    /**
     * Looks at a slice. A round begins if the last began a moment ago or longer, and something has
     * been applied since.
     *
     * @return whether the round goes on
     */
    public boolean look() {
        if (next == 0) {
            final long nowNs = System.nanoTime();
            if (engine.sequence() == known || known >= 0 && nowNs - roundNs < MOMENT_NS) {
                return false;
            }
            begin(nowNs);
        }
        slice();
        return next != 0;
    }

    /** Looks at everything at once: all changes up to now are known. */
    public void lookAtAll() {
        begin(System.nanoTime());
        do {
            slice();
        } while (next != 0);
    }

    private void begin(final long nowNs) {
        next = 0;
        roundNs = nowNs;
        roundSequence = engine.sequence();
    }

    /** New entries come in between and let others be looked at twice, but none be left out. */
    private void slice() {
        final int[] cashSlots = ledger.cashSlots();
        final int[] holdingSlots = ledger.holdingSlots();
        final int holdingsFrom = cashSlots.length;
        final int sessionsFrom = holdingsFrom + holdingSlots.length;
        final int dayAt = sessionsFrom + engine.sessions().count();
        final int end = Math.min(next + SLICE, dayAt + 1);
        for (int i = next; i < end; i++) {
            if (i < holdingsFrom) {
                cash.look(cashSlots[i], cashDigest(cashSlots[i]));
            } else if (i < sessionsFrom) {
                final int slot = holdingSlots[i - holdingsFrom];
                holdings.look(slot, holdingDigest(slot));
            } else if (i < dayAt) {
                sessions.look(i - sessionsFrom, sessionDigest(i - sessionsFrom));
            } else if (engine.date() != 0) {
                day.look(0, dayDigest());
            }
        }
        next = end > dayAt ? 0 : end;
        if (next == 0) {
            known = roundSequence;
        }
    }

    /** The place behind all that is in the list. */
    public long end() {
        return changed.last();
    }

    /** The place behind what had been seen at a sequence. */
    public long endAt(final long sequence) {
        return changed.lastAt(sequence);
    }

    /** What changed behind a place and is wanted, in bounded parts. */
    public Part behind(final long place, final Predicate<Owner> wanted) {
        return behind(place, wanted, FACTS);
    }

    /** The same with another bound of facts. */
    Part behind(final long place, final Predicate<Owner> wanted, final int limit) {
        if (place >= changed.last()) {
            return new Part(List.of(), place, false);
        }
        final List<Fact> facts = new ArrayList<>();
        final int from = changed.behind(place);
        int i = from;
        while (i < changed.size() && i - from < SLICE && facts.size() < limit) {
            if (changed.isNewest(i) && wanted.test(owner(changed.entry(i)))) {
                facts.add(fact(changed.entry(i)));
            }
            i++;
        }
        return new Part(facts, changed.number(i - 1), i < changed.size());
    }

    private static Kind kind(final long entry) {
        return Kind.values()[(int) (entry >>> Integer.SIZE)];
    }

    private Owner owner(final long entry) {
        final int slot = (int) entry;
        return switch (kind(entry)) {
            case CASH -> owner(Kind.CASH, engine.cash().account(slot), "");
            case HOLDING ->
                    owner(
                            Kind.HOLDING,
                            engine.holdings().account(slot),
                            names.instrument(engine.holdings().instrument(slot)).symbol());
            case SESSION ->
                    new Owner(
                            Kind.SESSION,
                            names.firmOfSession(slot),
                            names.account(engine.sessions().account(slot)),
                            "");
            case DAY -> new Owner(Kind.DAY, "", "", "");
        };
    }

    private Owner owner(final Kind kind, final int account, final String symbol) {
        return new Owner(kind, names.firmOfAccount(account), names.account(account), symbol);
    }

    private Fact fact(final long entry) {
        final int slot = (int) entry;
        return switch (kind(entry)) {
            case CASH -> ledger.balance(slot);
            case HOLDING -> ledger.holding(slot);
            case SESSION -> ledger.session(slot);
            case DAY -> ledger.day();
        };
    }

    /** Somebody was told of cash by an event: it counts as changed. */
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
        final long position = table.position(slot);
        return digest(
                table.lots(slot),
                table.openBuy(slot),
                table.openSell(slot),
                table.free(slot, flags),
                flags,
                position,
                table.cost(slot),
                table.realised(slot),
                position == 0 ? 0 : ledger.mark(table.instrument(slot)));
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
                table.openOrders(session));
    }

    private long dayDigest() {
        return digest(engine.date(), engine.epoch(), engine.isDayGateRequired() ? 1 : 0);
    }

    /** Never zero. */
    private static long digest(final long... values) {
        long digest = 1;
        for (final long value : values) {
            digest = (Long.rotateLeft(digest, 29) ^ value) * 0x9E37_79B9_7F4A_7C15L;
        }
        return digest | 1;
    }

    /** What the entries of a table looked like. */
    private final class Seen {
        private final Kind kind;
        private long[] digests = {};

        Seen(final Kind kind) {
            this.kind = kind;
        }

        void look(final int entry, final long digest) {
            if (entry >= digests.length) {
                digests = Arrays.copyOf(digests, Math.max(entry + 1, 2 * digests.length));
            }
            if (digests[entry] != digest) {
                digests[entry] = digest;
                changed.add(((long) kind.ordinal() << Integer.SIZE) | entry, engine.sequence());
            }
        }

        void forget(final int entry) {
            if (entry < digests.length) {
                digests[entry] = 0;
            }
        }
    }
}
