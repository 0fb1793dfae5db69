package io.spindle.perf.book;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;

/** exchange-core's fast book, alone, as its own order-book tests make it. */
final class ExchangeCoreBook implements BookUnderTest {
    private final IOrderBook book =
            new OrderBookDirectImpl(
                    new CoreSymbolSpecification(
                            1, SymbolType.CURRENCY_EXCHANGE_PAIR, 1, 2, 1, 1, 0, 0, 0, 0),
                    ObjectsPool.createDefaultTestPool(),
                    OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
                    LoggingConfiguration.DEFAULT);
    private final OrderCommand command = new OrderCommand();
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
        command.uid = user;
        command.orderId = id;
        command.price = priceTicks;
        command.reserveBidPrice = Long.MAX_VALUE; // else a bid could not be moved up
        command.size = lots;
        command.action = side == 0 ? OrderAction.BID : OrderAction.ASK;
        command.orderType = timeInForce == OrderStream.REST ? OrderType.GTC : OrderType.IOC;
        command.matcherEvent = null;
        if (op == OrderStream.NEW) {
            book.newOrder(command);
        } else if (op == OrderStream.CANCEL) {
            book.cancelOrder(command);
        } else {
            book.moveOrder(command);
        }
        count();
    }

    private void count() {
        MatcherTradeEvent event = command.matcherEvent;
        while (event != null) {
            if (event.matchedOrderId != 0) {
                trades++;
                tradedQty += event.size;
                notional += event.size * event.price;
            }
            event = event.nextEvent;
        }
    }

    @Override
    public BookTotals totals() {
        return new BookTotals(
                trades,
                tradedQty,
                notional,
                book.getOrdersNum(OrderAction.ASK) + book.getOrdersNum(OrderAction.BID),
                book.getTotalOrdersVolume(OrderAction.ASK)
                        + book.getTotalOrdersVolume(OrderAction.BID));
    }
}
