package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * The life of an order. The edges are one table, read by the engine, the documents and the tests.
 */
public enum OrderState {
    CREATED,
    PENDING_SUBMISSION,
    SUBMITTED,
    ACCEPTED,
    PARTIALLY_FILLED,
    FILLED,
    CANCELLED,
    REJECTED,
    ERROR,
    EXPIRED;

    private static final OrderState[] STATES = values();
    private static final int[] EDGES = new int[STATES.length];

    static {
        edges(CREATED, PENDING_SUBMISSION, SUBMITTED, ACCEPTED, REJECTED, ERROR);
        edges(PENDING_SUBMISSION, SUBMITTED, ACCEPTED, CANCELLED, REJECTED, EXPIRED, ERROR);
        edges(SUBMITTED, ACCEPTED, CANCELLED, REJECTED, EXPIRED, ERROR);
        edges(ACCEPTED, PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED, ERROR);
        edges(PARTIALLY_FILLED, PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED, ERROR);
    }

    /** Stable number, as stored and logged. */
    public int code() {
        return ordinal();
    }

    /** The state with this number. */
    public static OrderState of(final int code) {
        return STATES[code];
    }

    public boolean isTerminal() {
        return EDGES[ordinal()] == 0;
    }

    /** In the market: may still trade. */
    public boolean isOpen() {
        return this == ACCEPTED || this == PARTIALLY_FILLED;
    }

    /** The four states that a broker's screen knows. */
    public enum Seen {
        OPEN,
        PARTIALLY_FILLED,
        FILLED,
        CANCELLED
    }

    /** How a broker sees it: what did not end filled has ended cancelled. */
    @Cold
    public Seen seen() {
        if (this == PARTIALLY_FILLED) {
            return Seen.PARTIALLY_FILLED;
        }
        if (this == FILLED) {
            return Seen.FILLED;
        }
        return isTerminal() ? Seen.CANCELLED : Seen.OPEN;
    }

    /** Whole per cent of the quantity that is executed, rounded down; 0 of nothing. */
    public static int filledPercent(final long executed, final long quantity) {
        return quantity == 0 ? 0 : (int) Money.part(executed, 100, quantity);
    }

    public boolean mayBecome(final OrderState next) {
        return mayBecome(ordinal(), next.ordinal());
    }

    static boolean mayBecome(final int from, final int to) {
        return (EDGES[from] & 1 << to) != 0;
    }

    @Cold
    private static void edges(final OrderState from, final OrderState... to) {
        for (final OrderState next : to) {
            EDGES[from.ordinal()] |= 1 << next.ordinal();
        }
    }
}
