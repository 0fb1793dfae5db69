package io.spindle.perf.book;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The book that everybody writes first, and that we did not take: a tree of price levels, each a
 * list in order of arrival, and a map from id to order. Kept to be measured beside the others.
 */
final class TreeMapBook implements BookUnderTest {
    private static final class Resting {
        final int side;
        final long price;
        long lots;

        Resting(final int side, final long price, final long lots) {
            this.side = side;
            this.price = price;
            this.lots = lots;
        }
    }

    private final TreeMap<Long, Map<Integer, Resting>> bids =
            new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Map<Integer, Resting>> asks = new TreeMap<>();
    private final Map<Integer, Resting> orders = new HashMap<>();
    private final ArrayDeque<Integer> filled = new ArrayDeque<>();
    private long trades;
    private long tradedQty;
    private long notional;

    @Override
    public void apply(
            final int op,
            final int side,
            final int timeInForce,
            final int user,
            final int id,
            final long priceTicks,
            final long lots) {
        if (op == OrderStream.NEW) {
            enter(id, side, timeInForce, priceTicks, lots);
            return;
        }
        final Resting order = orders.remove(id);
        if (order != null) {
            leave(id, order);
            if (op == OrderStream.REPLACE) {
                enter(id, order.side, OrderStream.REST, priceTicks, lots);
            }
        }
    }

    private TreeMap<Long, Map<Integer, Resting>> side(final int side) {
        return side == 0 ? bids : asks;
    }

    private void leave(final int id, final Resting order) {
        final Map<Integer, Resting> level = side(order.side).get(order.price);
        level.remove(id);
        if (level.isEmpty()) {
            side(order.side).remove(order.price);
        }
    }

    private void enter(
            final int id,
            final int side,
            final int timeInForce,
            final long price,
            final long lots) {
        final long left = take(side, price, lots);
        if (left > 0 && timeInForce == OrderStream.REST) {
            final Resting order = new Resting(side, price, left);
            orders.put(id, order);
            side(side).computeIfAbsent(price, _ -> new LinkedHashMap<>()).put(id, order);
        }
    }

    private long take(final int side, final long limit, final long lots) {
        long left = lots;
        final var levels = side(1 - side).entrySet().iterator();
        while (left > 0 && levels.hasNext()) {
            final var level = levels.next();
            final long price = level.getKey();
            if (side == 0 ? price > limit : price < limit) {
                break;
            }
            left = takeLevel(level.getValue().entrySet().iterator(), price, left);
            filled.forEach(orders::remove);
            filled.clear();
            if (level.getValue().isEmpty()) {
                levels.remove();
            }
        }
        return left;
    }

    private long takeLevel(
            final Iterator<Map.Entry<Integer, Resting>> makers, final long price, final long lots) {
        long left = lots;
        while (left > 0 && makers.hasNext()) {
            final var maker = makers.next();
            final long traded = Math.min(left, maker.getValue().lots);
            left -= traded;
            maker.getValue().lots -= traded;
            trades++;
            tradedQty += traded;
            notional += traded * price;
            if (maker.getValue().lots == 0) {
                filled.add(maker.getKey());
                makers.remove();
            }
        }
        return left;
    }

    @Override
    public BookTotals totals() {
        final long restingQty = orders.values().stream().mapToLong(order -> order.lots).sum();
        return new BookTotals(trades, tradedQty, notional, orders.size(), restingQty);
    }
}
