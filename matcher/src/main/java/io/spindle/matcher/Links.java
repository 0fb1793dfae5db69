package io.spindle.matcher;

/**
 * What an order's execution or end does to the orders linked with it, within the same command.
 *
 * <p>One-cancels-the-other: a full fill or a cancel of one cancels the other, a partial fill or cut
 * takes the other down to the same open lots. Bracket: when the parent is done, its children wake
 * with the lots that it executed, if they have as many, or are cancelled when it executed none.
 */
final class Links {
    private static final int NIL = OrderCells.NIL;

    private final Store store;
    private final OrderTraits traits;

    Links(final Store store) {
        this.store = store;
        this.traits = store.traits;
    }

    /** Ties an order that has just been stored to the one that its terms name. */
    void tie(final int order, final int instructions, final int other) {
        if ((instructions & OrderTerms.OCO) != 0) {
            extend(other);
            traits.link(order, other);
            traits.link(other, order);
            traits.instructions(other, traits.instructions(other) | OrderTerms.OCO);
        } else if ((instructions & OrderTerms.BRACKET) != 0) {
            traits.link(order, other);
            traits.parent(other, order);
        }
    }

    private void extend(final int order) {
        final int attributes = store.orders.attributes(order);
        if ((attributes & OrderCells.EXTENDED) == 0) {
            traits.clear(order, store.orders.priceTicks(order));
            store.orders.attributes(order, attributes | OrderCells.EXTENDED);
        }
    }

    /** Lots of an extended order were executed; {@code leaves} are open. */
    void onExecuted(final int order, final long lots, final long leaves) {
        final int instructions = traits.instructions(order);
        if ((instructions & OrderTerms.OCO) != 0) {
            final int other = traits.link(order);
            if (leaves == 0) {
                cancel(other);
            } else {
                cut(other, leaves);
            }
        }
        if ((instructions & OrderTerms.BRACKET) != 0) {
            traits.executed(order, traits.executed(order) + lots);
            if (leaves == 0) {
                release(order);
            }
        }
    }

    /** An extended order has fewer lots open, by a cut in place or by a replace. */
    void onReduced(final int order, final long leaves) {
        if ((traits.instructions(order) & OrderTerms.OCO) != 0) {
            cut(traits.link(order), leaves);
        }
    }

    /** An extended order was cancelled whole; it has left the book. */
    void onCancelled(final int order) {
        final int instructions = traits.instructions(order);
        if ((instructions & OrderTerms.OCO) != 0) {
            cancel(traits.link(order));
        }
        if ((instructions & OrderTerms.BRACKET) != 0) {
            release(order);
        }
    }

    private void release(final int parent) {
        final int child = traits.link(parent);
        if (child == NIL || !isChild(child, parent)) {
            return;
        }
        final long lots = traits.executed(parent);
        final boolean paired = (traits.instructions(child) & OrderTerms.OCO) != 0;
        final int sibling = traits.link(child);
        release(child, lots);
        if (paired) {
            release(sibling, lots);
        }
    }

    /** The name may have passed to another order since. */
    private boolean isChild(final int order, final int parent) {
        return store.orders.isLive(order)
                && (store.orders.attributes(order) & OrderCells.EXTENDED) != 0
                && traits.list(order) == OrderLists.DORMANT
                && traits.parent(order) == parent;
    }

    private void release(final int child, final long lots) {
        if (lots == 0) {
            cancel(child);
            return;
        }
        final int book = OrderCells.book(store.orders.attributes(child));
        store.lists.remove(book, child);
        store.lists.append(book, OrderLists.WOKEN, child);
        final long awake = Math.min(lots, store.openLots(child));
        store.orders.lots(child, awake);
        traits.instructions(child, traits.instructions(child) & ~OrderTerms.DORMANT);
        traits.parent(child, NIL);
        store.listener.onWoken(book, child, awake);
    }

    private void cancel(final int order) {
        final int book = OrderCells.book(store.orders.attributes(order));
        final long lots = store.openLots(order);
        // The link goes both ways: untied first, or the two would cancel each other for ever.
        traits.instructions(order, traits.instructions(order) & ~OrderTerms.OCO);
        store.remove(order);
        store.listener.onCancelled(book, order, lots, 0L, CancelReason.LINKED, true);
        onCancelled(order);
    }

    private void cut(final int order, final long leaves) {
        final long open = store.openLots(order);
        if (open > leaves) {
            final int book = OrderCells.book(store.orders.attributes(order));
            shrink(order, leaves);
            store.listener.onCancelled(
                    book, order, open - leaves, leaves, CancelReason.LINKED, true);
        }
    }

    /** Takes lots away in place: an iceberg's reserve first, then what it shows. */
    void shrink(final int order, final long newLots) {
        final long displayed = store.orders.lots(order);
        final int attributes = store.orders.attributes(order);
        if ((attributes & OrderCells.HELD) == 0) {
            store.queue.addReserve(order, newLots - store.openLots(order));
        }
        if ((attributes & OrderCells.EXTENDED) != 0) {
            traits.reserve(order, Math.max(0L, newLots - displayed));
        }
        store.orders.lots(order, Math.min(displayed, newLots));
    }
}
