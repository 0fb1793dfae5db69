package io.spindle.oms;

/**
 * Moves cash and lots between accounts. Every movement takes from one account what it gives to
 * another, so that both sum to zero over all accounts, always.
 */
final class Ledger {
    private final EngineState state;
    private final Slab trades;
    private final InstrumentTable instruments;
    private final CashTable cash;
    private final HoldingTable holdings;
    private final Slab cashRecords;
    private final Slab holdingRecords;
    private final InstrumentUses uses;
    private final Positions positions;
    private final Emitter emitter;

    Ledger(final Tables tables, final Emitter emitter) {
        this.state = tables.state;
        this.trades = tables.trades.records();
        this.instruments = tables.instruments;
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.cashRecords = cash.records();
        this.holdingRecords = holdings.records();
        this.uses = tables.uses;
        this.positions = new Positions(tables);
        this.emitter = emitter;
    }

    /**
     * A fill: value goes from the buyer to the seller, lots the other way, a fee from each to the
     * house; in an auction both pay as makers. Fees are rounded down, so that no fill costs more
     * than was reserved for it.
     *
     * @param trade slot in the {@link TradeTable}
     */
    void settle(final int trade) {
        book(trade, 1);
    }

    /** The same backwards: what is not yet settled never will be, the rest returns at once. */
    void takeBack(final int trade) {
        book(trade, -1);
    }

    private void book(final int trade, final int direction) {
        final long passed =
                state.get(EngineState.DAY_NUMBER) - trades.getLong(trade, TradeTable.DAY_NUMBER);
        final int days = (int) (trades.getInt(trade, TradeTable.SETTLEMENT_DAYS) - passed);
        final long fees =
                leg(trade, TradeTable.MAKER, direction, days)
                        + leg(trade, TradeTable.OTHER, direction, days);
        if (fees != 0) {
            final int instrument = trades.getInt(trade, TradeTable.INSTRUMENT);
            addCash(instruments.feesCash(instrument), direction * fees);
        }
    }

    /** Of a value, at a rate in millionths; rounded down, negative is a rebate. */
    static long fee(final int ppm, final long value) {
        return ppm == 0
                ? 0
                : ppm > 0
                        ? Money.part(value, ppm, Money.MILLIONTHS)
                        : -Money.part(value, -ppm, Money.MILLIONTHS);
    }

    /** Returns the fee. */
    private long leg(final int trade, final int side, final int direction, final int days) {
        final int cashSlot = trades.getInt(trade, side + TradeTable.CASH);
        final int holding = trades.getInt(trade, side + TradeTable.HOLDING);
        final long value = trades.getLong(trade, TradeTable.VALUE);
        final long lots = direction * trades.getLong(trade, TradeTable.LOTS);
        final boolean buys = trades.getInt(trade, side + TradeTable.BUYS) != 0;
        final long fee = fee(trades.getInt(trade, side + TradeTable.FEE_PPM), value);
        final long signedLots = buys ? lots : -lots;
        final long amount = direction * ((buys ? -value : value) - fee);
        addCash(cashSlot, amount);
        addLots(holding, signedLots);
        positions.fill(
                holding,
                cashSlot,
                signedLots,
                value,
                trades.getInt(trade, side + TradeTable.MARGIN_BPS));
        if (days > 0 && direction > 0) {
            cash.settlement().add(cashSlot, amount, days);
            holdings.settlement().add(holding, signedLots, days);
        } else if (days > 0) {
            cash.settlement().remove(cashSlot, -amount, days);
            holdings.settlement().remove(holding, -signedLots, days);
        }
        return fee;
    }

    /**
     * Books cash into an account from outside, or out of it when negative.
     *
     * @return a {@link RejectCode} number
     */
    int adjustCash(final int account, final int currency, final long amount) {
        final int outside = cash.take(AccountTable.EXTERNAL, currency);
        final int inside = outside == CashTable.NONE ? outside : cash.take(account, currency);
        if (inside == CashTable.NONE) {
            return RejectCode.CASH_CAPACITY.code;
        }
        if (!fits(cash.balance(outside), -amount) || !fits(cash.balance(inside), amount)) {
            return RejectCode.AMOUNT.code;
        }
        addCash(outside, -amount);
        addCash(inside, amount);
        return RejectCode.NONE.code;
    }

    /** Books lots into an account from outside, like {@link #adjustCash}. */
    int adjustHolding(final int account, final int book, final long lots) {
        final int instrument = instruments.listedAs(book);
        final int outside = holdings.take(AccountTable.EXTERNAL, instrument);
        final int inside =
                outside == HoldingTable.NONE ? outside : holdings.take(account, instrument);
        if (inside == HoldingTable.NONE) {
            return RejectCode.HOLDING_CAPACITY.code;
        }
        if (!fits(holdings.lots(outside), -lots) || !fits(holdings.lots(inside), lots)) {
            return RejectCode.AMOUNT.code;
        }
        addLots(outside, -lots);
        addLots(inside, lots);
        return RejectCode.NONE.code;
    }

    private void addCash(final int slot, final long amount) {
        final long balance = cashRecords.getLong(slot, CashTable.BALANCE) + amount;
        cashRecords.putLong(slot, CashTable.BALANCE, balance);
        emitter.balance(cash.account(slot), cash.currency(slot), balance);
    }

    private void addLots(final int slot, final long added) {
        final long before = holdingRecords.getLong(slot, HoldingTable.LOTS);
        final long lots = before + added;
        holdingRecords.putLong(slot, HoldingTable.LOTS, lots);
        uses.amount(holdings.instrument(slot), before, lots);
        emitter.holding(holdings.account(slot), holdings.instrument(slot), lots);
    }

    private static boolean fits(final long balance, final long change) {
        if (change == Long.MIN_VALUE || Math.abs(change) > Money.MAX) {
            return false;
        }
        return Math.abs(balance + change) <= Money.MAX;
    }
}
