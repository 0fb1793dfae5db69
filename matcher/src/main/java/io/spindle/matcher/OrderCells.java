package io.spindle.matcher;

import java.lang.foreign.MemorySegment;

/**
 * The resting orders, one cell of 32 bytes each, two to a cache line, indexed by the caller's name.
 *
 * <pre>
 *   0       4       8       12      16              24      28      32
 *  +-------+-------+-------+-------+---------------+-------+-------+
 *  | next  | prev  | level | price | lots          | attr  | group |
 *  +-------+-------+-------+-------+---------------+-------+-------+
 * </pre>
 *
 * Attributes are 0 for a name that is not in use; else {@link #LIVE}, the book, the side and where
 * the order is kept. The links are those of {@link Rings}. Lots are those displayed, for an
 * iceberg; the rest is in {@link OrderTraits}. The price of an untriggered stop is its trigger.
 */
final class OrderCells extends Slab {
    static final int NIL = -1;
    static final int CELL_BYTES = 32;

    /** Attribute bits 0–15: the book. */
    static final int BOOK_MASK = 0xFFFF;

    /** Attribute bit: the name is in use. */
    static final int LIVE = 1 << 16;

    /** Attribute bits 17–20: which ladder of the book. */
    static final int LADDER_SHIFT = 17;

    static final int LADDER_MASK = 0xF;

    /** Attribute bit: {@link OrderTerms#SELL}. */
    static final int SIDE_SHIFT = 21;

    /**
     * Attribute bit: the order has {@link OrderTraits}, a maker that needs more than its lots cut.
     */
    static final int EXTENDED = 1 << 22;

    /** Attribute bit: in no ladder. */
    static final int HELD = 1 << 23;

    static final int CELL_SHIFT = 5;
    private static final int LEVEL_OFFSET = 2 * Integer.BYTES; // after the links of Rings
    private static final int PRICE_OFFSET = LEVEL_OFFSET + Integer.BYTES;
    private static final int LOTS_OFFSET = PRICE_OFFSET + Integer.BYTES;
    private static final int ATTRIBUTES_OFFSET = LOTS_OFFSET + Long.BYTES;
    private static final int GROUP_OFFSET = ATTRIBUTES_OFFSET + Integer.BYTES;

    private final int capacity;

    OrderCells(final MemorySegment memory) {
        super(memory);
        this.capacity = (int) (memory.byteSize() >>> CELL_SHIFT);
    }

    int capacity() {
        return capacity;
    }

    boolean isLive(final int order) {
        return order >= 0 && order < capacity && attributes(order) != 0;
    }

    int priceTicks(final int order) {
        return getInt(offset(order) + PRICE_OFFSET);
    }

    void priceTicks(final int order, final int value) {
        putInt(offset(order) + PRICE_OFFSET, value);
    }

    int level(final int order) {
        return getInt(offset(order) + LEVEL_OFFSET);
    }

    void level(final int order, final int value) {
        putInt(offset(order) + LEVEL_OFFSET, value);
    }

    long lots(final int order) {
        return getLong(offset(order) + LOTS_OFFSET);
    }

    void lots(final int order, final long value) {
        putLong(offset(order) + LOTS_OFFSET, value);
    }

    int attributes(final int order) {
        return getInt(offset(order) + ATTRIBUTES_OFFSET);
    }

    void attributes(final int order, final int value) {
        putInt(offset(order) + ATTRIBUTES_OFFSET, value);
    }

    int group(final int order) {
        return getInt(offset(order) + GROUP_OFFSET);
    }

    void group(final int order, final int value) {
        putInt(offset(order) + GROUP_OFFSET, value);
    }

    static int book(final int attributes) {
        return attributes & BOOK_MASK;
    }

    static int side(final int attributes) {
        return attributes >>> SIDE_SHIFT & 1;
    }

    static int ladderOfBook(final int attributes) {
        return attributes >>> LADDER_SHIFT & LADDER_MASK;
    }

    static int ladder(final int attributes) {
        return book(attributes) * Ladders.PER_BOOK + ladderOfBook(attributes);
    }

    static int attributes(
            final int book, final int side, final int ladderOfBook, final int extras) {
        return LIVE | side << SIDE_SHIFT | ladderOfBook << LADDER_SHIFT | book | extras;
    }

    private static long offset(final int order) {
        return (long) order << CELL_SHIFT;
    }
}
