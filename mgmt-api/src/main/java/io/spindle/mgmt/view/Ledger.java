package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.TradingDay;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.CashTable;
import io.spindle.oms.HoldingTable;
import io.spindle.oms.TradingEngine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Members and what they own, read from the engine's tables between two commands. */
public final class Ledger {
    private final TradingEngine engine;
    private final EngineNames names;
    private final AdminFacts facts;
    private final UsedSlots cashSlots = new UsedSlots();
    private final UsedSlots holdingSlots = new UsedSlots();
    private final LedgerChanges changes;

    Ledger(final TradingEngine engine, final EngineNames names, final AdminFacts facts) {
        this.engine = engine;
        this.names = names;
        this.facts = facts;
        this.changes = new LedgerChanges(engine, this, names);
    }

    /** Which entries are not as they were. */
    public LedgerChanges changes() {
        return changes;
    }

    public List<String> firms() {
        return IntStream.range(0, engine.firms().count())
                .mapToObj(firm -> Ascii.unpack(engine.firms().code(firm)))
                .toList();
    }

    /** The members' accounts, without the house's own. */
    public List<Account> accounts() {
        return IntStream.range(AccountTable.FEES + 1, engine.accounts().count())
                .mapToObj(facts::account)
                .toList();
    }

    public List<SessionState> sessions() {
        return IntStream.range(0, engine.sessions().count()).mapToObj(facts::session).toList();
    }

    SessionState session(final int session) {
        return facts.session(session);
    }

    public TradingDay day() {
        return new TradingDay(
                engine.date(),
                engine.epoch(),
                engine.isDayGateRequired(),
                engine.sequence(),
                engine.timeNs());
    }

    /** The members' cash, without the house's own. */
    public List<Balance> cash() {
        return Arrays.stream(cashSlots()).mapToObj(this::balance).toList();
    }

    int[] cashSlots() {
        final CashTable table = engine.cash();
        return cashSlots.find(
                table.used(),
                table.slots(),
                slot -> table.isUsed(slot) && table.account(slot) > AccountTable.FEES);
    }

    /** What a slot of the cash table says now. */
    Balance balance(final int slot) {
        final CashTable table = engine.cash();
        final int account = table.account(slot);
        return new Balance(
                names.account(account),
                names.firmOfAccount(account),
                Ascii.unpack(table.currency(slot)),
                table.balance(slot),
                table.reserved(slot),
                table.unsettledIn(slot),
                table.unsettledOut(slot),
                table.margin(slot),
                table.free(slot, engine.accounts().flags(account)),
                engine.sequence(),
                engine.timeNs());
    }

    /** The members' holdings, without the house's own. */
    public List<Holding> holdings() {
        return Arrays.stream(holdingSlots()).mapToObj(this::holding).toList();
    }

    int[] holdingSlots() {
        final HoldingTable table = engine.holdings();
        return holdingSlots.find(
                table.used(),
                table.slots(),
                slot -> table.isUsed(slot) && table.account(slot) > AccountTable.FEES);
    }

    /** What a slot of the holding table says now. */
    Holding holding(final int slot) {
        final HoldingTable table = engine.holdings();
        final int account = table.account(slot);
        final int flags = engine.accounts().flags(account);
        final long free = table.free(slot, flags);
        final long mark = mark(table.instrument(slot));
        return new Holding(
                names.account(account),
                names.firmOfAccount(account),
                names.instrument(table.instrument(slot)),
                table.lots(slot),
                table.openBuy(slot),
                table.openSell(slot),
                free,
                free < 0 && (flags & AccountTable.FLAG_SHORT_SELLING) == 0,
                table.position(slot),
                table.cost(slot),
                table.realised(slot),
                mark,
                unrealised(slot, mark),
                engine.sequence(),
                engine.timeNs());
    }

    long mark(final int instrument) {
        final long last = engine.instruments().lastPrice(instrument);
        return last != 0 ? last : engine.instruments().referencePrice(instrument);
    }

    private Long unrealised(final int slot, final long mark) {
        final HoldingTable table = engine.holdings();
        final long lots = Math.abs(table.position(slot));
        if (lots != 0 && mark == 0) {
            return null;
        }
        final long value = engine.instruments().value(table.instrument(slot), mark, lots);
        return value < 0 ? null : table.unrealised(slot, value);
    }

    /** The members' slots of a large, nearly empty table: looked for when one was added. */
    private static final class UsedSlots {
        private int[] slots = {};
        private int seen;

        int[] find(final int used, final int capacity, final IntPredicate isMembers) {
            if (seen != used) {
                slots = IntStream.range(0, capacity).filter(isMembers).toArray();
                seen = used;
            }
            return slots;
        }
    }
}
