package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.TradingEngine;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a command booked. In the midst of it the parts of an entry do not belong together, so each
 * is told once, when the whole command has been applied: cash first, then holdings, in the order in
 * which the command came to them.
 */
final class BookedFacts {
    private final EngineNames names;
    private final CommandInHand command;
    private final FactListener listener;
    private final Set<Integer> cash = new LinkedHashSet<>();
    private final Set<Integer> holdings = new LinkedHashSet<>();
    private TradingEngine engine;
    private Ledger ledger;

    BookedFacts(final EngineNames names, final CommandInHand command, final FactListener listener) {
        this.names = names;
        this.command = command;
        this.listener = listener;
    }

    void engine(final TradingEngine newEngine, final Ledger newLedger) {
        engine = newEngine;
        ledger = newLedger;
    }

    void cash(final int account, final int currency) {
        cash.add(engine.cash().find(account, currency));
    }

    void holding(final int account, final int instrument) {
        holdings.add(engine.holdings().find(account, instrument));
    }

    /** The command has been applied. */
    void tell() {
        for (final int slot : cash) {
            warnIfOverdrawn(slot);
            ledger.changes().forgetCash(slot);
            listener.on(ledger.balance(slot));
        }
        cash.clear();
        for (final int slot : holdings) {
            warnIfShort(slot);
            ledger.changes().forgetHolding(slot);
            listener.on(ledger.holding(slot));
        }
        holdings.clear();
    }

    /** A debit from outside may take more than there is; a fill cannot. */
    private void warnIfOverdrawn(final int slot) {
        final int account = engine.cash().account(slot);
        final long free = engine.cash().free(slot, engine.accounts().flags(account));
        if (account > AccountTable.FEES && free < 0 && command.isFromOutside()) {
            overdrawn(
                    account,
                    Decimals.text(free, Balance.DECIMALS)
                            + " "
                            + Ascii.unpack(engine.cash().currency(slot)));
        }
    }

    /** The same of lots; who may sell short may have fewer than none in a file, too. */
    private void warnIfShort(final int slot) {
        final int account = engine.holdings().account(slot);
        final int flags = engine.accounts().flags(account);
        final long free = engine.holdings().free(slot, flags);
        final boolean isLong = (flags & AccountTable.FLAG_SHORT_SELLING) == 0;
        if (account > AccountTable.FEES
                && free < 0
                && (command.isWithdrawal() || isLong && command.isBatch())) {
            final Instrument of = names.instrument(engine.holdings().instrument(slot));
            overdrawn(account, of.quantity(free) + " " + of.symbol());
        }
    }

    private void overdrawn(final int account, final String free) {
        listener.on(
                new Alert(
                        Alert.Kind.OVERDRAWN,
                        names.firmOfAccount(account),
                        names.account(account),
                        "free " + free,
                        engine.sequence(),
                        engine.timeNs()));
    }
}
