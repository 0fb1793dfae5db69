package io.spindle.matcher;

/**
 * The pool of ladder nodes, shared by all books: 64 slots each and one word that says which are
 * occupied. Headers and slots lie apart, so that a reference to a slot is its place in memory.
 *
 * <pre>
 *   header   0           8       12      16     slots   0        8        16        512
 *           +-----------+-------+-------+              +--------+--------+---------+
 *           | occupancy | parent| free  |              | slot 0 | slot 1 |    …    |
 *           +-----------+-------+-------+              +--------+--------+---------+
 * </pre>
 *
 * A slot of a leaf is a price level: first and last order, each an int. A slot of an inner node is
 * a child's number. {@code parent} and every reference to a level is {@code node << 6 | slot}. A
 * node without occupied slots holds nothing but {@link OrderCells#NIL}, so that taking one from the
 * pool costs no clearing.
 */
final class Nodes extends Slab {
    static final int NIL = OrderCells.NIL;
    static final int SLOT_BITS = 6;
    static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    static final int HEADER_BYTES = 16;
    static final int NODE_BYTES = HEADER_BYTES + (Long.BYTES << SLOT_BITS);

    private static final int HEADER_SHIFT = 4;
    private static final int SLOT_SHIFT = 3;
    private static final int OCCUPANCY_OFFSET = 0;
    private static final int PARENT_OFFSET = OCCUPANCY_OFFSET + Long.BYTES;
    private static final int NEXT_FREE_OFFSET = PARENT_OFFSET + Integer.BYTES;
    private static final int LAST_OFFSET = Integer.BYTES;

    private final int capacity;
    private final long slots;
    private int firstFree = NIL;
    private int unused;
    private int free;

    Nodes(final int capacity) {
        super((long) capacity * NODE_BYTES, (byte) NIL);
        this.capacity = capacity;
        this.slots = (long) capacity << HEADER_SHIFT;
        this.free = capacity;
    }

    /** Whether an order at any price of any book would find its nodes. */
    boolean hasRoom() {
        return free >= Ladders.MAX_HEIGHT;
    }

    /** Nodes that can still be taken. */
    int free() {
        return free;
    }

    /** The caller has made sure that the pool {@link #hasRoom}. */
    int take(final int parent) {
        int node = firstFree;
        if (node != NIL) {
            firstFree = getInt(offset(node) + NEXT_FREE_OFFSET);
        } else {
            node = unused++;
        }
        free--;
        occupancy(node, 0L);
        putInt(offset(node) + PARENT_OFFSET, parent);
        return node;
    }

    void release(final int node) {
        putInt(offset(node) + NEXT_FREE_OFFSET, firstFree);
        firstFree = node;
        free++;
    }

    int capacity() {
        return capacity;
    }

    long occupancy(final int node) {
        return getLong(offset(node) + OCCUPANCY_OFFSET);
    }

    void occupancy(final int node, final long word) {
        putLong(offset(node) + OCCUPANCY_OFFSET, word);
    }

    /** Reference to the slot that holds this node, or NIL for a root. */
    int parent(final int node) {
        return getInt(offset(node) + PARENT_OFFSET);
    }

    int child(final int reference) {
        return getInt(slotOffset(reference));
    }

    void child(final int reference, final int node) {
        putInt(slotOffset(reference), node);
    }

    int first(final int level) {
        return getInt(slotOffset(level));
    }

    void first(final int level, final int order) {
        putInt(slotOffset(level), order);
    }

    int last(final int level) {
        return getInt(slotOffset(level) + LAST_OFFSET);
    }

    void last(final int level, final int order) {
        putInt(slotOffset(level) + LAST_OFFSET, order);
    }

    static int reference(final int node, final int slot) {
        return node << SLOT_BITS | slot;
    }

    static int node(final int reference) {
        return reference >>> SLOT_BITS;
    }

    private static long offset(final int node) {
        return (long) node << HEADER_SHIFT;
    }

    private long slotOffset(final int reference) {
        return slots + ((long) reference << SLOT_SHIFT);
    }
}
