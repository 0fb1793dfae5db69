package io.spindle.client;

import io.spindle.codec.itch.AddOrder;
import io.spindle.codec.itch.AddOrderAttributed;
import io.spindle.codec.itch.ItchHeader;
import io.spindle.codec.itch.OrderDeleted;
import io.spindle.codec.itch.OrderExecuted;
import io.spindle.codec.itch.OrderExecutedWithPrice;
import io.spindle.codec.itch.OrderReduced;
import io.spindle.codec.itch.OrderReplaced;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The books of all instruments, built from nothing but the feed. Prices in wire units, shares in
 * lots. Not thread-safe.
 */
public final class FeedBook implements MoldReceiver.Messages {
    /** Sees the levels of a side from the best on; false ends the visit. */
    @FunctionalInterface
    public interface LevelVisitor {
        boolean onLevel(long price, long shares, int orders);
    }

    private static final class Order {
        private final Side side;
        private final long price;
        private long shares;

        Order(final Side side, final long price, final long shares) {
            this.side = side;
            this.price = price;
            this.shares = shares;
        }
    }

    private static final class Level {
        private long shares;
        private int orders;
    }

    private static final class Side {
        private final NavigableMap<Long, Level> levels;

        Side(final Comparator<Long> bestFirst) {
            levels = new TreeMap<>(bestFirst);
        }

        void change(final long price, final long shares, final int orders) {
            final Level level = levels.computeIfAbsent(price, ignored -> new Level());
            level.shares += shares;
            level.orders += orders;
            if (level.orders == 0) {
                levels.remove(price);
            }
        }
    }

    private static final class Book {
        private final Side bids = new Side(Comparator.reverseOrder());
        private final Side asks = new Side(Comparator.naturalOrder());

        Side side(final int side) {
            return side == 'B' ? bids : asks;
        }
    }

    private final Map<Long, Book> books = new HashMap<>();
    private final Long2ObjectHashMap<Order> orders = new Long2ObjectHashMap<>();
    private String session = "";

    @Override
    public void onSession(final String name) {
        session = name;
        books.clear();
        orders.clear();
    }

    @Override
    public void onMessage(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (length < ItchHeader.LENGTH || length < lengthOf(ItchHeader.type(buffer, offset))) {
            return;
        }
        switch (ItchHeader.type(buffer, offset)) {
            case AddOrder.TYPE, AddOrderAttributed.TYPE -> onAdded(buffer, offset);
            case OrderExecuted.TYPE, OrderExecutedWithPrice.TYPE ->
                    take(
                            OrderExecuted.reference(buffer, offset),
                            OrderExecuted.shares(buffer, offset));
            case OrderReduced.TYPE ->
                    take(
                            OrderReduced.reference(buffer, offset),
                            OrderReduced.shares(buffer, offset));
            case OrderDeleted.TYPE -> {
                final long reference = OrderDeleted.reference(buffer, offset);
                take(reference, openShares(reference));
            }
            case OrderReplaced.TYPE -> onReplaced(buffer, offset);
            default -> {}
        }
    }

    private static int lengthOf(final byte type) {
        return switch (type) {
            case AddOrder.TYPE -> AddOrder.LENGTH;
            case AddOrderAttributed.TYPE -> AddOrderAttributed.LENGTH;
            case OrderExecuted.TYPE -> OrderExecuted.LENGTH;
            case OrderExecutedWithPrice.TYPE -> OrderExecutedWithPrice.LENGTH;
            case OrderReduced.TYPE -> OrderReduced.LENGTH;
            case OrderDeleted.TYPE -> OrderDeleted.LENGTH;
            case OrderReplaced.TYPE -> OrderReplaced.LENGTH;
            default -> 0;
        };
    }

    /** The session whose messages made these books; empty before the first. */
    public String session() {
        return session;
    }

    /** What the feed shows of an order; 0 when it does not show it, or no longer. */
    public long openShares(final long reference) {
        final Order order = orders.get(reference);
        return order == null ? 0 : order.shares;
    }

    /**
     * Visits the levels of a book from the best on.
     *
     * @param stock packed symbol
     * @param side {@code 'B'} or {@code 'S'}
     */
    public void visitLevels(final long stock, final char side, final LevelVisitor visitor) {
        final Book book = books.get(stock);
        if (book == null) {
            return;
        }
        for (final Map.Entry<Long, Level> entry : book.side(side).levels.entrySet()) {
            final Level level = entry.getValue();
            if (!visitor.onLevel(entry.getKey(), level.shares, level.orders)) {
                return;
            }
        }
    }

    /** Both add messages have the same fields at the same offsets up to the price. */
    private void onAdded(final DirectBuffer buffer, final int offset) {
        final Book book =
                books.computeIfAbsent(AddOrder.stock(buffer, offset), ignored -> new Book());
        put(
                AddOrder.reference(buffer, offset),
                book.side(AddOrder.side(buffer, offset)),
                AddOrder.price(buffer, offset),
                AddOrder.shares(buffer, offset));
    }

    private void onReplaced(final DirectBuffer buffer, final int offset) {
        final long old = OrderReplaced.oldReference(buffer, offset);
        final Order order = orders.get(old);
        if (order != null) {
            take(old, order.shares);
            put(
                    OrderReplaced.newReference(buffer, offset),
                    order.side,
                    OrderReplaced.price(buffer, offset),
                    OrderReplaced.shares(buffer, offset));
        }
    }

    private void put(final long reference, final Side side, final long price, final long shares) {
        orders.put(reference, new Order(side, price, shares));
        side.change(price, shares, 1);
    }

    private void take(final long reference, final long shares) {
        final Order order = orders.get(reference);
        if (order == null) {
            return;
        }
        order.shares -= shares;
        if (order.shares == 0) {
            orders.remove(reference);
        }
        order.side.change(order.price, -shares, order.shares == 0 ? -1 : 0);
    }
}
