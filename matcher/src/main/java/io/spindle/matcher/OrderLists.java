package io.spindle.matcher;

/** Orders of a book that are looked for as a kind, first come first: intrusive lists. */
final class OrderLists {
    static final int NONE = 0;

    /** Pegged orders and trailing stops: what moves when the market does. */
    static final int MOVERS = 1;

    /** Orders in the ladders that an auction leaves nothing of. */
    static final int AUCTION_ONLY = 2;

    /** Orders held for the closing auction. */
    static final int FOR_CLOSE = 3;

    /** Children whose parent was executed, on their way to the market. */
    static final int WOKEN = 4;

    /** Children whose parent was not. */
    static final int DORMANT = 5;

    static final int COUNT = 5;

    /** Most movers a book may have: each is looked at whenever the market moves. */
    static final int MAX_MOVERS = 256;

    private static final int NIL = OrderCells.NIL;

    private final Books books;
    private final OrderTraits traits;

    OrderLists(final Books books, final OrderTraits traits) {
        this.books = books;
        this.traits = traits;
    }

    int first(final int book, final int list) {
        return books.get(book, firstOffset(list));
    }

    int next(final int order) {
        return traits.get(order, OrderTraits.LIST_NEXT_OFFSET);
    }

    void append(final int book, final int list, final int order) {
        final int last = books.get(book, lastOffset(list));
        traits.put(order, OrderTraits.LIST_PREVIOUS_OFFSET, last);
        traits.put(order, OrderTraits.LIST_NEXT_OFFSET, NIL);
        if (last == NIL) {
            books.put(book, firstOffset(list), order);
        } else {
            traits.put(last, OrderTraits.LIST_NEXT_OFFSET, order);
        }
        books.put(book, lastOffset(list), order);
        traits.list(order, list);
        count(book, list, 1);
    }

    /** Does nothing with an order that is in no list. */
    void remove(final int book, final int order) {
        final int list = traits.list(order);
        if (list == NONE) {
            return;
        }
        final int previous = traits.get(order, OrderTraits.LIST_PREVIOUS_OFFSET);
        final int next = traits.get(order, OrderTraits.LIST_NEXT_OFFSET);
        if (previous == NIL) {
            books.put(book, firstOffset(list), next);
        } else {
            traits.put(previous, OrderTraits.LIST_NEXT_OFFSET, next);
        }
        if (next == NIL) {
            books.put(book, lastOffset(list), previous);
        } else {
            traits.put(next, OrderTraits.LIST_PREVIOUS_OFFSET, previous);
        }
        traits.list(order, NONE);
        count(book, list, -1);
    }

    private void count(final int book, final int list, final int change) {
        if (list == MOVERS) {
            books.movers(book, books.movers(book) + change);
        }
        if (list == MOVERS || list == WOKEN) {
            books.watch(book, change);
        }
    }

    private static int firstOffset(final int list) {
        return Books.LISTS_OFFSET + (list - 1) * 2 * Integer.BYTES;
    }

    private static int lastOffset(final int list) {
        return firstOffset(list) + Integer.BYTES;
    }
}
