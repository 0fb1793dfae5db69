package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Kinds of orders, and how brokers see their states. */
class OrderTypeTest {
    private static final int SELLER = 2;

    private final Market market = Market.sample();

    @Test
    void shouldTellAnOrdersKindFromItsPriceAndOptions() {
        market.enter(0, 1, 'B', 5, 100_000);
        market.enter(market.order(0, 2, 'B', 5, 100_000), o -> o.maxFloor(2));
        market.enter(
                market.order(0, 3, 'B', 5, 130_000),
                o -> o.stopPrice(120_000).trigger((byte) 'L').strategyId(7));
        market.enter(
                market.order(0, 4, 'S', 5, 90_000),
                o -> o.stopPrice(95_000).trail(1_000).trigger((byte) 'L'));
        market.enter(
                market.order(0, 5, 'B', 5, 120_000), o -> o.priceType((byte) 'R').pegOffset(0));
        assertEquals(
                List.of(
                        OrderType.LIMIT,
                        OrderType.ICEBERG,
                        OrderType.STOP_LIMIT,
                        OrderType.TRAILING_STOP,
                        OrderType.PEGGED),
                List.of(type(1), type(2), type(3), type(4), type(5)));
        final OrderTable orders = market.engine.orders();
        final int stop = orders.find(0, 0, 3);
        assertEquals(120_000, orders.options().stopPrice(stop));
        assertEquals(7, orders.options().strategyId(stop));
    }

    private OrderType type(final int number) {
        final OrderTable orders = market.engine.orders();
        return OrderType.of(orders, orders.find(0, 0, number));
    }

    @Test
    void shouldForgetAnOrdersOptionsWithTheOrder() {
        market.enter(market.order(0, 1, 'B', 5, 100_000), o -> o.maxFloor(2).strategyId(9));
        final int slot = market.engine.orders().find(0, 0, 1);
        market.enter(SELLER, 1, 'S', 5, 100_000);
        market.enter(0, 2, 'B', 5, 100_000);
        market.enter(0, 3, 'B', 5, 100_000);
        final OrderTable orders = market.engine.orders();
        assertEquals(slot, orders.find(0, 0, 3));
        assertEquals(OrderType.LIMIT, type(3));
        assertEquals(0, orders.options().strategyId(slot));
    }

    @Test
    void shouldShowBrokersFourStates() {
        for (final OrderState state : OrderState.values()) {
            final OrderState.Seen expected =
                    switch (state) {
                        case CREATED, PENDING_SUBMISSION, SUBMITTED, ACCEPTED ->
                                OrderState.Seen.OPEN;
                        case PARTIALLY_FILLED -> OrderState.Seen.PARTIALLY_FILLED;
                        case FILLED -> OrderState.Seen.FILLED;
                        case CANCELLED, REJECTED, ERROR, EXPIRED -> OrderState.Seen.CANCELLED;
                    };
            assertEquals(expected, state.seen(), state.name());
        }
    }

    @Test
    void shouldKnowWhatIsOpenAndWhatIsOver() {
        for (final OrderState state : OrderState.values()) {
            final boolean open =
                    state == OrderState.ACCEPTED || state == OrderState.PARTIALLY_FILLED;
            final boolean before = state.ordinal() <= OrderState.SUBMITTED.ordinal();
            assertEquals(open, state.isOpen(), state.name());
            assertEquals(!open && !before, state.isTerminal(), state.name());
        }
    }

    @Test
    void shouldGiveThePercentageThatIsFilled() {
        assertEquals(0, OrderState.filledPercent(0, 0));
        assertEquals(0, OrderState.filledPercent(0, 3));
        assertEquals(33, OrderState.filledPercent(1, 3));
        assertEquals(99, OrderState.filledPercent(999_999, 1_000_000));
        assertEquals(100, OrderState.filledPercent(3, 3));
        assertEquals(49, OrderState.filledPercent(Long.MAX_VALUE / 4, Long.MAX_VALUE / 2));
    }
}
