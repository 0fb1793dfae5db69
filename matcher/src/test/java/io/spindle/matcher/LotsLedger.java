package io.spindle.matcher;

import java.util.Arrays;

/** Follows the open lots of every order by events alone: nothing is created, nothing lost. */
final class LotsLedger implements MatchListener {
    private final long[] open;
    private String failure;

    LotsLedger(final int names) {
        this.open = new long[names];
    }

    void entered(final int order, final long lots) {
        open[order] = lots;
    }

    /** What was wrong, or null. */
    String failure() {
        return failure;
    }

    private void less(final int order, final long lots, final long leaves) {
        open[order] -= lots;
        if (lots < 1 || open[order] != leaves || leaves < 0) {
            failure = "order " + order + " says leaves=" + leaves + ", ledger " + open[order];
        }
    }

    /** Every live order has the open lots that events left it, every other none. */
    String compare(final Matcher matcher) {
        final long[] actual = new long[open.length];
        for (int order = 0; order < open.length; order++) {
            actual[order] = matcher.isResting(order) ? matcher.lots(order) : 0;
        }
        return Arrays.equals(open, actual)
                ? null
                : "open lots " + Arrays.toString(actual) + ", ledger " + Arrays.toString(open);
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
        less(maker, lots, makerLeavesLots);
        less(taker, lots, takerLeavesLots);
    }

    @Override
    public void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {
        less(buy, lots, buyLeavesLots);
        less(sell, lots, sellLeavesLots);
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        less(order, cancelledLots, leavesLots);
    }

    /** A woken child gets the lots that its parent executed. */
    @Override
    public void onWoken(final int book, final int order, final long lots) {
        open[order] = lots;
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        if (displayedLots > open[order]) {
            failure = "order " + order + " shows " + displayedLots + " of " + open[order];
        }
    }
}
