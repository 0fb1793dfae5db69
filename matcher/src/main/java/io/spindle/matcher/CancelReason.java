package io.spindle.matcher;

/**
 * Why the matcher itself took lots out of the market. A caller's own reasons, which {@link
 * Matcher#cancel} and {@link Matcher#reduce} pass through untouched, are below {@link #FIRST}.
 */
public final class CancelReason {
    public static final int FIRST = 0x100;

    /** Remainder of an immediate-or-cancel order. */
    public static final int IMMEDIATE = FIRST;

    /** The order met {@link MatcherConfig#maxFillsPerOrder} makers; its remainder is cancelled. */
    public static final int SWEEP_BOUND = FIRST + 1;

    private CancelReason() {}
}
