package io.spindle.oms;

/**
 * Parts of orders that are with other venues, named by a dense index that is used again after the
 * leg's terminal transition. A leg's life has the edges of {@link OrderState}; it waits in {@code
 * PENDING_SUBMISSION} for a token of its venue's rate. Same contract as {@link OrderTable}.
 */
public final class LegTable {
    /** No such leg. */
    public static final int NONE = -1;

    /** Most legs open at one time: one command may look at each of them. */
    static final int MAX = Sweeps.MAX_VISITS;

    static final int LOTS = 0;
    static final int OPEN = 8;
    static final int EXECUTED = 16;
    static final int VALUE = 24;
    static final int PRICE = 32;
    static final int NUMBER = 40;
    static final int VENUE = 44;
    static final int ORDER = 48;

    /** The next leg of the same order, + 1; of a free record the next free one, + 1. */
    static final int NEXT = 52;

    /** The next leg that waits for a token of the same venue, + 1. */
    static final int NEXT_WAITING = 56;

    /** Slots of the venue's account. */
    static final int CASH = 60;

    static final int HOLDING = 64;
    static final int SYNC = 68;
    static final int STATE = 72;
    static final int CANCEL_ASKED = 73;
    static final int UNANSWERED = 74;
    static final int REASON = 76;
    private static final int LENGTH = 80;

    private final EngineState state;
    private final Slab records;
    private final LongIndex byNumber;

    LegTable(final EngineState state, final int maxOrders) {
        this.state = state;
        this.records = state.slab(LENGTH, capacity(maxOrders));
        this.byNumber = new LongIndex(state, records.capacity());
    }

    static int capacity(final int maxOrders) {
        return Math.min(MAX, maxOrders);
    }

    /** Indices from here up have never been used. */
    public int highWater() {
        return records.limit();
    }

    public boolean isLive(final int leg) {
        return records.getLong(leg, LOTS) != 0;
    }

    /** The leg that a venue knows by this number, or {@link #NONE}. */
    public int find(final int venue, final int number) {
        return number == 0 ? NONE : byNumber.find(key(venue, number));
    }

    /** Lots sent, or to be sent. */
    public long lots(final int leg) {
        return records.getLong(leg, LOTS);
    }

    /** Lots that may still trade at the venue. */
    public long open(final int leg) {
        return records.getLong(leg, OPEN);
    }

    public long executed(final int leg) {
        return records.getLong(leg, EXECUTED);
    }

    /** Sum of wire price × lots of what is executed. */
    public long executedValue(final int leg) {
        return records.getLong(leg, VALUE);
    }

    /** Limit as a wire price. */
    public long price(final int leg) {
        return records.getLong(leg, PRICE);
    }

    /** Number under which the venue knows it, unsigned; 0 before it is sent. */
    public int number(final int leg) {
        return records.getInt(leg, NUMBER);
    }

    public int venue(final int leg) {
        return records.getInt(leg, VENUE);
    }

    /** The order of which it is a part. */
    public int order(final int leg) {
        return records.getInt(leg, ORDER);
    }

    /** Code of an {@link OrderState}. */
    public int state(final int leg) {
        return records.getByte(leg, STATE);
    }

    /** Sent, and not yet answered by the venue. */
    public boolean isSubmitted(final int leg) {
        return state(leg) == OrderState.SUBMITTED.ordinal();
    }

    /** The venue was asked, or is to be asked, to cancel it. */
    public boolean isCancelAsked(final int leg) {
        return records.getByte(leg, CANCEL_ASKED) != 0;
    }

    Slab records() {
        return records;
    }

    /** Legs that can still be opened, at least. */
    boolean hasRoomFor(final int legs) {
        return state.get(EngineState.LEGS_OPEN) + legs <= records.capacity();
    }

    /** A new leg, first in its order's list; the caller has asked {@link #hasRoomFor}. */
    int add(final int order, final int nextOfOrder, final int venue, final long lots) {
        final int free = (int) state.get(EngineState.LEG_FREE_HEAD) - 1;
        final int leg = free == NONE ? records.limit() : free;
        if (free == NONE) {
            records.limit(leg + 1);
        } else {
            state.set(EngineState.LEG_FREE_HEAD, records.getInt(leg, NEXT));
        }
        records.clear(leg);
        records.putLong(leg, LOTS, lots);
        records.putLong(leg, OPEN, lots);
        records.putInt(leg, VENUE, venue);
        records.putInt(leg, ORDER, order);
        records.putInt(leg, NEXT, nextOfOrder + 1);
        state.next(EngineState.LEGS_OPEN);
        return leg;
    }

    /** The leg after this one in its order's list, or {@link #NONE}. */
    int next(final int leg) {
        return records.getInt(leg, NEXT) - 1;
    }

    /** The venue knows it by this number from now on, and by no earlier one. */
    void rename(final int leg, final int number) {
        delist(leg);
        records.putInt(leg, NUMBER, number);
        byNumber.put(key(venue(leg), number), leg);
    }

    /** Gives the index back; the leg is in no list any more. */
    void release(final int leg) {
        delist(leg);
        records.putLong(leg, LOTS, 0);
        records.putInt(leg, NEXT, (int) state.get(EngineState.LEG_FREE_HEAD));
        state.set(EngineState.LEG_FREE_HEAD, leg + 1);
        state.set(EngineState.LEGS_OPEN, state.get(EngineState.LEGS_OPEN) - 1);
    }

    private void delist(final int leg) {
        if (number(leg) != 0) {
            byNumber.remove(key(venue(leg), number(leg)));
        }
    }

    void rebuild() {
        byNumber.clear();
        for (int leg = 0; leg < records.limit(); leg++) {
            if (isLive(leg) && number(leg) != 0) {
                byNumber.put(key(venue(leg), number(leg)), leg);
            }
        }
    }

    private static long key(final int venue, final int number) {
        return venue + 1L << 32 | number & 0xFFFF_FFFFL;
    }
}
