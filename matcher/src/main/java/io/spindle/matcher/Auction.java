package io.spindle.matcher;

/** Ends a call: trades what overlaps at one price, in price-time order, in slices. */
final class Auction {
    private static final int NIL = OrderCells.NIL;

    private final Store store;
    private final Books books;
    private final OrderCells orders;
    private final Ladders ladders;
    private final Resting resting;
    private final Equilibrium equilibrium;
    private final AuctionOutcome outcome = new AuctionOutcome();

    Auction(final Store store, final Resting resting) {
        this.store = store;
        this.books = store.books;
        this.orders = store.orders;
        this.ladders = store.ladders;
        this.resting = resting;
        this.equilibrium = new Equilibrium(store);
    }

    void indicative(final int book, final AuctionOutcome result) {
        equilibrium.find(book, result);
    }

    /** Fixes the price; nothing comes in until the last slice is done. */
    void begin(final int book, final int stateAfter) {
        equilibrium.find(book, outcome);
        books.auction(book, (int) outcome.priceTicks, outcome.lots, stateAfter);
        books.state(book, TradingState.UNCROSSING);
        store.listener.onTradingState(book, TradingState.UNCROSSING);
    }

    /**
     * Does up to {@code slice} trades and cancels.
     *
     * @return true when nothing is left to do
     */
    boolean proceed(final int book, final int slice) {
        for (int left = slice; left > 0; left--) {
            if (!trade(book) && !dropNext(book)) {
                return true;
            }
        }
        return false;
    }

    private boolean trade(final int book) {
        if (books.auctionLeft(book) == 0 || !isPairLeft(book)) {
            // Cancels between slices and linked orders may leave an overlap: then once more.
            if (!store.isCrossed(book)) {
                return false;
            }
            equilibrium.find(book, outcome);
            books.auction(
                    book, (int) outcome.priceTicks, outcome.lots, books.stateAfterAuction(book));
        }
        final int bids = Ladders.of(book, OrderTerms.BUY);
        final int asks = Ladders.of(book, OrderTerms.SELL);
        final int buy = store.queue.best(ladders.better(bids));
        final int sell = store.queue.best(ladders.better(asks));
        final int price = books.auctionPrice(book);
        final long left = books.auctionLeft(book);
        final long lots = Math.min(left, Math.min(orders.lots(buy), orders.lots(sell)));
        books.auction(book, price, left - lots, books.stateAfterAuction(book));
        books.last(book, price);
        store.queue.take(buy, lots);
        store.queue.take(sell, lots);
        store.listener.onUncrossed(
                book, buy, sell, price, lots, store.openLots(buy), store.openLots(sell));
        resting.afterFill(buy, lots);
        resting.afterFill(sell, lots);
        return true;
    }

    private boolean isPairLeft(final int book) {
        final int bids = Ladders.of(book, OrderTerms.BUY);
        final int asks = Ladders.of(book, OrderTerms.SELL);
        final int price = books.auctionPrice(book);
        return ladders.sideKey(bids) <= ladders.mirrored(bids, price)
                && ladders.sideKey(asks) <= ladders.mirrored(asks, price);
    }

    private boolean dropNext(final int book) {
        final int order = store.lists.first(book, OrderLists.AUCTION_ONLY);
        if (order == NIL) {
            return false;
        }
        resting.cancel(order, CancelReason.AUCTION_ONLY);
        return true;
    }
}
