package io.spindle.oms;

/**
 * What of a balance has been traded but not yet delivered: for each of the next three trading days
 * what comes in and what goes out. Days pass with {@code DayStart}; a record follows when it is
 * next written, so that a day's turn costs nothing.
 */
final class Settlement {
    static final int MAX_DAYS = 3;

    /** Layout within a record, from the offset given to the constructor. */
    static final int LENGTH = 72;

    private static final int IN = 0;
    private static final int OUT = 8;
    private static final int DAY = 16;
    private static final int IN_BUCKETS = 24;
    private static final int OUT_BUCKETS = 48;

    private final EngineState state;
    private final Slab records;
    private final int field;

    Settlement(final EngineState state, final Slab records, final int field) {
        this.state = state;
        this.records = records;
        this.field = field;
    }

    /** Still to come in. Changes nothing, so that replicas may be read at any time. */
    long incoming(final int slot) {
        return open(slot, IN, IN_BUCKETS);
    }

    /** Still to go out. */
    long outgoing(final int slot) {
        return open(slot, OUT, OUT_BUCKETS);
    }

    private long open(final int slot, final int total, final int buckets) {
        long open = records.getLong(slot, field + total);
        if (open != 0) {
            final long days =
                    state.get(EngineState.DAY_NUMBER) - records.getLong(slot, field + DAY);
            for (int day = 0; day < MAX_DAYS && day < days; day++) {
                open -= records.getLong(slot, field + buckets + day * Long.BYTES);
            }
        }
        return open;
    }

    /** Due in so many trading days: {@code amount} is positive coming in, negative going out. */
    void add(final int slot, final long amount, final int days) {
        roll(slot);
        if (amount > 0) {
            add(slot, IN, IN_BUCKETS + (days - 1) * Long.BYTES, amount);
        } else {
            add(slot, OUT, OUT_BUCKETS + (days - 1) * Long.BYTES, -amount);
        }
    }

    /** What {@link #add} was told, and is now so many trading days off, will not come to pass. */
    void remove(final int slot, final long amount, final int days) {
        roll(slot);
        if (amount > 0) {
            add(slot, IN, IN_BUCKETS + (days - 1) * Long.BYTES, -amount);
        } else {
            add(slot, OUT, OUT_BUCKETS + (days - 1) * Long.BYTES, amount);
        }
    }

    private void add(final int slot, final int total, final int bucket, final long amount) {
        records.putLong(slot, field + total, records.getLong(slot, field + total) + amount);
        records.putLong(slot, field + bucket, records.getLong(slot, field + bucket) + amount);
    }

    private void roll(final int slot) {
        final long today = state.get(EngineState.DAY_NUMBER);
        final long last = records.getLong(slot, field + DAY);
        if (last == today) {
            return;
        }
        records.putLong(slot, field + DAY, today);
        if (records.getLong(slot, field + IN) == 0 && records.getLong(slot, field + OUT) == 0) {
            return;
        }
        final int days = (int) Math.min(MAX_DAYS, today - last);
        for (int day = 0; day < days; day++) {
            shift(slot, IN, IN_BUCKETS);
            shift(slot, OUT, OUT_BUCKETS);
        }
    }

    private void shift(final int slot, final int total, final int buckets) {
        final int first = field + buckets;
        final long due = records.getLong(slot, first);
        records.putLong(slot, field + total, records.getLong(slot, field + total) - due);
        for (int i = 1; i < MAX_DAYS; i++) {
            final int to = first + (i - 1) * Long.BYTES;
            records.putLong(slot, to, records.getLong(slot, to + Long.BYTES));
        }
        records.putLong(slot, first + (MAX_DAYS - 1) * Long.BYTES, 0);
    }
}
