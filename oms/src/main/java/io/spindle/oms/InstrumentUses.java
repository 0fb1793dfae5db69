package io.spindle.oms;

/**
 * What keeps an instrument from being removed, counted as it comes and goes: its open orders, and
 * the balances of its lots and the margins for it that are not 0.
 */
final class InstrumentUses {
    private static final int ORDERS = 0;
    private static final int AMOUNTS = 4;
    private static final int LENGTH = 8;

    private final Slab records;

    InstrumentUses(final EngineState state, final int maxInstruments) {
        records = state.slab(LENGTH, maxInstruments + 1);
        records.limit(maxInstruments + 1);
    }

    boolean isFree(final int instrument) {
        return openOrders(instrument) == 0 && amounts(instrument) == 0;
    }

    /** Orders of the instrument that have not ended, in its book or not. */
    int openOrders(final int instrument) {
        return records.getInt(instrument, ORDERS);
    }

    /** Balances of its lots that are not 0, and margins for it that are not 0. */
    int amounts(final int instrument) {
        return records.getInt(instrument, AMOUNTS);
    }

    /** One more open order of the instrument, or one less. */
    void orders(final int instrument, final int change) {
        add(instrument, ORDERS, change);
    }

    /** A balance of its lots, or a margin for it, was one amount and is another now. */
    void amount(final int instrument, final long before, final long after) {
        if ((before == 0) != (after == 0)) {
            add(instrument, AMOUNTS, after == 0 ? -1 : 1);
        }
    }

    private void add(final int instrument, final int field, final int change) {
        records.putInt(instrument, field, records.getInt(instrument, field) + change);
    }
}
