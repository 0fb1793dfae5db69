package io.spindle.matcher;

/** How orders come to rest, and what fills and cancels do to those that are more than a limit. */
final class Resting {
    /** Instructions that a resting order must remember. */
    private static final int KEPT =
            OrderTerms.ICEBERG
                    | OrderTerms.STOP
                    | OrderTerms.PEGGED
                    | OrderTerms.OCO
                    | OrderTerms.BRACKET
                    | OrderTerms.DORMANT;

    private static final int UNSEEN = OrderTerms.HIDDEN | OrderTerms.PEGGED;

    private final Store store;
    private final OrderCells orders;
    private final OrderTraits traits;
    private final Links links;
    private final MatchListener listener;

    Resting(final Store store, final Links links) {
        this.store = store;
        this.orders = store.orders;
        this.traits = store.traits;
        this.links = links;
        this.listener = store.listener;
    }

    /** An order whose traits are stored. */
    void rest(final OrderTerms terms, final int price, final long lots, final int list) {
        final int order = terms.order;
        final int instructions = traits.instructions(order);
        final boolean unseen = (instructions & UNSEEN) != 0;
        final int ladderOfBook = unseen ? terms.side + Ladders.HIDDEN : terms.side;
        if (!store.nodes.hasRoom()) {
            drop(terms, lots, CancelReason.NO_PRICE_LEVEL);
            return;
        }
        final boolean kept = (instructions & KEPT) != 0 || list != OrderLists.NONE;
        final long displayed =
                (instructions & OrderTerms.ICEBERG) != 0 ? peak(terms.book, order, lots) : lots;
        traits.reserve(order, lots - displayed);
        final int extras = kept ? OrderCells.EXTENDED : 0;
        store.queue.append(
                order,
                Ladders.of(terms.book, ladderOfBook),
                price,
                displayed,
                OrderCells.attributes(terms.book, terms.side, ladderOfBook, extras));
        store.queue.addReserve(order, lots - displayed);
        orders.group(order, terms.group);
        if (list != OrderLists.NONE) {
            store.lists.append(terms.book, list, order);
        }
        listener.onRested(terms.book, order, terms.side, price, unseen ? 0L : displayed);
    }

    /** The order is live, in no ladder. */
    void hold(final OrderTerms terms, final int list) {
        final int order = terms.order;
        orders.priceTicks(order, 0);
        orders.lots(order, terms.lots);
        orders.group(order, terms.group);
        orders.attributes(
                order,
                OrderCells.attributes(
                        terms.book, terms.side, terms.side, OrderCells.HELD | OrderCells.EXTENDED));
        store.lists.append(terms.book, list, order);
        listener.onHeld(terms.book, order);
    }

    /** The remainder of an incoming order does not rest. */
    void drop(final OrderTerms terms, final long lots, final int reason) {
        orders.attributes(terms.order, 0);
        listener.onCancelled(terms.book, terms.order, lots, 0L, reason, false);
        if (terms.instructions != 0) {
            links.onCancelled(terms.order);
        }
    }

    private long peak(final int book, final int order, final long open) {
        final long range = traits.range(order);
        final long drawn =
                range == 0
                        ? traits.peak(order)
                        : traits.peak(order) - range + store.books.random(book, 2 * range + 1);
        return Math.min(drawn, open);
    }

    /**
     * After the fill event of a resting order whose cell already has fewer lots: takes it out,
     * shows its next peak, tells what is linked.
     */
    void afterFill(final int maker, final long traded) {
        final int attributes = orders.attributes(maker);
        final long displayed = orders.lots(maker);
        if ((attributes & OrderCells.EXTENDED) == 0) {
            if (displayed == 0) {
                store.remove(maker);
            }
            return;
        }
        final long reserve = traits.reserve(maker);
        if (displayed + reserve == 0) {
            store.remove(maker);
        } else if (displayed == 0) {
            replenish(maker, attributes, reserve);
        }
        links.onExecuted(maker, traded, displayed + reserve);
    }

    private void replenish(final int maker, final int attributes, final long reserve) {
        final int book = OrderCells.book(attributes);
        final int price = orders.priceTicks(maker);
        final long displayed = peak(book, maker, reserve);
        store.queue.remove(maker, reserve);
        store.queue.append(maker, OrderCells.ladder(attributes), price, displayed, attributes);
        store.queue.addReserve(maker, reserve - displayed);
        traits.reserve(maker, reserve - displayed);
        listener.onReplenished(book, maker, OrderCells.side(attributes), price, displayed);
    }

    /** Takes a live order out, with all that follows. */
    void cancel(final int order, final int reason) {
        final int attributes = orders.attributes(order);
        final int book = OrderCells.book(attributes);
        final long lots = store.openLots(order);
        store.remove(order);
        listener.onCancelled(book, order, lots, 0L, reason, true);
        if ((attributes & OrderCells.EXTENDED) != 0) {
            links.onCancelled(order);
        }
    }

    /** Cuts a live order down to fewer open lots, at least 1, in place. */
    void reduce(final int order, final long newLots, final int reason) {
        final int book = OrderCells.book(orders.attributes(order));
        final long cut = store.openLots(order) - newLots;
        links.shrink(order, newLots);
        listener.onCancelled(book, order, cut, newLots, reason, true);
        if ((orders.attributes(order) & OrderCells.EXTENDED) != 0) {
            links.onReduced(order, newLots);
        }
    }
}
