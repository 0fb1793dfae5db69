package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.testing.Market;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.OrderState;

import org.junit.jupiter.api.Test;

import java.util.List;

class ViewTest {
    private final Market market = new Market();

    @Test
    void shouldKnowAnOpenOrderAsItWasEntered() {
        final int number = market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Order order = order("TEST00", number);
        assertEquals(OrderState.ACCEPTED, order.state());
        assertEquals(100, order.leaves());
        assertEquals(10_0000, order.price());
        assertEquals("TEST", order.firm());
        assertEquals("TEST00", order.account());
        assertEquals("C1", order.clientOrderId());
        assertEquals(market.log.lastSequence(), order.sequence());
    }

    @Test
    void shouldTellBothSidesOfATrade() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 9_9900);
        final Trade trade = market.view.read(now -> now.trades().list(one -> true)).getFirst();
        assertEquals(10_0000, trade.price());
        assertEquals(40, trade.quantity());
        assertEquals("TEST00-0-1", trade.maker().order().toString());
        assertEquals("FOES", trade.taker().firm());
        assertEquals('S', trade.taker().side());
        assertEquals(OrderState.PARTIALLY_FILLED, order("TEST00", 1).state());
        assertEquals(OrderState.FILLED, order("FOES00", 1).state());
        assertEquals(10_0000, order("FOES00", 1).averagePrice());
    }

    @Test
    void shouldRememberWhyAnOrderEnded() {
        final int number = market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.cancel(0, number, 0);
        assertEquals(OrderState.CANCELLED, order("TEST00", number).state());
        assertEquals("U", order("TEST00", number).reason());
        final int hasty = market.enter(0, 'B', "SPDL", 100, 10_0000, '3');
        assertEquals("I", order("TEST00", hasty).reason());
        assertEquals(0, (int) market.view.read(now -> now.orders().openCount()));
    }

    @Test
    void shouldKeepARejectedOrderWithWhatWasAskedFor() {
        final Order order = order("TEST00", market.enter(0, 'B', "NONE", 100, 10_0000));
        assertEquals(OrderState.REJECTED, order.state());
        assertEquals("SYMBOL", order.reason());
        assertEquals("NONE", order.instrument().symbol());
        assertEquals(100, order.quantity());
    }

    @Test
    void shouldLinkAReplacementToTheOrderWhosePlaceItTook() {
        final int first = market.enter(0, 'B', "SPDL", 100, 10_0000);
        final int second = market.replace(0, first, 150, 10_0100);
        assertEquals(OrderState.CANCELLED, order("TEST00", first).state());
        assertEquals(OrderHistory.REPLACED, order("TEST00", first).reason());
        assertEquals(order("TEST00", first).id(), order("TEST00", second).origin());
        assertEquals(OrderState.ACCEPTED, order("TEST00", second).state());
        assertEquals(1, (int) market.view.read(now -> now.orders().openCount()));
    }

    @Test
    void shouldCountCancelledLotsOfALivingOrderAsGone() {
        final int number = market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.cancel(0, number, 30);
        assertEquals(30, order("TEST00", number).leaves());
        assertEquals(OrderState.ACCEPTED, order("TEST00", number).state());
    }

    @Test
    void shouldReadTheBookBestPricesFirst() {
        market.enter(0, 'B', "SPDL", 100, 9_9800);
        market.enter(1, 'B', "SPDL", 50, 9_9900);
        market.enter(1, 'B', "SPDL", 60, 9_9900);
        market.enter(0, 'S', "SPDL", 70, 10_0000);
        final Book book =
                market.view.read(now -> now.book(now.instrument("SPDL").orElseThrow(), 10));
        assertEquals(
                List.of(new Book.Level(9_9900, 110, 2), new Book.Level(9_9800, 100, 1)),
                book.bids());
        assertEquals(List.of(new Book.Level(10_0000, 70, 1)), book.asks());
        assertEquals(market.log.lastSequence(), book.sequence());
    }

    @Test
    void shouldForgetTheOldestEndedOrdersOnly() {
        final View small = new View(EngineConfig.small(), new View.Limits(2, 1));
        market.enter(0, 'B', "SPDL", 1, 1_0000);
        for (int i = 0; i < 4; i++) {
            market.enter(0, 'B', "SPDL", 1, 1_0000, '3');
        }
        for (long sequence = 1; sequence <= market.log.lastSequence(); sequence++) {
            final long next = sequence;
            small.update(() -> market.log.feed(small, next));
        }
        assertEquals(
                List.of("TEST00-0-5", "TEST00-0-4", "TEST00-0-1"),
                small.read(now -> now.orders().list(false, order -> true)).stream()
                        .map(order -> order.id().toString())
                        .toList());
    }

    @Test
    void shouldWaitForASequenceAndSayWhenItDidNotCome() throws InterruptedException {
        assertTrue(market.view.await(market.log.lastSequence(), 0));
        assertFalse(market.view.await(market.log.lastSequence() + 1, 20));
    }

    @Test
    void shouldReadOddUsernamesBackFromOrderIds() {
        for (final OrderId id :
                List.of(new OrderId("TEST00", 0, 17), new OrderId("A-B", 255, 0xFFFF_FFFFL))) {
            assertEquals(id, OrderId.parse(id.toString()).orElseThrow());
        }
        for (final String text : List.of("", "-", "--", "A-1", "A-256-1", "A-x-1")) {
            assertTrue(OrderId.parse(text).isEmpty(), text);
        }
    }

    private Order order(final String session, final int number) {
        return market.view.read(
                now -> now.orders().find(new OrderId(session, 0, number)).orElseThrow());
    }
}
