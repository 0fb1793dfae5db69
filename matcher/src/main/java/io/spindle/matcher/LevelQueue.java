package io.spindle.matcher;

/**
 * First in, first out at each price: links {@link OrderCells} into the levels of {@link Ladders}.
 */
final class LevelQueue {
    private static final int NIL = OrderCells.NIL;

    private final OrderCells orders;
    private final Nodes nodes;
    private final Ladders ladders;

    LevelQueue(final OrderCells orders, final Nodes nodes, final Ladders ladders) {
        this.orders = orders;
        this.nodes = nodes;
        this.ladders = ladders;
    }

    /** The order becomes the last of its level in the ladder that its attributes name. */
    void append(final int order, final int price, final long lots, final int attributes) {
        final int ladder = OrderCells.ladder(attributes);
        final int level = ladders.occupy(ladder, ladders.mirrored(ladder, price));
        final int last = nodes.last(level);
        if (last == NIL) {
            nodes.first(level, order);
        } else {
            orders.next(last, order);
        }
        nodes.last(level, order);
        orders.priceTicks(order, price);
        orders.previous(order, last);
        orders.next(order, NIL);
        orders.level(order, level);
        orders.lots(order, lots);
        orders.attributes(order, attributes);
    }

    /** The order leaves its level, wherever it stands. */
    void remove(final int order) {
        final int previous = orders.previous(order);
        final int next = orders.next(order);
        final int level = orders.level(order);
        if (previous == NIL) {
            nodes.first(level, next);
        } else {
            orders.next(previous, next);
        }
        if (next == NIL) {
            nodes.last(level, previous);
        } else {
            orders.previous(next, previous);
        }
        if (previous == NIL && next == NIL) {
            final int ladder = OrderCells.ladder(orders.attributes(order));
            ladders.vacate(ladder, level, ladders.mirrored(ladder, orders.priceTicks(order)));
        }
    }

    /** Everything before {@code first} has left the level; NIL when nothing remains. */
    void truncate(final int ladder, final int level, final int key, final int first) {
        nodes.first(level, first);
        if (first == NIL) {
            nodes.last(level, NIL);
            ladders.vacate(ladder, level, key);
        } else {
            orders.previous(first, NIL);
        }
    }

    /** First order of a ladder, or NIL. */
    int best(final int ladder) {
        final int level = ladders.bestLevel(ladder);
        return level == NIL ? NIL : nodes.first(level);
    }

    /** The order after this one in its ladder, or NIL. */
    int following(final int order) {
        final int next = orders.next(order);
        if (next != NIL) {
            return next;
        }
        final int level = ladders.nextLevel(orders.level(order));
        return level == NIL ? NIL : nodes.first(level);
    }

    void visitOrders(final int ladder, final OrderVisitor visitor) {
        for (int order = best(ladder); order != NIL; order = following(order)) {
            if (!visitor.onOrder(order, orders.priceTicks(order), orders.lots(order))) {
                return;
            }
        }
    }

    void visitLevels(final int ladder, final LevelVisitor visitor) {
        int level = ladders.bestLevel(ladder);
        while (level != NIL) {
            final long price = orders.priceTicks(nodes.first(level));
            long lots = 0;
            int count = 0;
            for (int order = nodes.first(level); order != NIL; order = orders.next(order)) {
                lots += orders.lots(order);
                count++;
            }
            if (!visitor.onLevel(price, lots, count)) {
                return;
            }
            level = ladders.nextLevel(level);
        }
    }
}
