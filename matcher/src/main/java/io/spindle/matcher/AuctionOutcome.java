package io.spindle.matcher;

/** What an uncross would do now: filled by {@link Matcher#indicative}. */
public final class AuctionOutcome {
    /** Price of the auction; 0 when bids and asks do not meet. */
    public long priceTicks;

    /** Lots that would trade. */
    public long lots;

    /** Lots wanted beyond those at that price: positive to buy, negative to sell. */
    public long imbalanceLots;

    void clear() {
        priceTicks = 0;
        lots = 0;
        imbalanceLots = 0;
    }
}
