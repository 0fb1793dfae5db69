package io.spindle.matcher;

/** Continuous trading of the {@link ReferenceMatcher}: what an incoming order meets, one by one. */
final class ReferenceTrading {
    private final ReferenceMatcher matcher;
    private final MatchListener listener;
    private final int maxFillsPerOrder;
    private long filled;
    private int stoppedBy;

    ReferenceTrading(
            final ReferenceMatcher matcher,
            final MatchListener listener,
            final int maxFillsPerOrder) {
        this.matcher = matcher;
        this.listener = listener;
        this.maxFillsPerOrder = maxFillsPerOrder;
    }

    void take(final ReferenceOrder order, final long limit) {
        final ReferenceBook book = order.book;
        final long reach = book.reach(order.side, limit);
        final ReferenceOrder first = book.next(1 - order.side);
        final boolean crosses =
                first != null && ReferenceBook.within(order.side, first.price, limit);
        order.price = limit;
        if (crosses && order.is(OrderTerms.POST_ONLY | OrderTerms.POST_ONLY_SLIDE)) {
            post(order, first.price);
            return;
        }
        final boolean all = order.timeInForce == OrderTerms.FILL_OR_KILL;
        if (all || order.is(OrderTerms.MIN_LOTS)) {
            final long wanted = all ? order.open() : order.minLots;
            if (ReferenceLiquidity.certain(order, reach, maxFillsPerOrder) < wanted) {
                matcher.drop(order, all ? CancelReason.FILL_OR_KILL : CancelReason.MIN_LOTS);
                return;
            }
        }
        sweep(order, reach);
        if (order.displayed == 0) {
            return;
        }
        final ReferenceOrder left = book.next(1 - order.side);
        final boolean stillCrosses =
                left != null && ReferenceBook.within(order.side, left.price, limit);
        final boolean immediate =
                all
                        || order.timeInForce == OrderTerms.IMMEDIATE_OR_CANCEL
                        || order.is(OrderTerms.MARKET);
        if (stoppedBy != 0) {
            matcher.drop(order, stoppedBy);
        } else if (immediate) {
            final boolean banded = reach != limit && stillCrosses;
            matcher.drop(order, banded ? CancelReason.PRICE_BAND : CancelReason.IMMEDIATE);
        } else if (reach != limit) {
            matcher.drop(order, CancelReason.PRICE_BAND);
        } else {
            matcher.rest(order, order.displayed);
        }
    }

    private void post(final ReferenceOrder order, final long best) {
        final ReferenceBook book = order.book;
        final long price = book.onTick(order.side, order.buys() ? best - 1 : best + 1);
        if (!order.is(OrderTerms.POST_ONLY_SLIDE)
                || price < book.lowest()
                || price > book.highest()) {
            matcher.drop(order, CancelReason.POST_ONLY);
        } else if (book.reach(order.side, price) != price) {
            matcher.drop(order, CancelReason.PRICE_BAND);
        } else {
            order.price = price;
            matcher.rest(order, order.displayed);
        }
    }

    private void sweep(final ReferenceOrder taker, final long reach) {
        final ReferenceBook book = taker.book;
        final long before = taker.displayed;
        int fills = 0;
        filled = 0;
        stoppedBy = 0;
        while (taker.displayed > 0 && stoppedBy == 0) {
            final ReferenceOrder maker = book.next(1 - taker.side);
            if (maker == null || !ReferenceBook.within(taker.side, maker.price, reach)) {
                break;
            }
            if (fills++ == maxFillsPerOrder) {
                stoppedBy = CancelReason.SWEEP_BOUND;
            } else if (taker.group != 0 && maker.group == taker.group) {
                avoidSelfTrade(taker, maker);
            } else {
                trade(taker, maker);
            }
        }
        if (filled > 0) {
            matcher.executed(taker, filled, taker.displayed);
        } else if (taker.displayed == 0) {
            matcher.cancelled(taker);
        } else if (taker.displayed < before) {
            matcher.cutPartner(taker);
        }
    }

    private void trade(final ReferenceOrder taker, final ReferenceOrder maker) {
        final long lots = Math.min(taker.displayed, maker.displayed);
        taker.displayed -= lots;
        maker.displayed -= lots;
        filled += lots;
        taker.book.last = maker.price;
        listener.onFill(
                taker.book.number,
                maker.name,
                taker.name,
                maker.price,
                lots,
                maker.open(),
                taker.displayed);
        matcher.afterFill(maker, lots);
    }

    private void avoidSelfTrade(final ReferenceOrder taker, final ReferenceOrder maker) {
        switch (taker.selfTradeMode) {
            case OrderTerms.CANCEL_OLDEST -> matcher.cancelLive(maker, CancelReason.SELF_TRADE);
            case OrderTerms.CANCEL_BOTH -> {
                matcher.cancelLive(maker, CancelReason.SELF_TRADE);
                stoppedBy = CancelReason.SELF_TRADE;
            }
            case OrderTerms.DECREMENT -> {
                final long cut = Math.min(taker.displayed, maker.open());
                if (cut == maker.open()) {
                    matcher.cancelLive(maker, CancelReason.SELF_TRADE);
                } else {
                    matcher.cut(maker, maker.open() - cut, CancelReason.SELF_TRADE);
                }
                taker.displayed -= cut;
                listener.onCancelled(
                        taker.book.number,
                        taker.name,
                        cut,
                        taker.displayed,
                        CancelReason.SELF_TRADE,
                        false);
            }
            default -> stoppedBy = CancelReason.SELF_TRADE;
        }
    }

    // What fills and cancels lead to.
}
