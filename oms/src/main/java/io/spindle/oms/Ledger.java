package io.spindle.oms;

/**
 * Moves cash and lots between accounts. Every movement takes from one account what it gives to
 * another, so that both sum to zero over all accounts, always.
 */
final class Ledger {
    private final CashTable cash;
    private final HoldingTable holdings;
    private final Emitter emitter;
    private final Slab cashRecords;
    private final Slab holdingRecords;

    Ledger(final Tables tables, final Emitter emitter) {
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.emitter = emitter;
        this.cashRecords = cash.records();
        this.holdingRecords = holdings.records();
    }

    /** A fill: value goes from the buyer to the seller, lots the other way. */
    void settle(
            final int buyerCash,
            final int buyerHolding,
            final int sellerCash,
            final int sellerHolding,
            final long lots,
            final long value) {
        moveCash(buyerCash, sellerCash, value);
        moveLots(sellerHolding, buyerHolding, lots);
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
        moveCash(outside, inside, amount);
        return RejectCode.NONE.code;
    }

    /** Books lots into an account from outside, like {@link #adjustCash}. */
    int adjustHolding(final int account, final int instrument, final long lots) {
        final int outside = holdings.take(AccountTable.EXTERNAL, instrument);
        final int inside =
                outside == HoldingTable.NONE ? outside : holdings.take(account, instrument);
        if (inside == HoldingTable.NONE) {
            return RejectCode.HOLDING_CAPACITY.code;
        }
        if (!fits(holdings.lots(outside), -lots) || !fits(holdings.lots(inside), lots)) {
            return RejectCode.AMOUNT.code;
        }
        moveLots(outside, inside, lots);
        return RejectCode.NONE.code;
    }

    private void moveCash(final int from, final int to, final long amount) {
        addCash(from, -amount);
        addCash(to, amount);
    }

    private void addCash(final int slot, final long amount) {
        final long balance = cashRecords.getLong(slot, CashTable.BALANCE) + amount;
        cashRecords.putLong(slot, CashTable.BALANCE, balance);
        emitter.balance(cash.account(slot), cash.currency(slot), balance);
    }

    private void moveLots(final int from, final int to, final long lots) {
        addLots(from, -lots);
        addLots(to, lots);
    }

    private void addLots(final int slot, final long added) {
        final long lots = holdingRecords.getLong(slot, HoldingTable.LOTS) + added;
        holdingRecords.putLong(slot, HoldingTable.LOTS, lots);
        emitter.holding(holdings.account(slot), holdings.instrument(slot), lots);
    }

    private static boolean fits(final long balance, final long change) {
        if (Math.abs(change) > Money.MAX || change == Long.MIN_VALUE) {
            return false;
        }
        return Math.abs(balance + change) <= Money.MAX;
    }
}
