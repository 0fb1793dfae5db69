package io.spindle.matcher;

/** What a book does with orders. Numbers are stable; a new book is {@link #CONTINUOUS}. */
public final class TradingState {
    /** Orders match as they come. */
    public static final int CONTINUOUS = 0;

    /** Orders come and go, nothing matches. */
    public static final int PRE_OPEN = 1;

    /** The same, with an indicative price: the call phase of an opening or volatility auction. */
    public static final int AUCTION = 2;

    /** The call phase of the closing auction, which orders held for it join. */
    public static final int CLOSING_AUCTION = 3;

    /** Nothing comes in; cancelling and reducing work. */
    public static final int HALTED = 4;

    /** The same permissions as a halt, published as the wind-down of a book. */
    public static final int CANCEL_ONLY = 5;

    /** Nothing comes in, and clients' cancels are refused by the caller. */
    public static final int CLOSED = 6;

    /** An uncross has begun and goes on in slices. Entered by {@link Matcher#uncross} only. */
    public static final int UNCROSSING = 7;

    private TradingState() {}

    /** Whether new orders and replacements may come in. */
    public static boolean allowsEntry(final int state) {
        return state <= CLOSING_AUCTION;
    }

    /** Whether the change trades what a call has gathered: into trading, or at the close. */
    static boolean endsCall(final int from, final int to) {
        return to == CONTINUOUS || from == CLOSING_AUCTION && to == CLOSED;
    }

    static boolean canBeSet(final int state) {
        return state >= CONTINUOUS && state < UNCROSSING;
    }
}
