package io.spindle.matcher;

/** Takes from the other side of a book: the inner loop of continuous trading. */
final class Sweep {
    private final Store store;
    private final Books books;
    private final Ladders ladders;
    private final Rings rings;
    private final OrderCells orders;
    private final Resting resting;
    private final MatchListener listener;
    private final int maxFills;
    private long filled;
    private int lastPrice;
    private int stoppedBy;

    Sweep(final Store store, final Resting resting) {
        this.store = store;
        this.books = store.books;
        this.ladders = store.ladders;
        this.rings = store.rings;
        this.orders = store.orders;
        this.resting = resting;
        this.listener = store.listener;
        this.maxFills = store.config.maxFillsPerOrder();
    }

    /** Why the last sweep left lots that could have traded: a {@link CancelReason}, or 0. */
    int stoppedBy() {
        return stoppedBy;
    }

    /** Lots that the last sweep traded. */
    long filled() {
        return filled;
    }

    /**
     * Trades with every maker whose key is at most {@code limitKey}, displayed before hidden at a
     * price, first come first.
     *
     * @param makers the ladder of the other side's displayed orders
     * @return the lots left over
     */
    long take(final OrderTerms taker, final int makers, final int limitKey) {
        final int group = taker.group;
        long leaves = taker.lots;
        int fillsLeft = Math.max(0, maxFills - taker.earlierFills);
        filled = 0;
        lastPrice = 0;
        stoppedBy = 0;
        while (leaves > 0 && stoppedBy == 0) {
            final int ladder = ladders.better(makers);
            final int key = ladders.bestKey(ladder);
            if (key > limitKey) {
                break;
            }
            if (fillsLeft == 0) {
                stoppedBy = CancelReason.SWEEP_BOUND;
                break;
            }
            final int level = ladders.bestLevel(ladder);
            final int price = ladders.mirrored(ladder, key);
            final long before = leaves;
            int at = rings.next(level);
            // A run of plain makers leaves the level in one piece.
            while (at != level && leaves > 0 && fillsLeft > 0) {
                final int maker = rings.order(at);
                if (!isPlain(maker, group)) {
                    break;
                }
                final long lots = orders.lots(maker);
                final long traded = Math.min(leaves, lots);
                fillsLeft--;
                leaves -= traded;
                final long makerLeaves = lots - traded;
                if (makerLeaves == 0) {
                    at = rings.next(at);
                    orders.attributes(maker, 0);
                } else {
                    orders.lots(maker, makerLeaves);
                }
                listener.onFill(taker.book, maker, taker.order, price, traded, makerLeaves, leaves);
            }
            if (leaves != before) {
                filled += before - leaves;
                lastPrice = price;
                rings.removeBefore(level, at);
                rings.addLots(level, leaves - before);
                if (at == level) {
                    ladders.vacate(ladder, level, key);
                }
            }
            if (at != level && leaves > 0 && fillsLeft > 0) {
                fillsLeft--;
                leaves = meet(taker, leaves, rings.order(at), price);
            }
        }
        if (lastPrice != 0) {
            books.last(taker.book, lastPrice);
        }
        return leaves;
    }

    private boolean isPlain(final int maker, final int group) {
        return (orders.attributes(maker) & OrderCells.EXTENDED) == 0
                && (group == 0 || orders.group(maker) != group);
    }

    /** The best maker is more than a plain order, or one of our own group. */
    private long meet(final OrderTerms taker, final long leaves, final int maker, final int price) {
        if (taker.group != 0 && orders.group(maker) == taker.group) {
            listener.onSelfTrade(
                    taker.book, maker, taker.order, price, Math.min(leaves, store.openLots(maker)));
            return avoidSelfTrade(taker, leaves, maker);
        }
        final long traded = Math.min(leaves, orders.lots(maker));
        final long makerLeaves = store.openLots(maker) - traded;
        store.queue.take(maker, traded);
        filled += traded;
        lastPrice = price;
        listener.onFill(
                taker.book, maker, taker.order, price, traded, makerLeaves, leaves - traded);
        resting.afterFill(maker, traded);
        return leaves - traded;
    }

    private long avoidSelfTrade(final OrderTerms taker, final long leaves, final int maker) {
        switch (taker.selfTradeMode) {
            case OrderTerms.CANCEL_OLDEST -> {
                resting.cancel(maker, CancelReason.SELF_TRADE);
                return leaves;
            }
            case OrderTerms.CANCEL_BOTH -> {
                resting.cancel(maker, CancelReason.SELF_TRADE);
                stoppedBy = CancelReason.SELF_TRADE;
                return leaves;
            }
            case OrderTerms.DECREMENT -> {
                return decrement(taker, leaves, maker);
            }
            default -> {
                stoppedBy = CancelReason.SELF_TRADE;
                return leaves;
            }
        }
    }

    private long decrement(final OrderTerms taker, final long leaves, final int maker) {
        final long open = store.openLots(maker);
        final long cut = Math.min(leaves, open);
        if (cut == open) {
            resting.cancel(maker, CancelReason.SELF_TRADE);
        } else {
            resting.reduce(maker, open - cut, CancelReason.SELF_TRADE);
        }
        listener.onCancelled(
                taker.book, taker.order, cut, leaves - cut, CancelReason.SELF_TRADE, false);
        return leaves - cut;
    }
}
