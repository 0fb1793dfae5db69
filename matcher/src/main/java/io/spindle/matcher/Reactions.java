package io.spindle.matcher;

/**
 * What a book does by itself after a command: wakes children, fires stops, moves trailing stops and
 * pegs, until nothing more follows or a slice is full. One order at a time, in this order, because
 * each may trade and change what the next one sees.
 */
final class Reactions {
    /** Orders that one command may set in motion; the rest follows with {@link Matcher#work}. */
    static final int SLICE = 256;

    private static final int NIL = OrderCells.NIL;
    private static final int TRIGGER_SOURCES = 4;
    private static final int BASIS = 10_000;

    private final Store store;
    private final OrderCells orders;
    private final OrderTraits traits;
    private final Ladders ladders;
    private final OrderLists lists;
    private final Resting resting;
    private final Entry entry;
    private final OrderTerms terms = new OrderTerms();

    Reactions(final Store store, final Resting resting, final Entry entry) {
        this.store = store;
        this.orders = store.orders;
        this.traits = store.traits;
        this.ladders = store.ladders;
        this.lists = store.lists;
        this.resting = resting;
        this.entry = entry;
    }

    /** Returns true when the slice was used up, so that more may follow. */
    boolean settle(final int book) {
        int left = SLICE;
        while (left > 0 && react(book)) {
            left--;
        }
        return left == 0;
    }

    private boolean react(final int book) {
        switch (store.books.state(book)) {
            case TradingState.CONTINUOUS -> {
                return wake(book) || trigger(book) || trail(book) || peg(book);
            }
            case TradingState.CLOSING_AUCTION -> {
                return release(book, lists.first(book, OrderLists.FOR_CLOSE), 0);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean wake(final int book) {
        return release(book, lists.first(book, OrderLists.WOKEN), 0);
    }

    /** Sends a held order to the market without these instructions. */
    private boolean release(final int book, final int order, final int spent) {
        if (order == NIL) {
            return false;
        }
        entry.recall(order, terms);
        store.remove(order);
        terms.instructions &= ~spent;
        traits.instructions(order, terms.instructions);
        store.listener.onTriggered(book, order, spent != 0);
        terms.priceTicks = store.listener.limitOfReleased(book, order, terms.priceTicks);
        entry.place(terms);
        return true;
    }

    private boolean trigger(final int book) {
        for (int by = 0; by < TRIGGER_SOURCES; by++) {
            for (int side = OrderTerms.BUY; side <= OrderTerms.SELL; side++) {
                final int ladder = Ladders.stops(book, side, by);
                if (!ladders.isEmpty(ladder)
                        && isReached(
                                side,
                                ladders.mirrored(ladder, ladders.bestKey(ladder)),
                                market(book, side, by))) {
                    return fire(book, store.queue.best(ladder));
                }
            }
        }
        return false;
    }

    private boolean fire(final int book, final int order) {
        return release(book, order, OrderTerms.STOP | OrderTerms.TRAILING);
    }

    private static boolean isReached(final int side, final int trigger, final int market) {
        return market != 0
                && trigger != 0
                && (side == OrderTerms.BUY ? market >= trigger : market <= trigger);
    }

    /** The price that triggers look at, 0 when there is none. */
    private int market(final int book, final int side, final int by) {
        switch (by) {
            case OrderTerms.BY_BID -> {
                return store.bestPrice(book, OrderTerms.BUY);
            }
            case OrderTerms.BY_ASK -> {
                return store.bestPrice(book, OrderTerms.SELL);
            }
            case OrderTerms.BY_MID -> {
                return middle(book, side);
            }
            default -> {
                return store.books.last(book);
            }
        }
    }

    /** Half-way, rounded down for a buyer and up for a seller; 0 when a side is empty. */
    private int middle(final int book, final int side) {
        final long bid = store.bestPrice(book, OrderTerms.BUY);
        final long ask = store.bestPrice(book, OrderTerms.SELL);
        return bid == 0 || ask == 0 ? 0 : (int) ((bid + ask + side) / 2);
    }

    private boolean trail(final int book) {
        int reached = NIL;
        int order = lists.first(book, OrderLists.MOVERS);
        while (order != NIL) {
            if ((traits.instructions(order) & OrderTerms.TRAILING) != 0) {
                final int side = OrderCells.side(orders.attributes(order));
                final int market = market(book, side, traits.triggerBy(order));
                follow(book, order, side, market);
                if (reached == NIL && isReached(side, orders.priceTicks(order), market)) {
                    reached = order;
                }
            }
            order = lists.next(order);
        }
        return reached != NIL && fire(book, reached);
    }

    /** The trigger keeps its distance while the market moves away from it. */
    private void follow(final int book, final int order, final int side, final int market) {
        final long distance =
                traits.trailUnit(order) == OrderTerms.TICKS
                        ? traits.trail(order)
                        : Math.max(1L, (long) market * traits.trail(order) / BASIS);
        final long wanted = side == OrderTerms.BUY ? market + distance : market - distance;
        if (market == 0 || wanted < 1 || wanted > store.books.maxPriceTicks(book)) {
            return;
        }
        final int trigger = orders.priceTicks(order);
        if (trigger == 0 || (side == OrderTerms.BUY ? wanted < trigger : wanted > trigger)) {
            orders.priceTicks(order, (int) wanted);
        }
    }

    private boolean peg(final int book) {
        int order = lists.first(book, OrderLists.MOVERS);
        while (order != NIL) {
            if ((traits.instructions(order) & OrderTerms.PEGGED) != 0) {
                final int price = pegged(book, order);
                if (price != orders.priceTicks(order)) {
                    move(order, price);
                    return true;
                }
            }
            order = lists.next(order);
        }
        return false;
    }

    /** Where a pegged order belongs; 0 for nowhere. */
    private int pegged(final int book, final int order) {
        final int side = OrderCells.side(orders.attributes(order));
        final int market;
        switch (traits.pegTo(order)) {
            case OrderTerms.PEG_PRIMARY -> market = store.bestPrice(book, side);
            case OrderTerms.PEG_MARKET -> market = store.bestPrice(book, side ^ 1);
            default -> market = middle(book, side);
        }
        if (market == 0) {
            return 0;
        }
        final int limit = traits.limit(order);
        final int offset = traits.pegOffset(order);
        final long wanted =
                side == OrderTerms.BUY
                        ? Math.min((long) market + offset, limit)
                        : Math.max((long) market - offset, limit);
        final int low = store.books.lowestLimit(book);
        final int high = store.books.highestLimit(book);
        if (wanted < low || wanted > high) {
            return 0;
        }
        final int price = entry.rounded(book, side, (int) wanted);
        return price < low || price > high ? 0 : price;
    }

    private void move(final int order, final int price) {
        entry.recall(order, terms);
        store.remove(order);
        if (price == 0) {
            resting.hold(terms, OrderLists.MOVERS);
        } else {
            terms.priceTicks = price;
            entry.take(terms, price);
        }
    }
}
