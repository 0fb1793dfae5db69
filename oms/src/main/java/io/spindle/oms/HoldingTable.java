package io.spindle.oms;

/** Lots held by account and instrument, signed. Same contract as {@link CashTable}. */
public final class HoldingTable {
    /** No such holding. */
    public static final int NONE = PairSlots.FULL;

    static final int LOTS = 8;
    static final int RESERVED = 16;
    static final int OPEN_BUY = 24;
    static final int OPEN_SELL = 32;
    private static final int LENGTH = 64;

    private final PairSlots pairs;
    private final Slab records;

    HoldingTable(final EngineState state, final int maxHoldings) {
        this.pairs = new PairSlots(state, EngineState.HOLDING_COUNT, LENGTH, maxHoldings);
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

    public int instrument(final int slot) {
        return pairs.second(slot);
    }

    /** What the account holds of the instrument, or {@link #NONE}. */
    public int find(final int account, final int instrument) {
        return pairs.find(account, instrument);
    }

    public long lots(final int slot) {
        return records.getLong(slot, LOTS);
    }

    int take(final int account, final int instrument) {
        return pairs.take(account, instrument);
    }

    Slab records() {
        return records;
    }
}
