package io.spindle.perf.load;

/**
 * When messages are due, and what they are. All profiles leave the book as they found it, so that a
 * run may take as long as it likes.
 */
public enum LoadProfile {
    /** Evenly spaced: a maker enters, a taker takes it, a maker enters, and cancels. */
    CONSTANT(1, 4),

    /** The same messages, each period's in its first tenth at ten times the rate. */
    BURST(10, 4),

    /** Sixty-three small orders, then one that takes them all. */
    AVALANCHE(1, 64),

    /** Two hundred orders, then two hundred cancels. */
    CANCEL_STORM(1, 400);

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PERIOD_NS = 100_000_000L;

    private final int compression;
    private final int cycle;

    LoadProfile(final int compression, final int cycle) {
        this.compression = compression;
        this.cycle = cycle;
    }

    /** Messages after which the book is what it was. */
    public int cycle() {
        return cycle;
    }

    /** When message {@code index} is due, from the start, at this average rate. */
    public long dueNs(final long index, final long ratePerSecond) {
        final long evenNs =
                index / ratePerSecond * SECOND_NS
                        + index % ratePerSecond * SECOND_NS / ratePerSecond;
        final long periodStartNs = evenNs / PERIOD_NS * PERIOD_NS;
        return periodStartNs + (evenNs - periodStartNs) / compression;
    }

    /** What the message at this place of the cycle asks for. */
    Step step(final int place) {
        return switch (this) {
            case CONSTANT, BURST ->
                    switch (place) {
                        case 0 -> Step.REST_BUY;
                        case 1 -> Step.TAKE;
                        case 2 -> Step.REST_SELL;
                        default -> Step.CANCEL;
                    };
            case AVALANCHE -> place == cycle - 1 ? Step.TAKE : Step.REST_BUY;
            case CANCEL_STORM -> place < cycle / 2 ? Step.REST_BUY : Step.CANCEL;
        };
    }

    /** One message of a cycle. */
    enum Step {
        REST_BUY,
        REST_SELL,
        /** Sells all that the cycle's buys left in the book, at once. */
        TAKE,
        /** Cancels the oldest of the cycle's orders that is still open. */
        CANCEL
    }
}
