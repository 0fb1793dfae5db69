package io.spindle.matcher;

/** First in, first out at each price: the {@link Rings} of the levels of {@link Ladders}. */
final class LevelQueue {
    private static final int NIL = OrderCells.NIL;

    final OrderCells orders;
    final Rings rings;
    final Ladders ladders;

    LevelQueue(final OrderCells orders, final Rings rings, final Ladders ladders) {
        this.orders = orders;
        this.rings = rings;
        this.ladders = ladders;
    }

    /** The order becomes the last of its level. */
    void append(
            final int order,
            final int ladder,
            final int price,
            final long lots,
            final int attributes) {
        final int level = ladders.occupy(ladder, ladders.mirrored(ladder, price));
        rings.append(level, order);
        rings.addLots(level, lots);
        orders.level(order, level);
        orders.priceTicks(order, price);
        orders.lots(order, lots);
        orders.attributes(order, attributes);
    }

    /** A queued order has so many lots more, or less, than it displays. */
    void addReserve(final int order, final long lots) {
        rings.addLots(orders.level(order), lots);
    }

    /** The order, with so many open lots, leaves its level, wherever it stands. */
    void remove(final int order, final long open) {
        final int level = orders.level(order);
        rings.addLots(level, -open);
        if (rings.remove(order)) {
            final int ladder = OrderCells.ladder(orders.attributes(order));
            ladders.vacate(ladder, level, ladders.mirrored(ladder, orders.priceTicks(order)));
        }
    }

    /** Displayed lots of a queued order trade; it stays where it is, even with none left. */
    void take(final int order, final long lots) {
        orders.lots(order, orders.lots(order) - lots);
        rings.addLots(orders.level(order), -lots);
    }

    /** First order of a ladder, or NIL. */
    int best(final int ladder) {
        final int level = ladders.bestLevel(ladder);
        return level == NIL ? NIL : first(level);
    }

    /** First order of an occupied level. */
    int first(final int level) {
        return rings.order(rings.next(level));
    }

    /** Price of an occupied level. */
    int price(final int level) {
        return orders.priceTicks(first(level));
    }

    /** The order after this one in its ladder, or NIL. */
    int following(final int order) {
        final int level = orders.level(order);
        final int next = rings.next(rings.place(order));
        if (next != level) {
            return rings.order(next);
        }
        final int worse = ladders.nextLevel(level);
        return worse == NIL ? NIL : first(worse);
    }

    void visitOrders(final int ladder, final OrderVisitor visitor) {
        for (int order = best(ladder); order != NIL; order = following(order)) {
            if (!visitor.onOrder(order, orders.priceTicks(order), orders.lots(order))) {
                return;
            }
        }
    }

    void visitLevels(final int ladder, final LevelVisitor visitor) {
        for (int level = ladders.bestLevel(ladder);
                level != NIL;
                level = ladders.nextLevel(level)) {
            long lots = 0;
            int count = 0;
            for (int at = rings.next(level); at != level; at = rings.next(at)) {
                lots += orders.lots(rings.order(at));
                count++;
            }
            if (!visitor.onLevel(price(level), lots, count)) {
                return;
            }
        }
    }
}
