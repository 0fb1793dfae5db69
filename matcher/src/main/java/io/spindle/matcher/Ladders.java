package io.spindle.matcher;

/**
 * The price levels of every book: radix trees of 64-way {@link Nodes} over the price, twelve to a
 * book.
 *
 * <pre>
 *   0 bids   2 hidden bids   4 sell stops by last   6 … by bid   8 … by ask   10 … by mid
 *   1 asks   3 hidden asks   5 buy stops by last    7 … by bid   9 … by ask   11 … by mid
 * </pre>
 *
 * <p>All are the same, because the even ones are kept upside down: a level's <em>key</em> is its
 * price in an odd ladder and {@code price XOR mirror} in an even one, so that the best level always
 * has the lowest key and nothing here asks which side it is on. The best buy stop is the lowest.
 * The tree's height depends on the book's highest price alone: 3 up to 262,143 ticks, 5 up to
 * 1,073,741,823. An empty ladder owns no node.
 *
 * <pre>
 *   0       4       8       12      16      20     32          64
 *  +-------+-------+-------+-------+-------+------+-----------+
 *  | root  | shift | mirror| best  | best  |      | 4 leaves  |   one record for each ladder
 *  |       |       |       | key   | level |      |           |
 *  +-------+-------+-------+-------+-------+------+-----------+
 * </pre>
 *
 * Four leaves are remembered by the lowest bits of what their keys have in common, so that an order
 * near others finds its level without a walk and without a guess.
 */
final class Ladders extends Slab {
    static final int NIL = OrderCells.NIL;

    /** Above every key: what an empty side reports as its best. */
    static final int NO_KEY = Integer.MAX_VALUE;

    /** Highest price a book can have, in ticks; keys stay below {@link #NO_KEY} on both sides. */
    static final int MAX_PRICE_TICKS = Integer.MAX_VALUE - 1;

    static final int PER_BOOK = 12;

    /** Nodes that one insertion may take. */
    static final int MAX_HEIGHT = 6;

    static final int HIDDEN = 2;
    static final int FIRST_STOPS = 4;
    static final int RECORD_BYTES = 64;

    private static final int RECORD_SHIFT = 6;
    private static final int ROOT_OFFSET = 0;
    private static final int SHIFT_OFFSET = ROOT_OFFSET + Integer.BYTES;
    private static final int MIRROR_OFFSET = SHIFT_OFFSET + Integer.BYTES;
    private static final int BEST_KEY_OFFSET = MIRROR_OFFSET + Integer.BYTES;
    private static final int BEST_LEVEL_OFFSET = BEST_KEY_OFFSET + Integer.BYTES;
    private static final int LEAVES_OFFSET = 32;
    private static final int LEAF_SHIFT = 3;
    private static final int LEAF_MASK = 3;
    private static final int NO_PREFIX = -1;

    private final Nodes nodes;

    Ladders(final int books, final Nodes nodes) {
        super(OffHeap.allocate((long) books * PER_BOOK << RECORD_SHIFT));
        this.nodes = nodes;
        for (int index = 0; index < books * PER_BOOK; index++) {
            clear(index);
        }
    }

    /** Where the leaf of these keys is remembered: its keys' common part, then the node. */
    private static int leaf(final int prefix) {
        return LEAVES_OFFSET + ((prefix & LEAF_MASK) << LEAF_SHIFT);
    }

    /**
     * Displayed orders of a side; {@code ^ 1} is the other side, {@link #HIDDEN} more the unseen.
     */
    static int of(final int book, final int side) {
        return book * PER_BOOK + side;
    }

    static int stops(final int book, final int side, final int triggerBy) {
        return book * PER_BOOK + FIRST_STOPS + (triggerBy << 1 | side ^ 1);
    }

    void open(final int book, final int maxPriceTicks) {
        for (int i = 0; i < PER_BOOK; i++) {
            openOne(book * PER_BOOK + i, maxPriceTicks);
        }
    }

    private void openOne(final int index, final int maxPriceTicks) {
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(maxPriceTicks);
        final int height = (bits + Nodes.SLOT_BITS - 1) / Nodes.SLOT_BITS;
        final long keys = Math.min(1L << height * Nodes.SLOT_BITS, 1L << Integer.SIZE - 1);
        final boolean upsideDown = (index & 1) == 0;
        put(index, SHIFT_OFFSET, (height - 1) * Nodes.SLOT_BITS);
        put(index, MIRROR_OFFSET, upsideDown ? (int) (keys - 1) : 0);
        for (int prefix = 0; prefix <= LEAF_MASK; prefix++) {
            put(index, leaf(prefix), NO_PREFIX);
        }
        clear(index);
    }

    boolean isEmpty(final int index) {
        return bestKey(index) == NO_KEY;
    }

    int bestKey(final int index) {
        return get(index, BEST_KEY_OFFSET);
    }

    /** Lowest key of a side, displayed or hidden. */
    int sideKey(final int displayed) {
        return Math.min(bestKey(displayed), bestKey(displayed + HIDDEN));
    }

    /** The ladder that holds the order to trade with next: displayed before hidden at a price. */
    int better(final int displayed) {
        final int hidden = displayed + HIDDEN;
        return bestKey(hidden) < bestKey(displayed) ? hidden : displayed;
    }

    int bestLevel(final int index) {
        return get(index, BEST_LEVEL_OFFSET);
    }

    /** Price to key and key to price: the function is its own inverse. */
    int mirrored(final int index, final int priceOrKey) {
        return priceOrKey ^ get(index, MIRROR_OFFSET);
    }

    /**
     * The level of a key, made when it is not there. The caller puts an order into it before it
     * calls anything else here, and has made sure that the pool {@link Nodes#hasRoom}.
     */
    int occupy(final int index, final int key) {
        final int prefix = key >>> Nodes.SLOT_BITS;
        final int remembered = leaf(prefix);
        if (get(index, remembered) != prefix) {
            put(index, remembered + Integer.BYTES, descend(index, key));
            put(index, remembered, prefix);
        }
        final int leaf = get(index, remembered + Integer.BYTES);
        final int level = Nodes.reference(leaf, key & Nodes.SLOT_MASK);
        nodes.occupancy(leaf, nodes.occupancy(leaf) | 1L << level);
        if (key < bestKey(index)) {
            put(index, BEST_KEY_OFFSET, key);
            put(index, BEST_LEVEL_OFFSET, level);
        }
        return level;
    }

    /** Walks to the leaf of a key, making what is not there. */
    private int descend(final int index, final int key) {
        int shift = get(index, SHIFT_OFFSET);
        int node = get(index, ROOT_OFFSET);
        if (node == NIL) {
            node = nodes.take(NIL);
            put(index, ROOT_OFFSET, node);
        }
        while (shift > 0) {
            final int reference = Nodes.reference(node, key >>> shift & Nodes.SLOT_MASK);
            int child = nodes.child(reference);
            if (child == NIL) {
                child = nodes.take(reference);
                nodes.child(reference, child);
                nodes.occupancy(node, nodes.occupancy(node) | 1L << reference);
            }
            node = child;
            shift -= Nodes.SLOT_BITS;
        }
        return node;
    }

    private void forget(final int index, final int prefix) {
        if (get(index, leaf(prefix)) == prefix) {
            put(index, leaf(prefix), NO_PREFIX);
        }
    }

    /** The level lost its last order. Releases what became empty and finds the new best. */
    void vacate(final int index, final int level, final int key) {
        int node = Nodes.node(level);
        int shift = 0;
        long occupancy = nodes.occupancy(node) & ~(1L << level);
        if (occupancy == 0) {
            forget(index, key >>> Nodes.SLOT_BITS);
        }
        while (occupancy == 0) {
            final int parent = nodes.parent(node);
            nodes.release(node);
            if (parent == NIL) {
                clear(index);
                return;
            }
            nodes.child(parent, NIL);
            node = Nodes.node(parent);
            shift += Nodes.SLOT_BITS;
            occupancy = nodes.occupancy(node) & ~(1L << parent);
        }
        nodes.occupancy(node, occupancy);
        if (key == bestKey(index)) {
            // Everything below the old best is empty, so the next best is the first under this
            // node.
            promote(index, node, occupancy, shift, key);
        }
    }

    /** Makes the first level under a node the best; above the node its key is the old one. */
    private void promote(
            final int index,
            final int top,
            final long topOccupancy,
            final int topShift,
            final int oldKey) {
        int slot = Long.numberOfTrailingZeros(topOccupancy);
        int reference = Nodes.reference(top, slot);
        int prefix = oldKey >>> topShift & ~Nodes.SLOT_MASK | slot;
        for (int shift = topShift; shift > 0; shift -= Nodes.SLOT_BITS) {
            final int node = nodes.child(reference);
            slot = Long.numberOfTrailingZeros(nodes.occupancy(node));
            reference = Nodes.reference(node, slot);
            prefix = prefix << Nodes.SLOT_BITS | slot;
        }
        put(index, BEST_LEVEL_OFFSET, reference);
        put(index, BEST_KEY_OFFSET, prefix);
    }

    /** The next worse occupied level, or NIL. */
    int nextLevel(final int level) {
        int node = Nodes.node(level);
        int slot = level;
        int shift = 0;
        while (true) {
            final long worse = nodes.occupancy(node) & -2L << slot;
            if (worse != 0) {
                return lowestLevel(node, worse, shift);
            }
            slot = nodes.parent(node);
            if (slot == NIL) {
                return NIL;
            }
            node = Nodes.node(slot);
            shift += Nodes.SLOT_BITS;
        }
    }

    /** The next better occupied level, or NIL. */
    int previousLevel(final int level) {
        int node = Nodes.node(level);
        int slot = level;
        int shift = 0;
        while (true) {
            final long better = nodes.occupancy(node) & ~(-1L << slot);
            if (better != 0) {
                return highestLevel(node, better, shift);
            }
            slot = nodes.parent(node);
            if (slot == NIL) {
                return NIL;
            }
            node = Nodes.node(slot);
            shift += Nodes.SLOT_BITS;
        }
    }

    private int highestLevel(final int top, final long occupancy, final int topShift) {
        int reference = Nodes.reference(top, 63 - Long.numberOfLeadingZeros(occupancy));
        for (int shift = topShift; shift > 0; shift -= Nodes.SLOT_BITS) {
            final int node = nodes.child(reference);
            reference =
                    Nodes.reference(node, 63 - Long.numberOfLeadingZeros(nodes.occupancy(node)));
        }
        return reference;
    }

    private int lowestLevel(final int top, final long occupancy, final int topShift) {
        int reference = Nodes.reference(top, Long.numberOfTrailingZeros(occupancy));
        for (int shift = topShift; shift > 0; shift -= Nodes.SLOT_BITS) {
            final int node = nodes.child(reference);
            reference = Nodes.reference(node, Long.numberOfTrailingZeros(nodes.occupancy(node)));
        }
        return reference;
    }

    private void clear(final int index) {
        put(index, ROOT_OFFSET, NIL);
        put(index, BEST_LEVEL_OFFSET, NIL);
        put(index, BEST_KEY_OFFSET, NO_KEY);
    }

    private int get(final int index, final int field) {
        return getInt(((long) index << RECORD_SHIFT) + field);
    }

    private void put(final int index, final int field, final int value) {
        putInt(((long) index << RECORD_SHIFT) + field, value);
    }
}
