package io.spindle.matcher;

/**
 * The price levels of every book side: a radix tree of 64-way {@link Nodes} over the price.
 *
 * <p>Both sides of a book are the same ladder, because bids are kept upside down: a level's
 * <em>key</em> is its price on the sell side and {@code price XOR mirror} on the buy side, so that
 * the best level always has the lowest key and nothing here asks which side it is on. The tree's
 * height depends on the book's highest price alone: 3 up to 262,143 ticks, 5 up to 1,073,741,823.
 * An empty ladder owns no node.
 *
 * <pre>
 *   0       4       8       12      16      20     32
 *  +-------+-------+-------+-------+-------+------+
 *  | root  | shift | mirror| best  | best  |      |   one record for each book side
 *  |       |       |       | key   | level |      |
 *  +-------+-------+-------+-------+-------+------+
 * </pre>
 */
final class Ladder {
    static final int NIL = OrderCells.NIL;

    /** Above every key: what an empty side reports as its best. */
    static final int NO_KEY = Integer.MAX_VALUE;

    /** Highest price a book can have, in ticks; keys stay below {@link #NO_KEY} on both sides. */
    static final int MAX_PRICE_TICKS = Integer.MAX_VALUE - 1;

    private static final int RECORD_SHIFT = 5;
    private static final int ROOT_OFFSET = 0;
    private static final int SHIFT_OFFSET = ROOT_OFFSET + Integer.BYTES;
    private static final int MIRROR_OFFSET = SHIFT_OFFSET + Integer.BYTES;
    private static final int BEST_KEY_OFFSET = MIRROR_OFFSET + Integer.BYTES;
    private static final int BEST_LEVEL_OFFSET = BEST_KEY_OFFSET + Integer.BYTES;

    private final Slab sides;
    private final Nodes nodes;

    Ladder(final int books, final Nodes nodes) {
        this.nodes = nodes;
        this.sides = new Slab((long) books * 2 << RECORD_SHIFT, (byte) NIL);
        for (int bookSide = 0; bookSide < books * 2; bookSide++) {
            clear(bookSide);
        }
    }

    static int bookSide(final int book, final int side) {
        return book << 1 | side;
    }

    void open(final int bookSide, final int maxPriceTicks) {
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(maxPriceTicks);
        final int height = (bits + Nodes.SLOT_BITS - 1) / Nodes.SLOT_BITS;
        final long keys = Math.min(1L << height * Nodes.SLOT_BITS, 1L << Integer.SIZE - 1);
        final boolean upsideDown = (bookSide & 1) == OrderTerms.BUY;
        put(bookSide, SHIFT_OFFSET, (height - 1) * Nodes.SLOT_BITS);
        put(bookSide, MIRROR_OFFSET, upsideDown ? (int) (keys - 1) : 0);
        clear(bookSide);
    }

    /** Nodes that one insertion may take. */
    int height(final int bookSide) {
        return get(bookSide, SHIFT_OFFSET) / Nodes.SLOT_BITS + 1;
    }

    boolean isEmpty(final int bookSide) {
        return bestKey(bookSide) == NO_KEY;
    }

    int bestKey(final int bookSide) {
        return get(bookSide, BEST_KEY_OFFSET);
    }

    int bestLevel(final int bookSide) {
        return get(bookSide, BEST_LEVEL_OFFSET);
    }

    /** Price to key and key to price: the function is its own inverse. */
    int mirrored(final int bookSide, final int priceOrKey) {
        return priceOrKey ^ get(bookSide, MIRROR_OFFSET);
    }

    /**
     * The level of a key, made when it is not there. The caller puts an order into it before it
     * calls anything else here, and has made sure that {@link #height} nodes are free.
     */
    int occupy(final int bookSide, final int key) {
        final int bestKey = bestKey(bookSide);
        final int bestLevel = bestLevel(bookSide);
        final int level;
        if (key >>> Nodes.SLOT_BITS == bestKey >>> Nodes.SLOT_BITS && bestLevel != NIL) {
            level = bestLevel & ~Nodes.SLOT_MASK | key & Nodes.SLOT_MASK;
        } else {
            level = descend(bookSide, key);
        }
        final int leaf = Nodes.node(level);
        nodes.occupancy(leaf, nodes.occupancy(leaf) | 1L << level);
        if (key < bestKey) {
            put(bookSide, BEST_KEY_OFFSET, key);
            put(bookSide, BEST_LEVEL_OFFSET, level);
        }
        return level;
    }

    private int descend(final int bookSide, final int key) {
        int shift = get(bookSide, SHIFT_OFFSET);
        int node = get(bookSide, ROOT_OFFSET);
        if (node == NIL) {
            node = nodes.take(NIL);
            put(bookSide, ROOT_OFFSET, node);
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
        return Nodes.reference(node, key & Nodes.SLOT_MASK);
    }

    /** The level lost its last order. Releases what became empty and finds the new best. */
    void vacate(final int bookSide, final int level, final int key) {
        int node = Nodes.node(level);
        int shift = 0;
        long occupancy = nodes.occupancy(node) & ~(1L << level);
        while (occupancy == 0) {
            final int parent = nodes.parent(node);
            nodes.release(node);
            if (parent == NIL) {
                clear(bookSide);
                return;
            }
            nodes.child(parent, NIL);
            node = Nodes.node(parent);
            shift += Nodes.SLOT_BITS;
            occupancy = nodes.occupancy(node) & ~(1L << parent);
        }
        nodes.occupancy(node, occupancy);
        if (key == bestKey(bookSide)) {
            // Everything below the old best is empty, so the next best is the first under this
            // node.
            final int lowest = lowestLevel(node, occupancy, shift);
            put(bookSide, BEST_LEVEL_OFFSET, lowest);
            put(bookSide, BEST_KEY_OFFSET, keyOf(lowest));
        }
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

    private int lowestLevel(final int top, final long occupancy, final int topShift) {
        int reference = Nodes.reference(top, Long.numberOfTrailingZeros(occupancy));
        for (int shift = topShift; shift > 0; shift -= Nodes.SLOT_BITS) {
            final int node = nodes.child(reference);
            reference = Nodes.reference(node, Long.numberOfTrailingZeros(nodes.occupancy(node)));
        }
        return reference;
    }

    /** The key of a level is the slots on its way up. */
    int keyOf(final int level) {
        int key = level & Nodes.SLOT_MASK;
        int reference = nodes.parent(Nodes.node(level));
        for (int shift = Nodes.SLOT_BITS; reference != NIL; shift += Nodes.SLOT_BITS) {
            key |= (reference & Nodes.SLOT_MASK) << shift;
            reference = nodes.parent(Nodes.node(reference));
        }
        return key;
    }

    private void clear(final int bookSide) {
        put(bookSide, ROOT_OFFSET, NIL);
        put(bookSide, BEST_LEVEL_OFFSET, NIL);
        put(bookSide, BEST_KEY_OFFSET, NO_KEY);
    }

    private int get(final int bookSide, final int field) {
        return sides.getInt(((long) bookSide << RECORD_SHIFT) + field);
    }

    private void put(final int bookSide, final int field, final int value) {
        sides.putInt(((long) bookSide << RECORD_SHIFT) + field, value);
    }
}
