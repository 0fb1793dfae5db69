package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.command.OrderOptionsEncoder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Consumer;

/** Every option of an order, from the command to the public feed. */
class OrderTypesTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    @Test
    void shouldShowAnIcebergPeakByPeak() {
        assertEquals(
                List.of("accepted 0#1 S 30@100000 ref=1", "itch added 1 S 10@100000"),
                market.enter(market.order(0, 1, 'S', 30, 100_000), o -> o.maxFloor(10)));
        final List<String> events = market.enter(1, 1, 'B', 10, 100_000);
        assertTrue(events.contains("itch executed 1 10 match=1"));
        assertTrue(events.contains("restated 0#1 R"));
        assertTrue(events.contains("itch added 3 S 10@100000"));
        assertEquals(List.of("canceled 0#1 20 U", "itch deleted 3"), market.cancel(0, 1, 0));
    }

    @Test
    void shouldHideWhatIsNotDisplayed() {
        assertEquals(
                List.of("accepted 0#1 S 30@100000 ref=1"),
                market.enter(market.order(0, 1, 'S', 30, 100_000).display((byte) 'N')));
        assertTrue(market.enter(1, 1, 'B', 10, 100_000).contains("itch hidden 10@100000 match=1"));
    }

    @Test
    void shouldTriggerAStopAndRestateIt() {
        market.enter(
                market.order(0, 1, 'B', 5, 110_000), o -> o.stopPrice(105_000).trigger((byte) 'L'));
        market.enter(1, 1, 'S', 1, 105_000);
        market.enter(1, 2, 'S', 9, 108_000);
        final List<String> events = market.enter(2, 1, 'B', 1, 105_000);
        assertTrue(events.contains("restated 0#1 T"));
        assertTrue(events.contains("executed 0#1 5@108000 taker match=2 leaves=0"));
    }

    /** What it was is still told; what replaces it is what the client asks for and no stop. */
    @Test
    void shouldMakeNoStopOfOneThatHasFired() {
        market.enter(
                market.order(0, 1, 'B', 5, 110_000), o -> o.stopPrice(111_000).trigger((byte) 'A'));
        assertTrue(market.enter(1, 1, 'S', 9, 112_000).contains("restated 0#1 T"));
        final OrderTable orders = market.engine.orders();
        assertEquals(OrderType.STOP_LIMIT, OrderType.of(orders, orders.find(0, 0, 1)));
        market.cancel(1, 1, 0);
        market.replace(0, 1, 2, 5, 109_000);
        assertEquals(OrderType.LIMIT, OrderType.of(orders, orders.find(0, 0, 2)));
        assertTrue(
                market.enter(2, 1, 'S', 5, 109_000)
                        .contains("executed 0#2 5@109000 maker match=1 leaves=0"));
    }

    @Test
    void shouldFollowWithATrailingStop() {
        market.enter(1, 1, 'B', 1, 100_000);
        market.enter(2, 1, 'S', 1, 100_000);
        assertEquals(
                1,
                market.enter(
                                market.order(0, 1, 'S', 5, 90_000),
                                o -> o.trail(2_000).trailType((byte) 'T').trigger((byte) 'L'))
                        .size());
        market.enter(1, 2, 'B', 1, 110_000);
        market.enter(2, 2, 'S', 1, 110_000);
        market.enter(1, 3, 'B', 9, 108_000);
        final List<String> events = market.enter(2, 3, 'S', 1, 108_000);
        assertTrue(events.contains("restated 0#1 T"));
        assertTrue(events.contains("executed 0#1 5@108000 taker match=4 leaves=0"));
    }

    @Test
    void shouldFillOrKillAndHonourMinimumQuantities() {
        market.enter(1, 1, 'S', 5, 100_000);
        assertEquals(
                "canceled 0#1 6 I",
                market.enter(market.order(0, 1, 'B', 6, 100_000).timeInForce((byte) '4'))
                        .getLast());
        assertEquals(
                "canceled 0#2 9 I",
                market.enter(market.order(0, 2, 'B', 9, 100_000), o -> o.minQuantity(6)).getLast());
        assertTrue(
                market.enter(market.order(0, 3, 'B', 9, 100_000), o -> o.minQuantity(5))
                        .contains("executed 0#3 5@100000 taker match=1 leaves=4"));
    }

    @Test
    void shouldCancelAPostOnlyOrderThatWouldTake() {
        market.enter(1, 1, 'S', 5, 100_000);
        assertEquals(
                "canceled 0#1 6 F",
                market.enter(market.order(0, 1, 'B', 6, 100_000), o -> o.postOnly((byte) 'P'))
                        .getLast());
    }

    @Test
    void shouldPegToTheBestPrice() {
        market.enter(1, 1, 'B', 5, 100_000);
        market.enter(
                market.order(0, 1, 'B', 6, 120_000), o -> o.priceType((byte) 'R').pegOffset(100));
        assertTrue(market.enter(2, 1, 'S', 6, 100_100).contains("itch hidden 6@100100 match=1"));
        assertEquals(
                List.of("rejected 0#2 PEG"),
                market.enter(market.order(0, 2, 'B', 6, 120_000), o -> o.priceType((byte) 'Q')));
        assertEquals(
                List.of("rejected 0#3 PEG"),
                market.enter(
                        market.order(0, 3, 'B', 6, 120_000),
                        o -> o.priceType((byte) 'R').pegOffset(50)));
    }

    @Test
    void shouldPreventTradesWithOneself() {
        market.enter(market.order(0, 1, 'S', 5, 100_000), o -> o.selfTradePrevention((byte) 'N'));
        assertEquals(
                "canceled 0#2 5 Q",
                market.enter(
                                market.order(0, 2, 'B', 5, 100_000),
                                o -> o.selfTradePrevention((byte) 'N'))
                        .getLast());
        final List<String> oldest =
                market.enter(
                        market.order(0, 3, 'B', 8, 100_000),
                        o -> o.selfTradePrevention((byte) 'O'));
        assertTrue(oldest.contains("self-trade 0#1 5 of 5@100000 maker"), oldest.toString());
        assertTrue(oldest.contains("canceled 0#1 5 Q"), oldest.toString());
        assertEquals(
                List.of("rejected 0#4 OPTION"),
                market.enter(
                        market.order(0, 4, 'B', 5, 100_000),
                        o -> o.selfTradePrevention((byte) 'Z')));
    }

    @Test
    void shouldWakeABracketWithWhatItsParentBought() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 10_000_000, "SPDL", 0);
        final int session = desk.session("CASH");
        market.enter(
                market.order(session, 1, 'S', 10, 120_000), o -> o.linkRole((byte) 'T').linkId(0));
        market.enter(
                market.order(session, 2, 'S', 10, 80_000),
                o -> o.linkRole((byte) 'S').linkId(1).stopPrice(90_000));
        market.enter(
                market.order(session, 3, 'B', 10, 100_000), o -> o.linkRole((byte) 'P').linkId(1));
        assertEquals(3, market.engine.orders().open());
        market.enter(0, 1, 'S', 4, 100_000);
        final int slot = desk.holdingSlot("CASH");
        assertEquals(4, market.engine.holdings().openSell(slot));
        assertEquals(
                "rejected " + session + "#4 SHORT_SALE",
                market.enter(session, 4, 'S', 1, 100_000).getLast());
        market.enter(0, 2, 'S', 6, 100_000);
        assertEquals(10, market.engine.holdings().openSell(slot));
        final List<String> events = market.enter(0, 3, 'B', 10, 120_000);
        assertTrue(events.contains("executed " + session + "#1 10@120000 maker match=3 leaves=0"));
        assertTrue(events.contains("canceled " + session + "#2 10 o"));
        assertEquals(0, market.engine.holdings().openSell(slot));
        assertEquals(0, market.engine.holdings().lots(slot));
        assertEquals(10_000_000 + 10 * 20_000, desk.free("CASH"));
        assertEquals(0, market.engine.orders().open());
    }

    /** Whichever of them comes to the book is the parent, not the one that was entered last. */
    @Test
    void shouldReserveForTheHeldParentThatIsReleased() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 10_000_000, "SPDL", 0);
        final int session = desk.session("CASH");
        market.enter(
                market.order(session, 1, 'S', 10, 120_000), o -> o.linkRole((byte) 'T').linkId(0));
        desk.rule(1, 'A', "CASH", "", 0, 0, 1_000_000_000L);
        market.enter(
                market.order(session, 2, 'B', 10, 100_000), o -> o.linkRole((byte) 'P').linkId(1));
        market.enter(
                market.order(session, 3, 'B', 10, 100_000), o -> o.linkRole((byte) 'P').linkId(1));
        desk.authorise(session, 2, 2, true);
        market.enter(0, 1, 'S', 10, 100_000);
        final int slot = desk.holdingSlot("CASH");
        assertEquals(10, market.engine.holdings().openSell(slot));
        assertEquals(
                "rejected " + session + "#4 SHORT_SALE",
                market.enter(session, 4, 'S', 10, 100_000).getLast());
    }

    @Test
    void shouldReserveNoMoreThanTheChildHas() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 10_000_000, "SPDL", 0);
        final int session = desk.session("CASH");
        market.enter(
                market.order(session, 1, 'S', 10, 120_000), o -> o.linkRole((byte) 'T').linkId(0));
        market.enter(
                market.order(session, 2, 'B', 10, 100_000), o -> o.linkRole((byte) 'P').linkId(1));
        market.cancel(session, 1, 4);
        market.enter(0, 1, 'S', 6, 100_000);
        final int slot = desk.holdingSlot("CASH");
        assertEquals(4, market.engine.holdings().openSell(slot));
    }

    @Test
    void shouldStopOutOfABracketToo() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 10_000_000, "SPDL", 0);
        final int session = desk.session("CASH");
        market.enter(
                market.order(session, 1, 'S', 10, 120_000), o -> o.linkRole((byte) 'T').linkId(0));
        market.enter(
                market.order(session, 2, 'S', 10, 80_000),
                o -> o.linkRole((byte) 'S').linkId(1).stopPrice(90_000));
        market.enter(
                market.order(session, 3, 'B', 10, 100_000), o -> o.linkRole((byte) 'P').linkId(1));
        market.enter(0, 1, 'S', 10, 100_000);
        market.replace(session, 2, 4, 10, 85_000);
        market.enter(0, 2, 'B', 20, 90_000);
        final List<String> events = market.enter(0, 3, 'S', 1, 90_000);
        assertTrue(events.contains("restated " + session + "#4 T"));
        assertTrue(events.contains("executed " + session + "#4 10@90000 taker match=3 leaves=0"));
        assertTrue(events.contains("canceled " + session + "#1 10 o"));
        final int slot = desk.holdingSlot("CASH");
        assertEquals(0, market.engine.holdings().openSell(slot));
        assertEquals(10_000_000 - 10 * 10_000, desk.free("CASH"));
    }

    @Test
    void shouldCancelOneOfAPairWhenTheOtherTrades() {
        market.enter(market.order(0, 1, 'S', 10, 120_000), o -> o.linkRole((byte) 'O').linkId(0));
        market.enter(
                market.order(0, 2, 'S', 10, 80_000),
                o -> o.linkRole((byte) 'O').linkId(1).stopPrice(90_000));
        assertTrue(market.enter(1, 1, 'B', 10, 120_000).contains("canceled 0#2 10 o"));
    }

    @Test
    void shouldRefuseCharactersThatMeanNothing() {
        assertEquals("rejected 0#1 OPTION", refusal(1, o -> o.postOnly((byte) 'Y')));
        assertEquals("rejected 0#2 TRIGGER", refusal(2, o -> o.stopPrice(200).trigger((byte) 'X')));
        assertEquals("rejected 0#3 TRIGGER", refusal(3, o -> o.trail(100).trailType((byte) 'P')));
        assertTrue(refusal(4, o -> o.postOnly((byte) 'N')).startsWith("accepted"));
    }

    private String refusal(final int number, final Consumer<OrderOptionsEncoder> asked) {
        return market.enter(market.order(0, number, 'B', 1, 300), asked).getFirst();
    }

    @Test
    void shouldRefuseLinksThatDoNotFit() {
        assertEquals(
                List.of("rejected 0#1 LINK"),
                market.enter(
                        market.order(0, 1, 'B', 5, 100_000),
                        o -> o.linkRole((byte) 'P').linkId(9)));
        assertEquals(
                List.of("rejected 0#2 LINK"),
                market.enter(
                        market.order(0, 2, 'B', 5, 100_000),
                        o -> o.linkRole((byte) '?').linkId(0)));
        market.enter(market.order(0, 3, 'S', 5, 120_000), o -> o.linkRole((byte) 'T').linkId(0));
        assertEquals(
                List.of("rejected 0#4 LINK"),
                market.enter(
                        market.order(0, 4, 'B', 6, 100_000),
                        o -> o.linkRole((byte) 'P').linkId(3)));
        assertEquals(
                List.of("rejected 0#5 LINK"),
                market.enter(
                        market.order(0, 5, 'S', 5, 100_000),
                        o -> o.linkRole((byte) 'P').linkId(3)));
        assertEquals(1, market.cancel(0, 3, 0).size());
    }

    @Test
    void shouldSayWhichOptionIsWrong() {
        assertEquals(
                List.of("rejected 0#1 TRIGGER"),
                market.enter(market.order(0, 1, 'B', 5, 100_000), o -> o.stopPrice(105_050)));
        assertEquals(
                List.of("rejected 0#2 MIN_QUANTITY"),
                market.enter(market.order(0, 2, 'B', 5, 100_000), o -> o.minQuantity(6)));
        assertEquals(
                List.of("rejected 0#3 MAX_FLOOR"),
                market.enter(
                        market.order(0, 3, 'B', 5, 100_000), o -> o.maxFloor(2).randomReserves(3)));
        assertEquals(
                List.of("rejected 0#4 OPTION_COMBINATION"),
                market.enter(
                        market.order(0, 4, 'B', 5, 100_000).timeInForce((byte) '3'),
                        o -> o.postOnly((byte) 'P')));
    }

    @Test
    void shouldGatherForAnAuctionAndUncross() {
        market.enter(market.order(2, 1, 'S', 50, 90_000).timeInForce((byte) '1'));
        assertEquals("itch state 1 P", market.tradingState(1, 'P').getFirst());
        assertEquals(2, market.enter(0, 1, 'B', 30, 100_000).size());
        assertEquals(2, market.enter(1, 1, 'S', 10, 95_000).size());
        assertEquals(List.of("result 0.2 NONE"), market.tradingState(2, 'T'));
        final List<String> events = desk.proceed();
        assertEquals("executed 0#1 30@90000 maker match=1 leaves=0", events.getFirst());
        assertTrue(events.contains("executed 2#1 30@90000 maker match=1 leaves=20"));
        assertTrue(events.contains("itch crossed 1 30@90000 match=1"), events.toString());
        assertTrue(events.contains("itch crossed 2 30@90000 match=1"), events.toString());
        assertEquals("itch state 1 T", events.getLast());
        assertEquals("itch cross 30@90000 match=2 H", events.get(events.size() - 2));
        assertEquals(0, market.engine.pendingContinue());
    }

    @Test
    void shouldKnowEveryTradingState() {
        for (final char state : new char[] {'H', 'K', 'X'}) {
            assertEquals("itch state 1 " + state, market.tradingState(state, state).getFirst());
            assertEquals(
                    RejectCode.HALTED.name(),
                    market.enter(0, state, 'B', 1, 100_000).getLast().replaceFirst(".* ", ""));
        }
        for (final char state : new char[] {'Q', 'C', 'T'}) {
            assertEquals("itch state 1 " + state, market.tradingState(state, state).getFirst());
        }
        assertEquals(
                List.of("rejected 1#1 HALTED"),
                market.enter(market.order(1, 1, 'B', 1, 100_000).crossType((byte) 'O')));
        assertEquals(
                1, market.enter(market.order(1, 2, 'B', 1, 100_000).crossType((byte) 'C')).size());
    }
}
