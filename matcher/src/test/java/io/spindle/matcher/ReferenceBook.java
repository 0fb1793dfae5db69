package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A book of the {@link ReferenceMatcher}: sorted lists for queues, plain lists for the rest. */
final class ReferenceBook {
    final int number;
    final long maxPrice;
    final List<List<ReferenceOrder>> queues =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    final List<ReferenceOrder> stops = new ArrayList<>();
    final List<ReferenceOrder> movers = new ArrayList<>();
    final List<ReferenceOrder> forAuction = new ArrayList<>();
    final List<ReferenceOrder> forClose = new ArrayList<>();
    final List<ReferenceOrder> woken = new ArrayList<>();
    final List<ReferenceOrder> dormant = new ArrayList<>();
    BookRules rules = new BookRules();
    SplittableRandom random = new SplittableRandom(0);
    int state = TradingState.CONTINUOUS;
    int stateAfterAuction;
    long last;
    long auctionPrice;
    long auctionLeft;

    ReferenceBook(final int number, final long maxPrice) {
        this.number = number;
        this.maxPrice = maxPrice;
    }

    List<ReferenceOrder> shown(final int side) {
        return queues.get(side);
    }

    List<ReferenceOrder> hidden(final int side) {
        return queues.get(2 + side);
    }

    long lowest() {
        return Math.max(1, rules.staticLowTicks);
    }

    long highest() {
        return rules.staticHighTicks == 0 ? maxPrice : rules.staticHighTicks;
    }

    long marketLimit(final int side) {
        return side == OrderTerms.BUY ? highest() : lowest();
    }

    long anchor() {
        return last != 0 ? last : rules.referenceTicks;
    }

    long reach(final int side, final long limit) {
        final long anchor = anchor();
        if (anchor == 0 || rules.dynamicTicks == 0 && rules.dynamicBps == 0) {
            return limit;
        }
        final long width =
                rules.dynamicTicks != 0 ? rules.dynamicTicks : anchor * rules.dynamicBps / 10_000;
        return side == OrderTerms.BUY
                ? Math.min(limit, anchor + width)
                : Math.max(limit, anchor - width);
    }

    /** Moves a price away from the other side until the tick table has it. */
    long onTick(final int side, final long price) {
        long step = 1;
        for (int i = 0; i < rules.tickBands; i++) {
            if (price >= rules.tickFrom[i]) {
                step = rules.tickStep[i];
            }
        }
        long rounded = price;
        while (rounded % step != 0) {
            rounded += side == OrderTerms.BUY ? -1 : 1;
        }
        return rounded;
    }

    /** Best displayed price, 0 for none. */
    long best(final int side) {
        return shown(side).isEmpty() ? 0 : shown(side).getFirst().price;
    }

    /** The order of a side that trades next: displayed before hidden at the same price. */
    ReferenceOrder next(final int side) {
        if (hidden(side).isEmpty()) {
            return shown(side).isEmpty() ? null : shown(side).getFirst();
        }
        final ReferenceOrder unseen = hidden(side).getFirst();
        return shown(side).isEmpty() || better(side, unseen.price, best(side))
                ? unseen
                : shown(side).getFirst();
    }

    boolean isCrossed() {
        final ReferenceOrder bid = next(OrderTerms.BUY);
        final ReferenceOrder ask = next(OrderTerms.SELL);
        return bid != null && ask != null && bid.price >= ask.price;
    }

    static boolean better(final int side, final long price, final long other) {
        return side == OrderTerms.BUY ? price > other : price < other;
    }

    /** Whether an order of {@code side} limited at {@code limit} may trade at {@code price}. */
    static boolean within(final int side, final long price, final long limit) {
        return side == OrderTerms.BUY ? price <= limit : price >= limit;
    }

    void enqueue(final ReferenceOrder order, final List<ReferenceOrder> queue) {
        int place = 0;
        while (place < queue.size() && !better(order.side, order.price, queue.get(place).price)) {
            place++;
        }
        queue.add(place, order);
        order.place = queue;
    }

    void put(final ReferenceOrder order, final List<ReferenceOrder> list) {
        list.add(order);
        if (order.place == null) {
            order.place = list;
        }
    }

    void leave(final ReferenceOrder order) {
        Stream.concat(
                        queues.stream(),
                        Stream.of(stops, movers, forAuction, forClose, woken, dormant))
                .forEach(list -> list.remove(order));
        order.place = null;
    }
}
