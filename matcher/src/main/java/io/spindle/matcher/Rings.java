package io.spindle.matcher;

import java.lang.foreign.MemorySegment;

/**
 * The orders of each price level, first come first, as a ring in which the level itself stands
 * between the last order and the first: so nothing here asks whether an order is the first, the
 * last or the only one.
 *
 * <pre>
 *   level, 16 bytes             order, the start of its cell of 32 bytes
 *   0      4          8         0      4          8
 *  +------+----------+------+  +------+----------+---
 *  | next | previous | lots |  | next | previous | …
 *  +------+----------+------+  +------+----------+---
 * </pre>
 *
 * A <em>place</em> counts units of 16 bytes from the start of the memory that levels and cells
 * share; a level's place is its number. A link is kept XORed with the place that holds it, which
 * makes zeroed memory a level without orders. {@code lots} are those open in the whole level,
 * displayed or not: an auction reads them, never an order.
 */
final class Rings extends Slab {
    private static final int PLACE_SHIFT = 4;
    private static final int CELL_SHIFT = OrderCells.CELL_SHIFT - PLACE_SHIFT;
    private static final int NEXT_OFFSET = 0;
    private static final int PREVIOUS_OFFSET = NEXT_OFFSET + Integer.BYTES;
    private static final int LOTS_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;

    private final int cells;

    /**
     * @param memory levels, then cells
     * @param levels how many levels there are
     */
    Rings(final MemorySegment memory, final int levels) {
        super(memory);
        this.cells = levels;
    }

    /** Place of an order's cell. */
    int place(final int order) {
        return cells + (order << CELL_SHIFT);
    }

    /** The order whose cell is at this place. */
    int order(final int place) {
        return place - cells >> CELL_SHIFT;
    }

    /** What comes after: a level after its last order. */
    int next(final int place) {
        return getInt(offset(place) + NEXT_OFFSET) ^ place;
    }

    private void next(final int place, final int other) {
        putInt(offset(place) + NEXT_OFFSET, other ^ place);
    }

    int previous(final int place) {
        return getInt(offset(place) + PREVIOUS_OFFSET) ^ place;
    }

    private void previous(final int place, final int other) {
        putInt(offset(place) + PREVIOUS_OFFSET, other ^ place);
    }

    /** Open lots of a level. */
    long lots(final int level) {
        return getLong(offset(level) + LOTS_OFFSET);
    }

    /** The orders of this level have so many lots more, or less. */
    void addLots(final int level, final long change) {
        final long at = offset(level) + LOTS_OFFSET;
        putLong(at, getLong(at) + change);
    }

    /** The order becomes the level's last. */
    void append(final int level, final int order) {
        final int place = place(order);
        final int last = previous(level);
        next(last, place);
        previous(level, place);
        previous(place, last);
        next(place, level);
    }

    /**
     * Takes an order out.
     *
     * @return whether its level has no other
     */
    boolean remove(final int order) {
        final int place = place(order);
        final int next = next(place);
        final int previous = previous(place);
        next(previous, next);
        previous(next, previous);
        return next == previous;
    }

    /** Takes out everything before {@code first}, which is the level itself for everything. */
    void removeBefore(final int level, final int first) {
        next(level, first);
        previous(first, level);
    }

    private static long offset(final int place) {
        return (long) place << PLACE_SHIFT;
    }
}
