package io.spindle.oms;

/**
 * Token buckets in log time, inside the record of what they limit. Kept as one number, the time at
 * which the bucket is full again: a request takes one interval from it.
 */
final class RateGate {
    static final int REJECT = 'R';
    static final int QUEUE = 'Q';
    static final int LOG_OUT = 'L';

    /** Breaches within a second that log a session out. */
    static final int LOG_OUT_BREACHES = 100;

    static final int MAX_PER_SECOND = 10_000_000;

    static final int LENGTH = 48;
    static final int INTERVAL_NS = 0;
    static final int BURST = 8;
    static final int MODE = 12;

    private static final int FULL_AT_NS = 16;
    private static final int BREACHES = 24;
    private static final int WINDOW_NS = 32;
    private static final int WINDOW_BREACHES = 40;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Slab records;
    private final int field;
    private final int flag;

    /**
     * @param field where the bucket is in a record
     * @param flag byte of the record that says whether there is one, to spare looking at it
     */
    RateGate(final Slab records, final int field, final int flag) {
        this.records = records;
        this.field = field;
        this.flag = flag;
    }

    /** {@code perSecond} 0 takes the limit away. */
    void set(final int index, final long perSecond, final int burst, final int mode) {
        records.putLong(index, field + INTERVAL_NS, perSecond == 0 ? 0 : SECOND_NS / perSecond);
        records.putByte(index, flag, perSecond == 0 ? 0 : 1);
        records.putInt(index, field + BURST, burst);
        records.putByte(index, field + MODE, mode);
        records.putLong(index, field + FULL_AT_NS, 0);
    }

    int mode(final int index) {
        return records.getByte(index, field + MODE);
    }

    /** 0 without a limit. */
    long perSecond(final int index) {
        final long interval = records.getLong(index, field + INTERVAL_NS);
        return interval == 0 ? 0 : SECOND_NS / interval;
    }

    int burst(final int index) {
        return records.getInt(index, field + BURST);
    }

    private boolean isLimited(final int index) {
        return records.getByte(index, flag) != 0;
    }

    boolean has(final int index, final long nowNs) {
        if (!isLimited(index)) {
            return true;
        }
        final long interval = records.getLong(index, field + INTERVAL_NS);
        return records.getLong(index, field + FULL_AT_NS) - nowNs
                <= (records.getInt(index, field + BURST) - 1) * interval;
    }

    void take(final int index, final long nowNs) {
        if (isLimited(index)) {
            final long interval = records.getLong(index, field + INTERVAL_NS);
            final long fullAt = records.getLong(index, field + FULL_AT_NS);
            records.putLong(index, field + FULL_AT_NS, Math.max(fullAt, nowNs) + interval);
        }
    }

    /** When the next token is there. */
    long nextAtNs(final int index) {
        return records.getLong(index, field + FULL_AT_NS)
                - (records.getInt(index, field + BURST) - 1)
                        * records.getLong(index, field + INTERVAL_NS);
    }

    /** Whole tokens in the bucket; {@link Long#MAX_VALUE} without a limit. */
    long tokens(final int index, final long nowNs) {
        final long interval = records.getLong(index, field + INTERVAL_NS);
        if (interval == 0) {
            return Long.MAX_VALUE;
        }
        final long missing = Math.max(0, records.getLong(index, field + FULL_AT_NS) - nowNs);
        return records.getInt(index, field + BURST) - (missing + interval - 1) / interval;
    }

    long breaches(final int index) {
        return records.getLong(index, field + BREACHES);
    }

    /** Counts a breach; true when there were so many in a second that patience ends. */
    boolean breach(final int index, final long nowNs) {
        records.putLong(index, field + BREACHES, breaches(index) + 1);
        if (nowNs - records.getLong(index, field + WINDOW_NS) >= SECOND_NS) {
            records.putLong(index, field + WINDOW_NS, nowNs);
            records.putInt(index, field + WINDOW_BREACHES, 0);
        }
        final int breaches = records.getInt(index, field + WINDOW_BREACHES) + 1;
        records.putInt(index, field + WINDOW_BREACHES, breaches);
        return breaches >= LOG_OUT_BREACHES;
    }
}
