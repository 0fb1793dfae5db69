package io.spindle.perf.book;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;

/** A book of constant depth for measuring one operation at a time; consumes every event. */
final class OperationBook implements MatchListener {
    static final int MIDDLE = 500_000;
    static final int LOTS = 1_000_000_000;
    private static final int BOOK = 0;
    private static final int SPARE = 64;

    final OrderTerms terms = new OrderTerms();
    final Matcher matcher;
    final int depth;
    final int spareName;
    long consumed;

    /** So many orders on each side, one to a price. */
    OperationBook(final int depth) {
        this.depth = depth;
        this.spareName = 2 * depth;
        matcher = new Matcher(MatcherConfig.of(2 * depth + SPARE, 1), this);
        matcher.openBook(BOOK, 2L * MIDDLE);
        for (int i = 0; i < depth; i++) {
            enter(i, OrderTerms.BUY, MIDDLE - i, LOTS);
            enter(depth + i, OrderTerms.SELL, MIDDLE + 1 + i, LOTS);
        }
    }

    void plain(final int name, final int side, final long price, final long lots) {
        terms.order = name;
        terms.side = side;
        terms.priceTicks = price;
        terms.lots = lots;
        terms.timeInForce = OrderTerms.REST;
        terms.instructions = 0;
    }

    void enter(final int name, final int side, final long price, final long lots) {
        plain(name, side, price, lots);
        enter();
    }

    void enter() {
        if (matcher.admit(terms) == 0) {
            matcher.enter(terms);
        }
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        consumed += book + maker + taker + priceTicks + lots + makerLeavesLots + takerLeavesLots;
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        consumed += book + order + side + priceTicks + displayedLots;
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        consumed += book + order + cancelledLots + leavesLots + reason + (wasResting ? 1 : 0);
    }
}
