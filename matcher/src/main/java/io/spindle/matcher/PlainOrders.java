package io.spindle.matcher;

/**
 * The short path: a limit order without instructions, resting or immediate, in a book that has no
 * rules and trades continuously. Nearly all there are.
 */
final class PlainOrders {
    private final Books books;
    private final LevelQueue queue;
    private final Ladders ladders;
    private final OrderCells orders;
    private final Sweep sweep;
    private final MatchListener listener;

    PlainOrders(final Store store, final Sweep sweep) {
        this.books = store.books;
        this.queue = store.queue;
        this.ladders = store.ladders;
        this.orders = store.orders;
        this.sweep = sweep;
        this.listener = store.listener;
    }

    /** One word decides. */
    boolean isOne(final OrderTerms terms) {
        return (books.flags(terms.book) & ~Books.WATCHED
                        | terms.instructions
                        | terms.timeInForce & ~OrderTerms.IMMEDIATE_OR_CANCEL)
                == 0;
    }

    void enter(final OrderTerms terms) {
        final int own = Ladders.of(terms.book, terms.side);
        final int makers = own ^ 1;
        final int price = (int) terms.priceTicks;
        final int limitKey = ladders.mirrored(makers, price);
        long leaves = terms.lots;
        int reason = CancelReason.IMMEDIATE;
        if (ladders.sideKey(makers) <= limitKey) {
            leaves = sweep.take(terms, makers, limitKey);
            if (leaves == 0) {
                return;
            }
            if (sweep.stoppedBy() != 0) {
                reason = sweep.stoppedBy();
            }
        }
        if ((terms.timeInForce | reason ^ CancelReason.IMMEDIATE) == 0) {
            final int attributes = OrderCells.attributes(terms.book, terms.side, terms.side, 0);
            queue.append(terms.order, own, price, leaves, attributes);
            orders.group(terms.order, terms.group);
            listener.onRested(terms.book, terms.order, terms.side, price, leaves);
        } else {
            listener.onCancelled(terms.book, terms.order, leaves, 0L, reason, false);
        }
    }

    /** Takes out an order that is not {@link OrderCells#EXTENDED}. */
    void cancel(final int order, final int attributes, final int reason) {
        final long lots = orders.lots(order);
        queue.remove(order, lots);
        orders.attributes(order, 0);
        listener.onCancelled(OrderCells.book(attributes), order, lots, 0L, reason, true);
    }
}
