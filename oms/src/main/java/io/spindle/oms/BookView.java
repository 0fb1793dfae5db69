package io.spindle.oms;

import io.spindle.matcher.AuctionOutcome;
import io.spindle.matcher.Cold;
import io.spindle.matcher.LevelVisitor;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.matcher.OrderVisitor;

/**
 * Reads one book on the engine's thread, in wire prices: levels and orders of a side, best price
 * first, first in time first. Cold; one visitor at a time.
 */
@Cold
public final class BookView {
    private final Matcher matcher;
    private final int instrument;
    private final long tickSize;

    BookView(final Matcher matcher, final int instrument, final long tickSize) {
        this.matcher = matcher;
        this.instrument = instrument;
        this.tickSize = tickSize;
    }

    /** Best wire price of a side ({@code 'B'} or {@code 'S'}), 0 when it is empty. */
    public long bestPrice(final char side) {
        return matcher.bestPriceTicks(instrument, side(side)) * tickSize;
    }

    /**
     * What an auction would do now.
     *
     * @param price wire price, 0 when bids and asks do not meet
     * @param lots that would trade
     * @param imbalanceLots wanted beyond those at that price: positive to buy, negative to sell
     */
    public record Indication(long price, long lots, long imbalanceLots) {}

    public Indication indication() {
        final AuctionOutcome outcome = new AuctionOutcome();
        matcher.indicative(instrument, outcome);
        return new Indication(outcome.priceTicks * tickSize, outcome.lots, outcome.imbalanceLots);
    }

    /** Whether a live order is a child whose parent is not done. */
    public boolean isAsleep(final int order) {
        return matcher.isAsleep(order);
    }

    /** The visitor gets wire prices. */
    public void visitLevels(final char side, final LevelVisitor visitor) {
        matcher.visitLevels(
                instrument,
                side(side),
                (ticks, lots, orders) -> visitor.onLevel(ticks * tickSize, lots, orders));
    }

    /** The visitor gets wire prices. */
    public void visitOrders(final char side, final OrderVisitor visitor) {
        matcher.visitOrders(
                instrument,
                side(side),
                (order, ticks, lots) -> visitor.onOrder(order, ticks * tickSize, lots));
    }

    private static int side(final char side) {
        return side == 'B' ? OrderTerms.BUY : OrderTerms.SELL;
    }
}
