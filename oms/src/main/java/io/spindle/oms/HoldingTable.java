package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * Lots held by account and instrument, and the position that trading has made of them. Same
 * contract as {@link CashTable}.
 */
public final class HoldingTable {
    /** No such holding. */
    public static final int NONE = PairSlots.FULL;

    static final int LOTS = 8;
    static final int OPEN_BUY = 16;
    static final int OPEN_SELL = 24;
    static final int POSITION = 32;
    static final int COST = 40;
    static final int REALISED = 48;
    static final int SETTLEMENT = 56;
    static final int MARGIN = SETTLEMENT + Settlement.LENGTH;
    private static final int LENGTH = 192;

    private final PairSlots pairs;
    private final Slab records;
    private final Settlement settlement;

    HoldingTable(final EngineState state, final int maxHoldings) {
        this.pairs = new PairSlots(state, EngineState.HOLDING_COUNT, LENGTH, maxHoldings);
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

    public int instrument(final int slot) {
        return pairs.second(slot);
    }

    /** What the account holds of the instrument, or {@link #NONE}. */
    public int find(final int account, final int instrument) {
        return pairs.find(account, instrument);
    }

    /** Lots held, signed; everything traded included, settled or not. */
    public long lots(final int slot) {
        return records.getLong(slot, LOTS);
    }

    /** Lots of open buys. */
    public long openBuy(final int slot) {
        return records.getLong(slot, OPEN_BUY);
    }

    /** Lots of open sells; held lots are reserved for them. */
    public long openSell(final int slot) {
        return records.getLong(slot, OPEN_SELL);
    }

    /** Sum of all signed fills. */
    public long position(final int slot) {
        return records.getLong(slot, POSITION);
    }

    /** What the open position cost: positive for long, negative (received) for short. */
    public long cost(final int slot) {
        return records.getLong(slot, COST);
    }

    /** Profit and loss of what is closed, fees not counted. */
    public long realised(final int slot) {
        return records.getLong(slot, REALISED);
    }

    /** What the open position would make at this value of it, which is not negative. */
    public long unrealised(final int slot, final long value) {
        return (position(slot) < 0 ? -value : value) - cost(slot);
    }

    public long unsettledIn(final int slot) {
        return settlement.incoming(slot);
    }

    public long unsettledOut(final int slot) {
        return settlement.outgoing(slot);
    }

    /** Lots that a new sell may use without selling short. */
    public long free(final int slot, final int accountFlags) {
        final long free = lots(slot) - openSell(slot);
        return (accountFlags & AccountTable.FLAG_TRADE_UNSETTLED) == 0
                ? free - settlement.incoming(slot)
                : free;
    }

    /** Whether any account has had lots of this instrument, or has asked for some. */
    @Cold
    boolean isEverHeld(final int instrument) {
        for (int slot = 0; slot < slots(); slot++) {
            if (isUsed(slot) && instrument(slot) == instrument) {
                return true;
            }
        }
        return false;
    }

    Settlement settlement() {
        return settlement;
    }

    /** See {@link Foresight}. */
    long peek(final int account, final int instrument) {
        return pairs.peek(account, instrument);
    }

    int take(final int account, final int instrument) {
        return pairs.take(account, instrument);
    }

    Slab records() {
        return records;
    }
}
