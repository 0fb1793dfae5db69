package io.spindle.matcher;

/**
 * Finds the auction price: the one at which most lots trade; of several, the one with the smallest
 * imbalance; of several, the one nearest to the anchor (last trade, else reference); of two, the
 * lower. Candidates are all limits where bids and asks overlap, and the anchor if it lies between.
 *
 * <p>Looks at every level of the overlap once, at no order. Icebergs count whole, hidden orders
 * count.
 */
final class Equilibrium {
    private static final int NIL = OrderCells.NIL;
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final Store store;
    private final LevelQueue queue;
    private final Ladders ladders;
    private final Rings rings;
    private AuctionOutcome best;
    private int anchor;

    Equilibrium(final Store store) {
        this.store = store;
        this.queue = store.queue;
        this.ladders = store.ladders;
        this.rings = store.rings;
    }

    void find(final int book, final AuctionOutcome outcome) {
        outcome.clear();
        if (!store.isCrossed(book)) {
            return;
        }
        best = outcome;
        anchor = store.books.anchor(book);
        final int bids = Ladders.of(book, OrderTerms.BUY);
        final int asks = Ladders.of(book, OrderTerms.SELL);
        final int low = ladders.mirrored(asks, ladders.sideKey(asks));
        final int high = ladders.mirrored(bids, ladders.sideKey(bids));

        int shownBid = worstNotBelow(bids, low);
        int unseenBid = worstNotBelow(bids + Ladders.HIDDEN, low);
        int shownAsk = ladders.bestLevel(asks);
        int unseenAsk = ladders.bestLevel(asks + Ladders.HIDDEN);
        long wanted = lotsFrom(shownBid) + lotsFrom(unseenBid);
        long offered = 0;
        int before = low;
        while (true) {
            final int price =
                    Math.min(
                            Math.min(price(shownBid), price(unseenBid)),
                            Math.min(price(shownAsk), price(unseenAsk)));
            if (anchor > before && anchor < Math.min(price, high)) {
                consider(anchor, wanted, offered);
            }
            if (price > high) {
                return;
            }
            if (price(shownAsk) == price) {
                offered += rings.lots(shownAsk);
                shownAsk = ladders.nextLevel(shownAsk);
            }
            if (price(unseenAsk) == price) {
                offered += rings.lots(unseenAsk);
                unseenAsk = ladders.nextLevel(unseenAsk);
            }
            consider(price, wanted, offered);
            if (price(shownBid) == price) {
                wanted -= rings.lots(shownBid);
                shownBid = ladders.previousLevel(shownBid);
            }
            if (price(unseenBid) == price) {
                wanted -= rings.lots(unseenBid);
                unseenBid = ladders.previousLevel(unseenBid);
            }
            before = price;
        }
    }

    private void consider(final int price, final long wanted, final long offered) {
        final long lots = Math.min(wanted, offered);
        final long imbalance = wanted - offered;
        final boolean better;
        if (lots != best.lots) {
            better = lots > best.lots;
        } else if (Math.abs(imbalance) != Math.abs(best.imbalanceLots)) {
            better = Math.abs(imbalance) < Math.abs(best.imbalanceLots);
        } else {
            better =
                    anchor != 0
                            && Math.abs((long) price - anchor) < Math.abs(best.priceTicks - anchor);
        }
        if (better) {
            best.priceTicks = price;
            best.lots = lots;
            best.imbalanceLots = imbalance;
        }
    }

    /** The last level of a bid ladder, best first, whose price is at least {@code low}. */
    private int worstNotBelow(final int ladder, final int low) {
        int worst = NIL;
        int level = ladders.bestLevel(ladder);
        while (level != NIL && price(level) >= low) {
            worst = level;
            level = ladders.nextLevel(level);
        }
        return worst;
    }

    /** Lots of this level and all better ones. */
    private long lotsFrom(final int worst) {
        long sum = 0;
        for (int level = worst; level != NIL; level = ladders.previousLevel(level)) {
            sum += rings.lots(level);
        }
        return sum;
    }

    private int price(final int level) {
        return level == NIL ? NOWHERE : queue.price(level);
    }
}
