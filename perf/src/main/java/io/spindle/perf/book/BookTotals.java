package io.spindle.perf.book;

/** What an engine must have in common with every other that played the same stream. */
record BookTotals(long trades, long tradedQty, long notional, long resting, long restingQty) {
    /** The timed part: trades since {@code start}, resting as they are now. */
    BookTotals since(final BookTotals start) {
        return new BookTotals(
                trades - start.trades,
                tradedQty - start.tradedQty,
                notional - start.notional,
                resting,
                restingQty);
    }

    @Override
    public String toString() {
        return "trades=%d tradedQty=%d notional=%d resting=%d restingQty=%d"
                .formatted(trades, tradedQty, notional, resting, restingQty);
    }
}
