package io.spindle.matcher;

/**
 * The resting orders, one cell of 32 bytes each, two to a cache line, indexed by the caller's name.
 *
 * <pre>
 *   0       4       8       12      16              24      28      32
 *  +-------+-------+-------+-------+---------------+-------+-------+
 *  | price | prev  | next  | level | open lots     | attr  | group |
 *  +-------+-------+-------+-------+---------------+-------+-------+
 * </pre>
 *
 * Attributes are 0 for a name that is not in any book; else {@link #RESTING}, the side and the
 * book.
 */
final class OrderCells {
    static final int NIL = -1;
    static final int CELL_BYTES = 32;

    /** Attribute bit: the name is in use. */
    static final int RESTING = 1 << 16;

    /** Attribute bit: {@link OrderTerms#SELL}. */
    static final int SIDE_SHIFT = 17;

    /** Attribute bits 0–15. */
    static final int BOOK_MASK = 0xFFFF;

    private static final int CELL_SHIFT = 5;
    private static final int PRICE_OFFSET = 0;
    private static final int PREVIOUS_OFFSET = PRICE_OFFSET + Integer.BYTES;
    private static final int NEXT_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;
    private static final int LEVEL_OFFSET = NEXT_OFFSET + Integer.BYTES;
    private static final int LOTS_OFFSET = LEVEL_OFFSET + Integer.BYTES;
    private static final int ATTRIBUTES_OFFSET = LOTS_OFFSET + Long.BYTES;
    private static final int GROUP_OFFSET = ATTRIBUTES_OFFSET + Integer.BYTES;

    private final Slab slab;
    private final int capacity;

    OrderCells(final int capacity) {
        this.capacity = capacity;
        this.slab = new Slab((long) capacity << CELL_SHIFT, (byte) 0);
    }

    int capacity() {
        return capacity;
    }

    boolean isResting(final int order) {
        return order >= 0 && order < capacity && attributes(order) != 0;
    }

    int priceTicks(final int order) {
        return slab.getInt(offset(order) + PRICE_OFFSET);
    }

    void priceTicks(final int order, final int value) {
        slab.putInt(offset(order) + PRICE_OFFSET, value);
    }

    int previous(final int order) {
        return slab.getInt(offset(order) + PREVIOUS_OFFSET);
    }

    void previous(final int order, final int value) {
        slab.putInt(offset(order) + PREVIOUS_OFFSET, value);
    }

    int next(final int order) {
        return slab.getInt(offset(order) + NEXT_OFFSET);
    }

    void next(final int order, final int value) {
        slab.putInt(offset(order) + NEXT_OFFSET, value);
    }

    int level(final int order) {
        return slab.getInt(offset(order) + LEVEL_OFFSET);
    }

    void level(final int order, final int value) {
        slab.putInt(offset(order) + LEVEL_OFFSET, value);
    }

    long lots(final int order) {
        return slab.getLong(offset(order) + LOTS_OFFSET);
    }

    void lots(final int order, final long value) {
        slab.putLong(offset(order) + LOTS_OFFSET, value);
    }

    int attributes(final int order) {
        return slab.getInt(offset(order) + ATTRIBUTES_OFFSET);
    }

    void attributes(final int order, final int value) {
        slab.putInt(offset(order) + ATTRIBUTES_OFFSET, value);
    }

    int group(final int order) {
        return slab.getInt(offset(order) + GROUP_OFFSET);
    }

    void group(final int order, final int value) {
        slab.putInt(offset(order) + GROUP_OFFSET, value);
    }

    static int book(final int attributes) {
        return attributes & BOOK_MASK;
    }

    static int side(final int attributes) {
        return attributes >>> SIDE_SHIFT & 1;
    }

    /** Attributes of a plain order on this side of a book. */
    static int restingOn(final int bookSide) {
        return RESTING | (bookSide & 1) << SIDE_SHIFT | bookSide >>> 1;
    }

    /** The order's side of its book, as {@link Ladder} numbers sides. */
    static int bookSide(final int attributes) {
        return Ladder.bookSide(book(attributes), side(attributes));
    }

    private static long offset(final int order) {
        return (long) order << CELL_SHIFT;
    }
}
