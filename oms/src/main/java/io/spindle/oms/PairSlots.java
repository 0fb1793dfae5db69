package io.spindle.oms;

/**
 * Off-heap records found by a pair of small numbers, kept in the slots of an open-addressing table:
 * one cache miss to find and use a record. A slot, once taken, is the record's number for ever.
 */
final class PairSlots {
    /** No room for another record. */
    static final int FULL = -1;

    private static final int KEY = 0;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EngineState state;
    private final int sizeCounter;
    private final Slab records;
    private final int maxSize;
    private final int mask;
    private final int shift;

    /**
     * @param recordLength the first eight bytes of a record are its key
     * @param sizeCounter counter of the state that holds the number of records
     */
    PairSlots(
            final EngineState state,
            final int sizeCounter,
            final int recordLength,
            final int maxSize) {
        final int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, maxSize - 1)) << 2);
        this.state = state;
        this.sizeCounter = sizeCounter;
        this.records = state.slab(recordLength, capacity);
        this.records.limit(capacity);
        this.maxSize = maxSize;
        this.mask = capacity - 1;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    Slab records() {
        return records;
    }

    int slots() {
        return records.capacity();
    }

    /** Records there are; none is ever taken away. */
    int used() {
        return (int) state.get(sizeCounter);
    }

    boolean isUsed(final int slot) {
        return records.getLong(slot, KEY) != 0;
    }

    int first(final int slot) {
        return (int) (records.getLong(slot, KEY) >>> 32) - 1;
    }

    int second(final int slot) {
        return (int) records.getLong(slot, KEY);
    }

    /** Reads where the record is, or will be. */
    long peek(final int first, final int second) {
        return records.getLong(home(key(first, second)), KEY);
    }

    /** The record's slot, or {@link #FULL} when there is none. */
    int find(final int first, final int second) {
        final long key = key(first, second);
        for (int slot = home(key); ; slot = (slot + 1) & mask) {
            final long found = records.getLong(slot, KEY);
            if (found == key) {
                return slot;
            }
            if (found == 0) {
                return FULL;
            }
        }
    }

    /** The record's slot, taken now if it is new, or {@link #FULL}. */
    int take(final int first, final int second) {
        final long key = key(first, second);
        for (int slot = home(key); ; slot = (slot + 1) & mask) {
            final long found = records.getLong(slot, KEY);
            if (found == key) {
                return slot;
            }
            if (found == 0) {
                if (state.get(sizeCounter) == maxSize) {
                    return FULL;
                }
                state.next(sizeCounter);
                records.putLong(slot, KEY, key);
                return slot;
            }
        }
    }

    private int home(final long key) {
        return (int) ((key * SPREAD) >>> shift);
    }

    private static long key(final int first, final int second) {
        return first + 1L << 32 | second & 0xFFFF_FFFFL;
    }
}
