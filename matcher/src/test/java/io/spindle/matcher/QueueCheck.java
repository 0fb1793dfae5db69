package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/** Compares a book's queues with the reference's, order by order: first in, first out. */
final class QueueCheck implements OrderVisitor {
    private List<ReferenceOrder> expected;
    private int seen;
    private boolean same;

    /** What differs, or null. */
    String compare(final Matcher matcher, final ReferenceBook book) {
        for (int side = 0; side < 2; side++) {
            begin(book.shown(side));
            matcher.visitOrders(book.number, side, this);
            if (!isSame()) {
                return difference(matcher, book, side);
            }
            begin(book.hidden(side));
            matcher.visitHiddenOrders(book.number, side, this);
            if (!isSame() || matcher.nextPriceTicks(book.number, side) != nextPrice(book, side)) {
                return difference(matcher, book, side);
            }
        }
        return null;
    }

    private static long nextPrice(final ReferenceBook book, final int side) {
        final ReferenceOrder next = book.next(side);
        return next == null ? 0 : next.price;
    }

    private void begin(final List<ReferenceOrder> queue) {
        expected = queue;
        seen = 0;
        same = true;
    }

    private boolean isSame() {
        return same && seen == expected.size();
    }

    @Override
    public boolean onOrder(final int order, final long priceTicks, final long lots) {
        if (seen == expected.size()) {
            same = false;
            return false;
        }
        final ReferenceOrder other = expected.get(seen++);
        same = other.name == order && other.price == priceTicks && other.displayed == lots;
        return same;
    }

    private static String difference(
            final Matcher matcher, final ReferenceBook book, final int side) {
        final List<String> shown = new ArrayList<>();
        final List<String> hidden = new ArrayList<>();
        matcher.visitOrders(
                book.number,
                side,
                (order, price, lots) -> shown.add(order + ":" + lots + "@" + price));
        matcher.visitHiddenOrders(
                book.number,
                side,
                (order, price, lots) -> hidden.add(order + ":" + lots + "@" + price));
        return "book %d side %d holds %s %s, reference %s %s"
                .formatted(
                        book.number,
                        side,
                        shown,
                        hidden,
                        sentence(book.shown(side)),
                        sentence(book.hidden(side)));
    }

    private static List<String> sentence(final List<ReferenceOrder> queue) {
        return queue.stream()
                .map(order -> order.name + ":" + order.displayed + "@" + order.price)
                .toList();
    }
}
