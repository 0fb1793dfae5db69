package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.SessionState;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.CashTable;
import io.spindle.oms.HoldingTable;
import io.spindle.oms.TradingEngine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Members and what they own, read from the engine's tables between two commands. */
public final class Ledger {
    /** Cash of an account in one currency, in 10^-4 of it. */
    public record Cash(
            String account,
            String firm,
            String currency,
            long balance,
            long reserved,
            long unsettledIn,
            long unsettledOut,
            long margin,
            long free) {}

    /**
     * An account's holding of an instrument, in lots; cost and profits in 10^-4 of the currency.
     *
     * @param overdrawn fewer than none are free, and the account may not sell short
     * @param mark price of the last trade, else the reference, else 0
     * @param unrealised what the position would make at the mark; null without one or if too large
     */
    public record Position(
            String account,
            String firm,
            Instrument instrument,
            long lots,
            long openBuy,
            long openSell,
            long free,
            boolean overdrawn,
            long position,
            long cost,
            long realised,
            long mark,
            Long unrealised) {}

    private final TradingEngine engine;
    private final EngineNames names;
    private final AdminFacts facts;
    private final UsedSlots cashSlots = new UsedSlots();
    private final UsedSlots holdingSlots = new UsedSlots();

    Ledger(final TradingEngine engine, final EngineNames names, final AdminFacts facts) {
        this.engine = engine;
        this.names = names;
        this.facts = facts;
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

    public List<Cash> cash() {
        final CashTable table = engine.cash();
        final List<Cash> cash = new ArrayList<>();
        for (final int slot : cashSlots.find(table.used(), table.slots(), table::isUsed)) {
            if (table.account(slot) > AccountTable.FEES) {
                final int account = table.account(slot);
                cash.add(
                        new Cash(
                                names.account(account),
                                names.firmOfAccount(account),
                                Ascii.unpack(table.currency(slot)),
                                table.balance(slot),
                                table.reserved(slot),
                                table.unsettledIn(slot),
                                table.unsettledOut(slot),
                                table.margin(slot),
                                table.free(slot, engine.accounts().flags(account))));
            }
        }
        return cash;
    }

    public List<Position> holdings() {
        final HoldingTable table = engine.holdings();
        final List<Position> holdings = new ArrayList<>();
        for (final int slot : holdingSlots.find(table.used(), table.slots(), table::isUsed)) {
            if (table.account(slot) > AccountTable.FEES) {
                final int account = table.account(slot);
                final int flags = engine.accounts().flags(account);
                final long free = table.free(slot, flags);
                final long mark = mark(table.instrument(slot));
                holdings.add(
                        new Position(
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
                                unrealised(slot, mark)));
            }
        }
        return holdings;
    }

    private long mark(final int instrument) {
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

    /** Cash as facts that are true now. */
    public List<Balance> balances() {
        return cash().stream()
                .map(
                        one ->
                                new Balance(
                                        one.account,
                                        one.firm,
                                        one.currency,
                                        one.balance,
                                        engine.sequence(),
                                        engine.timeNs()))
                .toList();
    }

    /** Holdings as facts that are true now. */
    public List<Holding> holdingFacts() {
        return holdings().stream()
                .map(
                        one ->
                                new Holding(
                                        one.account,
                                        one.firm,
                                        one.instrument,
                                        one.lots,
                                        engine.sequence(),
                                        engine.timeNs()))
                .toList();
    }

    /** The slots of a large, nearly empty table that are in use: looked for when one was added. */
    private static final class UsedSlots {
        private int[] slots = {};

        int[] find(final int used, final int capacity, final IntPredicate isUsed) {
            if (slots.length != used) {
                slots = IntStream.range(0, capacity).filter(isUsed).toArray();
            }
            return slots;
        }
    }
}
