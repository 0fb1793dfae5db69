package io.spindle.matcher;

/**
 * What the {@link Matcher} did, in the order in which it did it. Primitives only; called inside the
 * matcher's methods, which must not be called back from here.
 *
 * <p>The first three are all that plain limit orders cause. The others are silent unless overridden
 * and come only with the order types and states that need them.
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

    /**
     * The order, or what is left of it, now rests at the back of its price level. Also after a
     * pegged order moved; {@code displayedLots} is 0 for one that nobody may see.
     */
    void onRested(int book, int order, int side, long priceTicks, long displayedLots);

    /**
     * Lots left the market untraded. With {@code leavesLots} 0 the order is gone and its name free.
     *
     * @param wasResting true when the order was live before the command, false for an incoming
     *     remainder
     */
    void onCancelled(
            int book,
            int order,
            long cancelledLots,
            long leavesLots,
            int reason,
            boolean wasResting);

    /**
     * A trade of a group with itself did not happen; the cancels that it causes follow, with reason
     * {@link CancelReason#SELF_TRADE}.
     *
     * @param lots that would have traded
     */
    default void onSelfTrade(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots) {}

    /** The order is live but in no queue: an untriggered stop, a sleeping child, a homeless peg. */
    default void onHeld(final int book, final int order) {}

    /** A sleeping child will go to the market with as many lots as its parent executed. */
    default void onWoken(final int book, final int order, final long lots) {}

    /**
     * A held order goes to the market; what comes of it follows.
     *
     * @param fired true for a stop whose price was reached, false for an order that has slept or
     *     waited for its auction, which may be a stop still
     */
    default void onTriggered(final int book, final int order, final boolean fired) {}

    /**
     * Asked behind {@link #onTriggered}: the limit with which the order goes to the market, where
     * that is no longer the one with which it came.
     */
    default long limitOfReleased(final int book, final int order, final long limitTicks) {
        return limitTicks;
    }

    /** An iceberg shows its next peak, at the back of its level. */
    default void onReplenished(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {}

    /** A trade of an auction: both orders rested, neither took. */
    default void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {}

    /** The book's {@link TradingState} changed. */
    default void onTradingState(final int book, final int state) {}
}
