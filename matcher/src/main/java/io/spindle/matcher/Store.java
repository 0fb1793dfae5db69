package io.spindle.matcher;

import java.lang.foreign.MemorySegment;

/** All memory of a {@link Matcher}, and what every part of it needs. */
final class Store {
    final MatcherConfig config;
    final MatchListener listener;
    final Rings rings;
    final OrderCells orders;
    final OrderTraits traits;
    final Nodes nodes;
    final Ladders ladders;
    final Books books;
    final OrderLists lists;
    final LevelQueue queue;

    Store(final MatcherConfig config, final MatchListener listener) {
        this.config = config;
        this.listener = listener;
        final long slots = (long) config.maxNodes() * Nodes.SLOTS_BYTES;
        final long cells = (long) config.maxOrders() * OrderCells.CELL_BYTES;
        final long headers = (long) config.maxNodes() * Nodes.HEADER_BYTES;
        final MemorySegment memory = OffHeap.allocate(slots + cells + headers);
        this.nodes = new Nodes(memory, config.maxNodes());
        this.rings =
                new Rings(memory.asSlice(0, slots + cells), config.maxNodes() << Nodes.SLOT_BITS);
        this.orders = new OrderCells(memory.asSlice(slots, cells));
        this.traits = new OrderTraits(config.maxOrders());
        this.ladders = new Ladders(config.maxBooks(), nodes);
        this.books = new Books(config.maxBooks());
        this.lists = new OrderLists(books, traits);
        this.queue = new LevelQueue(orders, rings, ladders);
    }

    void makeResident() {
        nodes.makeResident();
        traits.makeResident();
        ladders.makeResident();
        books.makeResident();
    }

    long bytes() {
        return nodes.bytes() + traits.bytes() + ladders.bytes() + books.bytes();
    }

    /** Open lots, displayed or not. */
    long openLots(final int order) {
        final boolean extended = (orders.attributes(order) & OrderCells.EXTENDED) != 0;
        return orders.lots(order) + (extended ? traits.reserve(order) : 0L);
    }

    /** The order leaves wherever it is kept, without an event, and its name becomes free. */
    void remove(final int order) {
        final int attributes = orders.attributes(order);
        final int book = OrderCells.book(attributes);
        if ((attributes & OrderCells.HELD) == 0) {
            queue.remove(order, openLots(order));
            if (OrderCells.ladderOfBook(attributes) >= Ladders.FIRST_STOPS) {
                books.watch(book, -1);
            }
        }
        if ((attributes & OrderCells.EXTENDED) != 0) {
            lists.remove(book, order);
        }
        orders.attributes(order, 0);
    }

    /** Best displayed price of a side, 0 when nothing is displayed there. */
    int bestPrice(final int book, final int side) {
        return bestPrice(Ladders.of(book, side));
    }

    /** The same of all orders, those that rest unseen included. */
    int nextPrice(final int book, final int side) {
        return bestPrice(ladders.better(Ladders.of(book, side)));
    }

    private int bestPrice(final int ladder) {
        return ladders.isEmpty(ladder) ? 0 : ladders.mirrored(ladder, ladders.bestKey(ladder));
    }

    boolean isCrossed(final int book) {
        final int bids = Ladders.of(book, OrderTerms.BUY);
        final int asks = Ladders.of(book, OrderTerms.SELL);
        final int bid = ladders.sideKey(bids);
        return bid != Ladders.NO_KEY && ladders.sideKey(asks) <= ladders.mirrored(bids, bid);
    }

    boolean isEmpty(final int book) {
        for (int i = 0; i < Ladders.PER_BOOK; i++) {
            if (!ladders.isEmpty(Ladders.of(book, i))) {
                return false;
            }
        }
        for (int list = 1; list <= OrderLists.COUNT; list++) {
            if (lists.first(book, list) != OrderCells.NIL) {
                return false;
            }
        }
        return true;
    }

    /** In a queue where it can trade. */
    boolean isQueued(final int order) {
        final int attributes = orders.attributes(order);
        return (attributes & OrderCells.HELD) == 0
                && OrderCells.ladderOfBook(attributes) < Ladders.FIRST_STOPS;
    }
}
