package io.spindle.matcher;

/**
 * First in, first out at each price: links {@link OrderCells} into the levels of a {@link Ladder}.
 */
final class LevelQueue {
    private static final int NIL = OrderCells.NIL;

    private final OrderCells orders;
    private final Nodes nodes;
    private final Ladder ladder;

    LevelQueue(final OrderCells orders, final Nodes nodes, final Ladder ladder) {
        this.orders = orders;
        this.nodes = nodes;
        this.ladder = ladder;
    }

    /** The order becomes the last of its level. */
    void append(final int order, final int bookSide, final int price, final long lots) {
        final int level = ladder.occupy(bookSide, ladder.mirrored(bookSide, price));
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
        orders.attributes(order, OrderCells.restingOn(bookSide));
        orders.group(order, 0);
    }

    /** The order leaves its level, wherever it stands, and its name becomes free. */
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
            final int bookSide = OrderCells.bookSide(orders.attributes(order));
            ladder.vacate(bookSide, level, ladder.mirrored(bookSide, orders.priceTicks(order)));
        }
        orders.attributes(order, 0);
    }

    /** Everything before {@code first} has left the level; NIL when nothing remains. */
    void truncate(final int bookSide, final int level, final int key, final int first) {
        nodes.first(level, first);
        if (first == NIL) {
            nodes.last(level, NIL);
            ladder.vacate(bookSide, level, key);
        } else {
            orders.previous(first, NIL);
        }
    }

    void visitOrders(final int bookSide, final OrderVisitor visitor) {
        int level = ladder.bestLevel(bookSide);
        while (level != NIL) {
            int order = nodes.first(level);
            while (order != NIL) {
                if (!visitor.onOrder(order, orders.priceTicks(order), orders.lots(order))) {
                    return;
                }
                order = orders.next(order);
            }
            level = ladder.nextLevel(level);
        }
    }

    void visitLevels(final int bookSide, final LevelVisitor visitor) {
        int level = ladder.bestLevel(bookSide);
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
            level = ladder.nextLevel(level);
        }
    }
}
