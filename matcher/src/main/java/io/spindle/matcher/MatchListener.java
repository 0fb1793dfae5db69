package io.spindle.matcher;

/**
 * What the {@link Matcher} did, in the order in which it did it. Primitives only; called inside the
 * matcher's methods, which must not be called back from here.
 */
public interface MatchListener {
    /** A trade at the maker's price. Leaves are what remains open of each after it. */
    void onFill(
            int book,
            int maker,
            int taker,
            long priceTicks,
            long lots,
            long makerLeavesLots,
            long takerLeavesLots);

    /** The order, or what is left of it, now rests at the back of its price level. */
    void onRested(int book, int order, int side, long priceTicks, long displayedLots);

    /**
     * Lots left the market untraded. With {@code leavesLots} 0 the order is gone and its name free.
     *
     * @param wasResting true when the lots were in the book, false for an incoming remainder
     */
    void onCancelled(
            int book,
            int order,
            long cancelledLots,
            long leavesLots,
            int reason,
            boolean wasResting);
}
