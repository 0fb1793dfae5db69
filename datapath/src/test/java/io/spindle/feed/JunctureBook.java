package io.spindle.feed;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;

import io.spindle.oms.Ascii;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Books built from nothing but what juncture decodes; written as text, best price first. */
public final class JunctureBook implements ITCH50Listener {
    private record Order(long stock, byte side, long price, long shares) {}

    private record Level(long shares, int orders) {
        Level plus(final Order order) {
            return new Level(shares + order.shares, orders + 1);
        }
    }

    private final Map<Long, Order> orders = new HashMap<>();
    private final Map<Long, Character> states = new HashMap<>();
    private long trades;

    /** One line a level: side, price, shares, number of orders. */
    public String text(final long stock) {
        final Map<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
        final Map<Long, Level> asks = new TreeMap<>();
        for (final Order order : orders.values()) {
            if (order.stock == stock) {
                (order.side == 'B' ? bids : asks)
                        .merge(
                                order.price,
                                new Level(0, 0).plus(order),
                                (level, ignored) -> level.plus(order));
            }
        }
        final StringBuilder text = new StringBuilder();
        bids.forEach((price, level) -> line(text, 'B', price, level.shares, level.orders));
        asks.forEach((price, level) -> line(text, 'S', price, level.shares, level.orders));
        return text.toString();
    }

    public static void line(
            final StringBuilder text,
            final char side,
            final long price,
            final long shares,
            final long orderCount) {
        text.append(side).append(' ').append(price).append(' ').append(shares);
        text.append(" / ").append(orderCount).append('\n');
    }

    public int orders() {
        return orders.size();
    }

    long trades() {
        return trades;
    }

    char state(final String symbol) {
        return states.get(Ascii.pack(symbol));
    }

    private void take(final long reference, final long shares) {
        orders.compute(
                reference,
                (ignored, order) ->
                        order.shares == shares
                                ? null
                                : new Order(
                                        order.stock,
                                        order.side,
                                        order.price,
                                        order.shares - shares));
    }

    @Override
    public void addOrder(final ITCH50.AddOrder message) {
        final Order order =
                new Order(message.stock, message.buySellIndicator, message.price, message.shares);
        if (orders.put(message.orderReferenceNumber, order) != null) {
            throw new IllegalStateException("twice: " + message.orderReferenceNumber);
        }
    }

    @Override
    public void orderExecuted(final ITCH50.OrderExecuted message) {
        trades++;
        take(message.orderReferenceNumber, message.executedShares);
    }

    @Override
    public void orderCancel(final ITCH50.OrderCancel message) {
        take(message.orderReferenceNumber, message.canceledShares);
    }

    @Override
    public void orderDelete(final ITCH50.OrderDelete message) {
        orders.remove(message.orderReferenceNumber);
    }

    @Override
    public void orderReplace(final ITCH50.OrderReplace message) {
        final Order old = orders.remove(message.originalOrderReferenceNumber);
        orders.put(
                message.newOrderReferenceNumber,
                new Order(old.stock, old.side, message.price, message.shares));
    }

    @Override
    public void trade(final ITCH50.Trade message) {
        trades++;
    }

    @Override
    public void stockTradingAction(final ITCH50.StockTradingAction message) {
        states.put(message.stock, (char) message.tradingState);
    }

    @Override
    public void systemEvent(final ITCH50.SystemEvent message) {
        if (message.eventCode == 'O') {
            orders.clear();
        }
    }

    @Override
    public void stockDirectory(final ITCH50.StockDirectory message) {}

    @Override
    public void regSHORestriction(final ITCH50.RegSHORestriction message) {}

    @Override
    public void marketParticipantPosition(final ITCH50.MarketParticipantPosition message) {}

    @Override
    public void mwcbDeclineLevel(final ITCH50.MWCBDeclineLevel message) {}

    @Override
    public void mwcbStatus(final ITCH50.MWCBStatus message) {}

    @Override
    public void ipoQuotingPeriodUpdate(final ITCH50.IPOQuotingPeriodUpdate message) {}

    @Override
    public void luldAuctionCollar(final ITCH50.LULDAuctionCollar message) {}

    @Override
    public void operationalHalt(final ITCH50.OperationalHalt message) {}

    @Override
    public void addOrderMPID(final ITCH50.AddOrderMPID message) {
        orders.put(
                message.orderReferenceNumber,
                new Order(message.stock, message.buySellIndicator, message.price, message.shares));
    }

    @Override
    public void orderExecutedWithPrice(final ITCH50.OrderExecutedWithPrice message) {
        trades++;
        take(message.orderReferenceNumber, message.executedShares);
    }

    @Override
    public void crossTrade(final ITCH50.CrossTrade message) {}

    @Override
    public void brokenTrade(final ITCH50.BrokenTrade message) {}

    @Override
    public void noii(final ITCH50.NOII message) {}

    @Override
    public void rpii(final ITCH50.RPII message) {}
}
