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
    static final int OPEN_NOTIONAL = 24;
    static final int POSITION_COST = 32;
    static final int GROSS_COST = 40;
    static final int MARGIN = 48;
    static final int SETTLEMENT = 56;
    private static final int LENGTH = 128;

    private final PairSlots pairs;
    private final Slab records;
    private final Settlement settlement;

    CashTable(final EngineState state, final int maxCash) {
        this.pairs = new PairSlots(state, EngineState.CASH_COUNT, LENGTH, maxCash);
        this.records = pairs.records();
        this.settlement = new Settlement(state, records, SETTLEMENT);
    }

    public int slots() {
        return pairs.slots();
    }

    /** Slots in use; once in use a slot stays so. */
    public int used() {
        return pairs.used();
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

    /** Everything traded included, settled or not. */
    public long balance(final int slot) {
        return records.getLong(slot, BALANCE);
    }

    /** Set aside for open orders. */
    public long reserved(final int slot) {
        return records.getLong(slot, RESERVED);
    }

    /** Value of all open orders, at their limits. */
    public long openNotional(final int slot) {
        return records.getLong(slot, OPEN_NOTIONAL);
    }

    /** Cost of all positions: long positive, short negative. */
    public long positionCost(final int slot) {
        return records.getLong(slot, POSITION_COST);
    }

    /** Open orders and positions, both at cost and without a sign. */
    public long exposure(final int slot) {
        return openNotional(slot) + records.getLong(slot, GROSS_COST);
    }

    /** Initial margin held for the positions of a margin account. */
    public long margin(final int slot) {
        return records.getLong(slot, MARGIN);
    }

    /** Sold but not yet paid to the account. */
    public long unsettledIn(final int slot) {
        return settlement.incoming(slot);
    }

    /** Bought but not yet paid by the account. */
    public long unsettledOut(final int slot) {
        return settlement.outgoing(slot);
    }

    /**
     * What a new order may use.
     *
     * @param accountFlags of {@link AccountTable}: whether unsettled money counts, and whether the
     *     account trades on margin, its positions counted at cost
     */
    public long free(final int slot, final int accountFlags) {
        long free = balance(slot) - reserved(slot);
        if ((accountFlags & AccountTable.FLAG_TRADE_UNSETTLED) == 0) {
            free -= settlement.incoming(slot);
        }
        if ((accountFlags & AccountTable.FLAG_MARGIN) != 0) {
            free += positionCost(slot) - margin(slot);
        }
        return free;
    }

    Settlement settlement() {
        return settlement;
    }

    int take(final int account, final int currency) {
        return pairs.take(account, currency);
    }

    Slab records() {
        return records;
    }
}
