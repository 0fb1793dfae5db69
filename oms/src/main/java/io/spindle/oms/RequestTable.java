package io.spindle.oms;

/** The last admin requests and their answers, so that a repeat is answered and not done again. */
final class RequestTable {
    static final int UNSEEN = -1;

    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int CODE = 16;
    private static final int LENGTH = 24;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EngineState state;
    private final Slab records;
    private final LongIndex byId;
    private final int mask;

    RequestTable(final EngineState state, final int capacity) {
        this.state = state;
        this.records = state.slab(LENGTH, capacity);
        this.byId = new LongIndex(state, capacity);
        this.mask = capacity - 1;
    }

    /** The answer given to this request, or {@link #UNSEEN}. */
    int answer(final long high, final long low) {
        final int record = byId.find(key(high, low));
        return record != LongIndex.MISSING
                        && records.getLong(record, HIGH) == high
                        && records.getLong(record, LOW) == low
                ? records.getInt(record, CODE)
                : UNSEEN;
    }

    /** Remembers an answer in place of the oldest one. */
    void remember(final long high, final long low, final int code) {
        final long seen = state.next(EngineState.REQUESTS_SEEN);
        final int record = (int) (seen - 1) & mask;
        if (seen > records.capacity()) {
            forget(record);
        } else {
            records.limit(record + 1);
        }
        records.putLong(record, HIGH, high);
        records.putLong(record, LOW, low);
        records.putInt(record, CODE, code);
        byId.put(key(high, low), record);
    }

    void rebuild() {
        byId.clear();
        final long seen = state.get(EngineState.REQUESTS_SEEN);
        for (long i = seen - records.limit(); i < seen; i++) {
            final int record = (int) i & mask;
            byId.put(key(records.getLong(record, HIGH), records.getLong(record, LOW)), record);
        }
    }

    private void forget(final int record) {
        final long key = key(records.getLong(record, HIGH), records.getLong(record, LOW));
        if (byId.find(key) == record) {
            byId.remove(key);
        }
    }

    private static long key(final long high, final long low) {
        return (high * SPREAD ^ Long.rotateLeft(low, 31)) | 1L;
    }
}
