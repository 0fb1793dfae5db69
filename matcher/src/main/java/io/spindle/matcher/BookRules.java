package io.spindle.matcher;

/**
 * What a book allows; set with {@link Matcher#rules}, which copies it. A new object allows
 * everything.
 */
public final class BookRules {
    public static final int MAX_TICK_BANDS = 8;
    private static final int MAX_BASIS_POINTS = 10_000;

    /** Every instruction of {@link OrderTerms}. */
    public static final int ALL_INSTRUCTIONS = (OrderTerms.DORMANT << 1) - 1;

    /** Instructions that an order may carry. */
    public int allowedInstructions = ALL_INSTRUCTIONS;

    /** Bit {@code 1 << timeInForce} for each that an order may have. */
    public int allowedTimesInForce = (1 << OrderTerms.AT_CLOSE + 1) - 1;

    /** Limits outside are refused. 0 for no band. */
    public long staticLowTicks;

    /** 0 for no band. */
    public long staticHighTicks;

    /** Nothing is taken further from the last trade than this. 0 for none. */
    public int dynamicTicks;

    /** The same as a fraction of the last trade, if {@link #dynamicTicks} is 0. */
    public int dynamicBps;

    /** Stands in for the last trade before there is one, and draws the auction price. */
    public long referenceTicks;

    /** Seed of the book's random peaks. */
    public long seed;

    /** Number of rows of the tick table. */
    public int tickBands;

    /** From this price on … */
    public final long[] tickFrom = new long[MAX_TICK_BANDS];

    /** … limits are multiples of this. */
    public final int[] tickStep = new int[MAX_TICK_BANDS];

    /** Bounds in order, and every row of the tick table a multiple of its own and the last step. */
    boolean isSound(final int maxPriceTicks) {
        if (staticLowTicks < 0
                || staticHighTicks < 0
                || staticHighTicks > maxPriceTicks
                || staticHighTicks != 0 && staticLowTicks > staticHighTicks
                || staticLowTicks > maxPriceTicks
                || dynamicTicks < 0
                || dynamicBps < 0
                || dynamicBps > MAX_BASIS_POINTS
                || referenceTicks < 0
                || referenceTicks > maxPriceTicks
                || tickBands < 0
                || tickBands > MAX_TICK_BANDS) {
            return false;
        }
        int stepBelow = 1;
        long fromBelow = 0;
        for (int i = 0; i < tickBands; i++) {
            final long from = tickFrom[i];
            final int step = tickStep[i];
            if (step < 1
                    || from <= fromBelow
                    || from > maxPriceTicks
                    || from % step != 0
                    || from % stepBelow != 0) {
                return false;
            }
            stepBelow = step;
            fromBelow = from;
        }
        return true;
    }
}
