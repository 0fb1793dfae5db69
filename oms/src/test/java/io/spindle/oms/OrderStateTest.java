package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The life of an order, edge by edge. */
class OrderStateTest {
    /** As the documents draw it: from, then every state that may follow. */
    private static final List<List<OrderState>> EDGES =
            List.of(
                    List.of(
                            OrderState.CREATED,
                            OrderState.PENDING_SUBMISSION,
                            OrderState.SUBMITTED,
                            OrderState.ACCEPTED,
                            OrderState.REJECTED,
                            OrderState.ERROR),
                    List.of(
                            OrderState.PENDING_SUBMISSION,
                            OrderState.SUBMITTED,
                            OrderState.ACCEPTED,
                            OrderState.CANCELLED,
                            OrderState.REJECTED,
                            OrderState.EXPIRED,
                            OrderState.ERROR),
                    List.of(
                            OrderState.SUBMITTED,
                            OrderState.ACCEPTED,
                            OrderState.CANCELLED,
                            OrderState.REJECTED,
                            OrderState.EXPIRED,
                            OrderState.ERROR),
                    List.of(
                            OrderState.ACCEPTED,
                            OrderState.PARTIALLY_FILLED,
                            OrderState.FILLED,
                            OrderState.CANCELLED,
                            OrderState.EXPIRED,
                            OrderState.ERROR),
                    List.of(
                            OrderState.PARTIALLY_FILLED,
                            OrderState.PARTIALLY_FILLED,
                            OrderState.FILLED,
                            OrderState.CANCELLED,
                            OrderState.EXPIRED,
                            OrderState.ERROR));

    @Test
    void shouldHaveExactlyTheEdgesOfTheDocuments() {
        for (final OrderState from : OrderState.values()) {
            final Set<OrderState> allowed = EnumSet.noneOf(OrderState.class);
            EDGES.stream()
                    .filter(edge -> edge.get(0) == from)
                    .forEach(edge -> allowed.addAll(edge.subList(1, edge.size())));
            for (final OrderState to : OrderState.values()) {
                assertEquals(allowed.contains(to), from.mayBecome(to), from + " to " + to);
            }
        }
    }

    @Test
    void shouldRefuseAndCountEveryOtherEdge() {
        final Market market = Market.sample();
        market.enter(0, 1, 'B', 10, 100_000);
        final Tables tables = market.engine.tables();
        final Lifecycle lifecycle =
                new Lifecycle(
                        tables,
                        new Emitter(
                                new Digest(tables.state),
                                tables.orders,
                                tables.sessions,
                                market.events,
                                market.events));
        long refused = 0;
        for (final OrderState from : OrderState.values()) {
            for (final OrderState to : OrderState.values()) {
                tables.orders.records().putByte(0, OrderTable.STATE, from.code());
                final boolean moved = lifecycle.move(0, to);
                assertEquals(from.mayBecome(to), moved);
                assertEquals(moved ? to.code() : from.code(), tables.orders.state(0));
                refused += moved ? 0 : 1;
                assertEquals(refused, market.engine.illegalTransitions());
            }
        }
    }

    @Test
    void shouldTellOpenFromTerminal() {
        for (final OrderState state : OrderState.values()) {
            assertEquals(state, OrderState.of(state.code()));
            assertFalse(state.isOpen() && state.isTerminal());
        }
        assertTrue(OrderState.ACCEPTED.isOpen() && OrderState.PARTIALLY_FILLED.isOpen());
        assertEquals(
                EnumSet.of(
                        OrderState.FILLED,
                        OrderState.CANCELLED,
                        OrderState.REJECTED,
                        OrderState.ERROR,
                        OrderState.EXPIRED),
                terminal());
    }

    private static Set<OrderState> terminal() {
        final Set<OrderState> terminal = EnumSet.noneOf(OrderState.class);
        for (final OrderState state : OrderState.values()) {
            if (state.isTerminal()) {
                terminal.add(state);
            }
        }
        return terminal;
    }

    @Test
    void shouldReportEveryTransitionInOrder() {
        final Transitions seen = new Transitions();
        final Market market = new Market(EngineConfig.small(), seen);
        SampleMarket.write(market);
        market.enter(0, 1, 'B', 10, 100_000);
        market.enter(1, 1, 'S', 4, 100_000);
        market.enter(1, 2, 'S', 6, 100_000);
        assertEquals(
                List.of(
                        "CREATED ACCEPTED",
                        "CREATED ACCEPTED",
                        "ACCEPTED PARTIALLY_FILLED",
                        "ACCEPTED FILLED",
                        "CREATED ACCEPTED",
                        "PARTIALLY_FILLED FILLED",
                        "ACCEPTED FILLED"),
                seen.lines);
    }

    @Test
    void shouldEndADayOrderAsExpired() {
        final Transitions seen = new Transitions();
        final Market market = new Market(EngineConfig.small(), seen);
        SampleMarket.write(market);
        market.enter(0, 1, 'B', 10, 100_000);
        market.enter(1, 1, 'S', 4, 100_000);
        market.dayStart(20261121, 0);
        new Desk(market).proceed();
        assertEquals("PARTIALLY_FILLED EXPIRED", seen.lines.getLast());
    }

    private static final class Transitions extends NoEvents {
        final List<String> lines = new java.util.ArrayList<>();

        @Override
        public void onTransition(final int order, final int from, final int to) {
            lines.add(OrderState.of(from) + " " + OrderState.of(to));
        }
    }
}
