package io.spindle.oms;

/** Fee schedules 0 … 255; rates in millionths of a trade's value, negative for a rebate. */
public final class FeeTable {
    public static final int SCHEDULES = 256;

    /** Highest rate, and lowest with the sign turned: ten per cent. */
    public static final int MAX_PPM = 100_000;

    private static final int MAKER = 0;
    private static final int TAKER = 4;
    private static final int LENGTH = 8;

    private final Slab records;

    FeeTable(final EngineState state) {
        records = state.slab(LENGTH, SCHEDULES);
        records.limit(SCHEDULES);
    }

    public int makerPpm(final int schedule) {
        return records.getInt(schedule, MAKER);
    }

    public int takerPpm(final int schedule) {
        return records.getInt(schedule, TAKER);
    }

    void set(final int schedule, final int makerPpm, final int takerPpm) {
        records.putInt(schedule, MAKER, makerPpm);
        records.putInt(schedule, TAKER, takerPpm);
    }

    /**
     * What a fill costs its order in fees, rounded down; negative is a rebate.
     *
     * @param value of the fill, 10^-4 of the currency
     * @param asMaker at the rate of those who rested
     */
    public static long fee(
            final OrderTable orders, final int order, final long value, final boolean asMaker) {
        final int rate = asMaker ? OrderTable.MAKER_PPM : OrderTable.TAKER_PPM;
        return Ledger.fee(orders.records().getInt(order, rate), value);
    }
}
