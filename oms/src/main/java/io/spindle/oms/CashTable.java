package io.spindle.oms;

/**
 * Cash by account and currency, in 10^-4 of the currency; currencies are never netted. Same
 * contract as {@link OrderTable}. Slots are numbered 0 … {@link #slots} − 1, not all in use.
 */
public final class CashTable {
    /** No such balance. */
    public static final int NONE = PairSlots.FULL;

    static final int BALANCE = 8;
    static final int RESERVED = 16;
    private static final int LENGTH = 64;

    private final PairSlots pairs;
    private final Slab records;

    CashTable(final EngineState state, final int maxCash) {
        this.pairs = new PairSlots(state, EngineState.CASH_COUNT, LENGTH, maxCash);
        this.records = pairs.records();
    }

    public int slots() {
        return pairs.slots();
    }

    public boolean isUsed(final int slot) {
        return pairs.isUsed(slot);
    }

    public int account(final int slot) {
        return pairs.first(slot);
    }

    /** Packed code. */
    public int currency(final int slot) {
        return pairs.second(slot);
    }

    /** The account's balance in this currency, or {@link #NONE}. */
    public int find(final int account, final int currency) {
        return pairs.find(account, currency);
    }

    public long balance(final int slot) {
        return records.getLong(slot, BALANCE);
    }

    /** Part of the balance that is promised to open orders. */
    public long reserved(final int slot) {
        return records.getLong(slot, RESERVED);
    }

    int take(final int account, final int currency) {
        return pairs.take(account, currency);
    }

    Slab records() {
        return records;
    }
}
