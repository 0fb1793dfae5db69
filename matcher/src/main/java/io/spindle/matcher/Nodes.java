package io.spindle.matcher;

import java.lang.foreign.MemorySegment;

/**
 * The pool of ladder nodes, shared by all books: 64 slots each and one word that says which are
 * occupied. Slots and headers lie apart, so that a reference to a slot is its place in memory.
 *
 * <pre>
 *   slots   0        16       32        1024    header   0           8       12      16
 *          +--------+--------+---------+                +-----------+-------+-------+
 *          | slot 0 | slot 1 |    …    |                | occupancy | parent| free  |
 *          +--------+--------+---------+                +-----------+-------+-------+
 * </pre>
 *
 * A slot of a leaf is a price level, see {@link Rings}. A slot of an inner node is a child's number
 * plus one. {@code parent} and every reference to a level is {@code node << 6 | slot}. A node
 * without occupied slots holds nothing but zeros, so that taking one from the pool costs no
 * clearing.
 */
final class Nodes extends Slab {
    static final int NIL = OrderCells.NIL;
    static final int SLOT_BITS = 6;
    static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    static final int HEADER_BYTES = 16;
    static final int SLOTS_BYTES = 16 << SLOT_BITS;
    static final int NODE_BYTES = HEADER_BYTES + SLOTS_BYTES;

    private static final int HEADER_SHIFT = 4;
    private static final int SLOT_SHIFT = 4;
    private static final int OCCUPANCY_OFFSET = 0;
    private static final int PARENT_OFFSET = OCCUPANCY_OFFSET + Long.BYTES;
    private static final int NEXT_FREE_OFFSET = PARENT_OFFSET + Integer.BYTES;

    private final long headers;
    private int firstFree = NIL;
    private int unused;
    private int free;

    /**
     * @param memory slots, what others keep there, headers
     */
    Nodes(final MemorySegment memory, final int capacity) {
        super(memory);
        this.headers = memory.byteSize() - ((long) capacity << HEADER_SHIFT);
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

    /** The child in an inner node's slot, or NIL. */
    int child(final int reference) {
        return getInt((long) reference << SLOT_SHIFT) - 1;
    }

    void child(final int reference, final int node) {
        putInt((long) reference << SLOT_SHIFT, node + 1);
    }

    static int reference(final int node, final int slot) {
        return node << SLOT_BITS | slot;
    }

    static int node(final int reference) {
        return reference >>> SLOT_BITS;
    }

    private long offset(final int node) {
        return headers + ((long) node << HEADER_SHIFT);
    }
}
