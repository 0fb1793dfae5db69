package io.spindle.matcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules written down with lists and loops, to be obviously right: a queue of a side is a sorted
 * list, the best order its first element.
 */
final class ReferenceMatcher {
    private final MatchListener listener;
    private final int maxFillsPerOrder;
    private final Map<Integer, Book> books = new HashMap<>();
    private final Map<Integer, Resting> resting = new HashMap<>();

    ReferenceMatcher(final int maxFillsPerOrder, final MatchListener listener) {
        this.maxFillsPerOrder = maxFillsPerOrder;
        this.listener = listener;
    }

    static final class Book {
        final int number;
        final long maxPrice;
        final List<List<Resting>> sides = List.of(new ArrayList<>(), new ArrayList<>());

        Book(final int number, final long maxPrice) {
            this.number = number;
            this.maxPrice = maxPrice;
        }
    }

    static final class Resting {
        final Book book;
        final int order;
        final int side;
        final long price;
        long lots;

        Resting(final Book book, final OrderTerms terms, final long lots) {
            this.book = book;
            this.order = terms.order;
            this.side = terms.side;
            this.price = terms.priceTicks;
            this.lots = lots;
        }

        List<Resting> queue() {
            return book.sides.get(side);
        }
    }

    void openBook(final int book, final long maxPriceTicks) {
        books.put(book, new Book(book, maxPriceTicks));
    }

    boolean admit(final OrderTerms terms) {
        return !resting.containsKey(terms.order) && wellFormed(terms);
    }

    boolean admitReplace(final OrderTerms terms) {
        final Resting order = resting.get(terms.order);
        return order != null && order.book.number == terms.book && wellFormed(terms);
    }

    private boolean wellFormed(final OrderTerms terms) {
        final Book book = books.get(terms.book);
        return book != null
                && terms.lots >= 1
                && terms.priceTicks >= 1
                && terms.priceTicks <= book.maxPrice;
    }

    void enter(final OrderTerms terms) {
        final Book book = books.get(terms.book);
        final List<Resting> makers = book.sides.get(1 - terms.side);
        long leaves = terms.lots;
        int fills = 0;
        while (leaves > 0 && fills < maxFillsPerOrder && crosses(terms, makers)) {
            final Resting maker = makers.getFirst();
            final long traded = Math.min(leaves, maker.lots);
            fills++;
            leaves -= traded;
            maker.lots -= traded;
            if (maker.lots == 0) {
                forget(maker);
            }
            listener.onFill(
                    book.number, maker.order, terms.order, maker.price, traded, maker.lots, leaves);
        }
        if (leaves == 0) {
            return;
        }
        if (crosses(terms, makers)) {
            dropIncoming(terms, leaves, CancelReason.SWEEP_BOUND);
        } else if (terms.timeInForce == OrderTerms.IMMEDIATE_OR_CANCEL) {
            dropIncoming(terms, leaves, CancelReason.IMMEDIATE);
        } else {
            rest(new Resting(book, terms, leaves));
        }
    }

    private void rest(final Resting order) {
        final List<Resting> queue = order.queue();
        int place = 0;
        while (place < queue.size() && !better(order.side, order.price, queue.get(place).price)) {
            place++;
        }
        queue.add(place, order);
        resting.put(order.order, order);
        listener.onRested(order.book.number, order.order, order.side, order.price, order.lots);
    }

    private void dropIncoming(final OrderTerms terms, final long lots, final int reason) {
        listener.onCancelled(terms.book, terms.order, lots, 0, reason, false);
    }

    private static boolean crosses(final OrderTerms terms, final List<Resting> makers) {
        return !makers.isEmpty()
                && (makers.getFirst().price == terms.priceTicks
                        || better(terms.side, terms.priceTicks, makers.getFirst().price));
    }

    /** Whether an order at {@code price} goes before one at {@code other}. */
    private static boolean better(final int side, final long price, final long other) {
        return side == OrderTerms.BUY ? price > other : price < other;
    }

    private void forget(final Resting order) {
        order.queue().remove(order);
        resting.remove(order.order);
    }

    boolean cancel(final int name, final int reason) {
        final Resting order = resting.get(name);
        if (order == null) {
            return false;
        }
        forget(order);
        listener.onCancelled(order.book.number, name, order.lots, 0, reason, true);
        return true;
    }

    boolean reduce(final int name, final long newLots, final int reason) {
        final Resting order = resting.get(name);
        if (order == null || newLots >= order.lots) {
            return false;
        }
        if (newLots <= 0) {
            return cancel(name, reason);
        }
        final long cut = order.lots - newLots;
        order.lots = newLots;
        listener.onCancelled(order.book.number, name, cut, newLots, reason, true);
        return true;
    }

    void replace(final OrderTerms terms) {
        forget(resting.get(terms.order));
        enter(terms);
    }

    /** The names of one side in priority order. */
    List<Integer> names(final int book, final int side) {
        return books.get(book).sides.get(side).stream().map(order -> order.order).toList();
    }
}
