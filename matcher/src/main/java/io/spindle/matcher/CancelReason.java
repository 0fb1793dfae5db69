package io.spindle.matcher;

/**
 * Why the matcher itself took lots out of the market. A caller's own reasons, which {@link
 * Matcher#cancel} and {@link Matcher#reduce} pass through untouched, are below {@link #FIRST}.
 */
public final class CancelReason {
    public static final int FIRST = 0x100;

    /** Remainder of an immediate-or-cancel or market order. */
    public static final int IMMEDIATE = FIRST;

    /** The order met {@link MatcherConfig#maxFillsPerOrder} makers; its remainder is cancelled. */
    public static final int SWEEP_BOUND = FIRST + 1;

    /** A fill-or-kill order that could not be filled whole. */
    public static final int FILL_OR_KILL = FIRST + 2;

    /** The minimum quantity could not be filled at once. */
    public static final int MIN_LOTS = FIRST + 3;

    /** A post-only order that would have taken. */
    public static final int POST_ONLY = FIRST + 4;

    /** It would have traded with its own group. */
    public static final int SELF_TRADE = FIRST + 5;

    /** The rest of an order whose limit lies beyond the dynamic price band. */
    public static final int PRICE_BAND = FIRST + 6;

    /** What an auction left of an order that was meant for it alone. */
    public static final int AUCTION_ONLY = FIRST + 7;

    /** An order linked with it was executed or cancelled. */
    public static final int LINKED = FIRST + 8;

    /** The node pool had no room for the price of an order that was triggered or moved. */
    public static final int NO_PRICE_LEVEL = FIRST + 9;

    private CancelReason() {}
}
