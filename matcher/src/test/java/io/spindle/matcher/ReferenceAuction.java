package io.spindle.matcher;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The auction price by trying every candidate. */
final class ReferenceAuction {
    private record Candidate(long price, long lots, long imbalance) {}

    private ReferenceAuction() {}

    static void find(final ReferenceBook book, final AuctionOutcome outcome) {
        outcome.clear();
        if (!book.isCrossed()) {
            return;
        }
        final long low = book.next(OrderTerms.SELL).price;
        final long high = book.next(OrderTerms.BUY).price;
        final TreeSet<Long> prices = new TreeSet<>();
        for (final List<ReferenceOrder> queue : book.queues) {
            queue.forEach(order -> prices.add(order.price));
        }
        prices.add(book.anchor());
        final Comparator<Candidate> mostLots = Comparator.comparing(c -> -c.lots);
        final Candidate best =
                prices.subSet(low, true, high, true).stream()
                        .map(price -> candidate(book, price))
                        .min(
                                mostLots.thenComparing(c -> Math.abs(c.imbalance))
                                        .thenComparing(c -> distance(c.price, book.anchor()))
                                        .thenComparing(Candidate::price))
                        .orElseThrow();
        outcome.priceTicks = best.price;
        outcome.lots = best.lots;
        outcome.imbalanceLots = best.imbalance;
    }

    private static long distance(final long price, final long anchor) {
        return anchor == 0 ? 0 : Math.abs(price - anchor);
    }

    private static Candidate candidate(final ReferenceBook book, final long price) {
        final long wanted = lots(book, OrderTerms.BUY, price);
        final long offered = lots(book, OrderTerms.SELL, price);
        return new Candidate(price, Math.min(wanted, offered), wanted - offered);
    }

    private static long lots(final ReferenceBook book, final int side, final long price) {
        long sum = 0;
        for (final List<ReferenceOrder> queue : List.of(book.shown(side), book.hidden(side))) {
            for (final ReferenceOrder order : queue) {
                sum += ReferenceBook.within(side, price, order.price) ? order.open() : 0;
            }
        }
        return sum;
    }
}
