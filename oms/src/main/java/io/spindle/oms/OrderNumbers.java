package io.spindle.oms;

/**
 * Open orders by session, index and number: open addressing over order indices; the key is in the
 * order's own record. Sixteen consecutive numbers of a session share a cache line, since clients
 * count upwards. At most a quarter full; deletion shifts back, so no tombstones pile up.
 *
 * <p>Derived state: what it answers depends on the orders only, never on its layout, so it is
 * rebuilt after a snapshot and left out of hashes.
 */
final class OrderNumbers {
    private static final int NUMBERS_PER_LINE_SHIFT = 4;
    private static final int LINE_MASK = (1 << NUMBERS_PER_LINE_SHIFT) - 1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Slab orders;

    /** An order's index + 1; 0 = empty. */
    private final Slab slots;

    private final int mask;
    private final int shift;

    OrderNumbers(final EngineState state, final Slab orders) {
        final int capacity =
                Math.max(64, Integer.highestOneBit(Math.max(1, orders.capacity() - 1)) << 3);
        this.orders = orders;
        this.slots = state.derived(Integer.BYTES, capacity);
        this.mask = capacity - 1;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity >> NUMBERS_PER_LINE_SHIFT);
    }

    /** The order of this name, or {@link OrderTable#NONE}. */
    int find(final int session, final int userRefIdx, final int userRefNum) {
        final int owner = owner(session, userRefIdx);
        for (int slot = home(owner, userRefNum); ; slot = (slot + 1) & mask) {
            final int order = slots.getInt(slot, 0) - 1;
            if (order < 0) {
                return OrderTable.NONE;
            }
            if (number(order) == userRefNum && owner(order) == owner) {
                return order;
            }
        }
    }

    /** Reads where an order of this name is, or will be. */
    int peek(final int session, final int userRefIdx, final int userRefNum) {
        return slots.getInt(home(owner(session, userRefIdx), userRefNum), 0);
    }

    /** Adds an order whose name is not known yet. */
    void add(final int order) {
        int slot = home(order);
        while (slots.getInt(slot, 0) != 0) {
            slot = (slot + 1) & mask;
        }
        slots.putInt(slot, 0, order + 1);
    }

    /** Takes out an order that was added. */
    void remove(final int order) {
        int hole = home(order);
        while (slots.getInt(hole, 0) != order + 1) {
            hole = (hole + 1) & mask;
        }
        for (int slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
            final int moved = slots.getInt(slot, 0) - 1;
            if (moved < 0) {
                break;
            }
            // An entry may fill the hole only when its home is not between hole and slot.
            if (((slot - home(moved)) & mask) >= ((slot - hole) & mask)) {
                slots.putInt(hole, 0, moved + 1);
                hole = slot;
            }
        }
        slots.putInt(hole, 0, 0);
    }

    void clear() {
        slots.clearAll();
    }

    private int home(final int order) {
        return home(owner(order), number(order));
    }

    private int home(final int owner, final int userRefNum) {
        final long line = (long) owner << 32 | userRefNum >>> NUMBERS_PER_LINE_SHIFT;
        final int first = (int) ((line * SPREAD) >>> shift) << NUMBERS_PER_LINE_SHIFT;
        return first | userRefNum & LINE_MASK;
    }

    private int number(final int order) {
        return orders.getInt(order, OrderTable.USER_REF_NUM);
    }

    private int owner(final int order) {
        return owner(
                orders.getShort(order, OrderTable.SESSION),
                orders.getByte(order, OrderTable.USER_REF_IDX));
    }

    private static int owner(final int session, final int userRefIdx) {
        return session << 8 | userRefIdx;
    }
}
