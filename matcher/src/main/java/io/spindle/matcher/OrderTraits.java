package io.spindle.matcher;

/**
 * What only some orders have: one cache line for each name, touched by {@link OrderCells#EXTENDED}
 * orders alone. Never cleared: {@link #store} writes every field.
 *
 * <pre>
 *   0           8           16      20      24      28      32
 *  +-----------+-----------+-------+-------+-------+-------+
 *  | reserve   | executed  | instr | modes | peak  | range |
 *  +-----------+-----------+-------+-------+-------+-------+
 *  | trail | peg   | limit | trig  | list  | list  | link  | parent |
 *  |       | offset|       |       | prev  | next  |       |        |
 *  +-------+-------+-------+-------+-------+-------+-------+--------+
 *   32      36      40      44      48      52      56      60       64
 * </pre>
 */
final class OrderTraits extends Slab {
    static final int NIL = OrderCells.NIL;
    static final int TRAITS_BYTES = 64;

    private static final int SHIFT = 6;
    private static final int RESERVE_OFFSET = 0;
    private static final int EXECUTED_OFFSET = 8;
    private static final int INSTRUCTIONS_OFFSET = 16;
    private static final int MODES_OFFSET = 20;
    private static final int PEAK_OFFSET = 24;
    private static final int RANGE_OFFSET = 28;
    private static final int TRAIL_OFFSET = 32;
    private static final int PEG_OFFSET_OFFSET = 36;
    private static final int LIMIT_OFFSET = 40;
    private static final int TRIGGER_OFFSET = 44;
    static final int LIST_PREVIOUS_OFFSET = 48;
    static final int LIST_NEXT_OFFSET = 52;
    static final int LINK_OFFSET = 56;
    private static final int PARENT_OFFSET = 60;

    // Modes, packed.
    private static final int TRIGGER_BY_SHIFT = 3;
    private static final int TRAIL_UNIT_SHIFT = 5;
    private static final int PEG_TO_SHIFT = 6;
    private static final int SELF_TRADE_SHIFT = 8;
    private static final int LIST_SHIFT = 10;
    private static final int LIST_BITS = 7;

    OrderTraits(final int capacity) {
        super(OffHeap.allocate((long) capacity << SHIFT));
    }

    /** Everything that outlives the order's entry. No list, no links of its own yet. */
    void store(final OrderTerms terms, final int limit) {
        final int order = terms.order;
        reserve(order, 0L);
        executed(order, 0L);
        put(order, INSTRUCTIONS_OFFSET, terms.instructions);
        put(
                order,
                MODES_OFFSET,
                terms.timeInForce
                        | terms.triggerBy << TRIGGER_BY_SHIFT
                        | terms.trailUnit << TRAIL_UNIT_SHIFT
                        | terms.pegTo << PEG_TO_SHIFT
                        | terms.selfTradeMode << SELF_TRADE_SHIFT);
        put(order, PEAK_OFFSET, (int) terms.peakLots);
        put(order, RANGE_OFFSET, (int) terms.peakRangeLots);
        put(order, TRAIL_OFFSET, terms.trail);
        put(order, PEG_OFFSET_OFFSET, terms.pegOffsetTicks);
        put(order, LIMIT_OFFSET, limit);
        put(order, TRIGGER_OFFSET, (int) terms.triggerTicks);
        put(order, LIST_PREVIOUS_OFFSET, NIL);
        put(order, LIST_NEXT_OFFSET, NIL);
        put(order, LINK_OFFSET, NIL);
        put(order, PARENT_OFFSET, NIL);
    }

    /** A plain order that is about to be linked. */
    void clear(final int order, final int limit) {
        for (int field = 0; field < TRAITS_BYTES; field += Integer.BYTES) {
            put(order, field, field < LIST_PREVIOUS_OFFSET ? 0 : NIL);
        }
        put(order, LIMIT_OFFSET, limit);
    }

    /** The reverse of {@link #store}, without what the cell holds. */
    void load(final int order, final OrderTerms terms) {
        final int modes = get(order, MODES_OFFSET);
        terms.order = order;
        terms.instructions = instructions(order);
        terms.timeInForce = modes & 7;
        terms.selfTradeMode = modes >>> SELF_TRADE_SHIFT & 3;
        terms.priceTicks = limit(order);
        terms.triggerTicks = get(order, TRIGGER_OFFSET);
        terms.triggerBy = triggerBy(order);
        terms.peakLots = peak(order);
        terms.peakRangeLots = range(order);
    }

    int instructions(final int order) {
        return get(order, INSTRUCTIONS_OFFSET);
    }

    void instructions(final int order, final int value) {
        put(order, INSTRUCTIONS_OFFSET, value);
    }

    long reserve(final int order) {
        return getLong(((long) order << SHIFT) + RESERVE_OFFSET);
    }

    void reserve(final int order, final long lots) {
        putLong(((long) order << SHIFT) + RESERVE_OFFSET, lots);
    }

    long executed(final int order) {
        return getLong(((long) order << SHIFT) + EXECUTED_OFFSET);
    }

    void executed(final int order, final long lots) {
        putLong(((long) order << SHIFT) + EXECUTED_OFFSET, lots);
    }

    long peak(final int order) {
        return Integer.toUnsignedLong(get(order, PEAK_OFFSET));
    }

    long range(final int order) {
        return Integer.toUnsignedLong(get(order, RANGE_OFFSET));
    }

    int trail(final int order) {
        return get(order, TRAIL_OFFSET);
    }

    int trailUnit(final int order) {
        return get(order, MODES_OFFSET) >>> TRAIL_UNIT_SHIFT & 1;
    }

    int triggerBy(final int order) {
        return get(order, MODES_OFFSET) >>> TRIGGER_BY_SHIFT & 3;
    }

    int pegTo(final int order) {
        return get(order, MODES_OFFSET) >>> PEG_TO_SHIFT & 3;
    }

    int pegOffset(final int order) {
        return get(order, PEG_OFFSET_OFFSET);
    }

    int limit(final int order) {
        return get(order, LIMIT_OFFSET);
    }

    int link(final int order) {
        return get(order, LINK_OFFSET);
    }

    void link(final int order, final int other) {
        put(order, LINK_OFFSET, other);
    }

    int parent(final int order) {
        return get(order, PARENT_OFFSET);
    }

    void parent(final int order, final int other) {
        put(order, PARENT_OFFSET, other);
    }

    /** The list of {@link OrderLists} that the order is in. */
    int list(final int order) {
        return get(order, MODES_OFFSET) >>> LIST_SHIFT & LIST_BITS;
    }

    void list(final int order, final int list) {
        final int others = get(order, MODES_OFFSET) & ~(LIST_BITS << LIST_SHIFT);
        put(order, MODES_OFFSET, others | list << LIST_SHIFT);
    }

    /** A field as state, without the neighbours in the list, which follow from the list itself. */
    int image(final int order, final int field) {
        switch (field) {
            case MODES_OFFSET -> {
                return get(order, field) & ~(LIST_BITS << LIST_SHIFT);
            }
            case LIST_PREVIOUS_OFFSET, LIST_NEXT_OFFSET -> {
                return NIL;
            }
            default -> {
                return get(order, field);
            }
        }
    }

    int get(final int order, final int field) {
        return getInt(((long) order << SHIFT) + field);
    }

    void put(final int order, final int field, final int value) {
        putInt(((long) order << SHIFT) + field, value);
    }
}
