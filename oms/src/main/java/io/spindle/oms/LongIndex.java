package io.spindle.oms;

/**
 * Off-heap map from a non-zero 64-bit key to a small number: open addressing, linear probing,
 * deletion by shifting back, so no tombstones pile up. At most half full.
 *
 * <p>Derived state: what it answers depends on its contents only, never on its layout, so it is
 * rebuilt after a snapshot and left out of hashes.
 */
final class LongIndex {
    static final int MISSING = -1;

    private static final int KEY = 0;
    private static final int VALUE = 8;
    private static final int LENGTH = 16;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Slab slots;
    private final int mask;
    private final int shift;
    private final int maxSize;
    private int size;

    LongIndex(final EngineState state, final int maxSize) {
        final int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, maxSize - 1)) << 2);
        this.maxSize = maxSize;
        this.slots = state.derived(LENGTH, capacity);
        this.mask = capacity - 1;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    int size() {
        return size;
    }

    int find(final long key) {
        for (int slot = home(key); ; slot = (slot + 1) & mask) {
            final long found = slots.getLong(slot, KEY);
            if (found == key) {
                return slots.getInt(slot, VALUE);
            }
            if (found == 0) {
                return MISSING;
            }
        }
    }

    /** Adds or changes; the caller sees to it that there are never more than maxSize keys. */
    void put(final long key, final int value) {
        assert key != 0;
        int slot = home(key);
        for (; slots.getLong(slot, KEY) != 0; slot = (slot + 1) & mask) {
            if (slots.getLong(slot, KEY) == key) {
                slots.putInt(slot, VALUE, value);
                return;
            }
        }
        assert size < maxSize;
        size++;
        slots.putLong(slot, KEY, key);
        slots.putInt(slot, VALUE, value);
    }

    void remove(final long key) {
        int hole = home(key);
        for (; slots.getLong(hole, KEY) != key; hole = (hole + 1) & mask) {
            if (slots.getLong(hole, KEY) == 0) {
                return;
            }
        }
        size--;
        for (int slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
            final long moved = slots.getLong(slot, KEY);
            if (moved == 0) {
                break;
            }
            // An entry may fill the hole only when its home is not between hole and slot.
            if (((slot - home(moved)) & mask) >= ((slot - hole) & mask)) {
                slots.putLong(hole, KEY, moved);
                slots.putInt(hole, VALUE, slots.getInt(slot, VALUE));
                hole = slot;
            }
        }
        slots.putLong(hole, KEY, 0);
    }

    void clear() {
        slots.clearAll();
        size = 0;
    }

    private int home(final long key) {
        return (int) ((key * SPREAD) >>> shift);
    }
}
