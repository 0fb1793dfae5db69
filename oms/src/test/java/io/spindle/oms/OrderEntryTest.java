package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class OrderEntryTest {
    private final Market market = Market.sample();

    @Test
    void shouldAcceptThenRest() {
        assertEquals(
                List.of("accepted 0#1 B 100@100000 ref=1", "itch added 1 B 100@100000"),
                market.enter(0, 1, 'B', 100, 100_000));
        assertEquals(100_000, market.engine.book(1).bestPrice('B'));
        assertEquals(0, market.engine.book(1).bestPrice('S'));
    }

    @Test
    void shouldTradeAtTheMakersPriceAndSettleBothSides() {
        market.enter(0, 1, 'S', 100, 100_000);
        assertEquals(
                List.of(
                        "accepted 1#1 B 60@100100 ref=2",
                        "executed 0#1 60@100000 maker match=1 leaves=40",
                        "executed 1#1 60@100000 taker match=1 leaves=0",
                        "itch executed 1 60 match=1",
                        "balance 2 USD 100000006000000",
                        "holding 2 1 999999940",
                        "balance 3 USD 99999994000000",
                        "holding 3 1 1000000060"),
                market.enter(1, 1, 'B', 60, 100_100));
        assertEquals(1, market.engine.orders().open());
        assertEquals(100_000, market.engine.instruments().lastPrice(1));
    }

    @Test
    void shouldCancelTheRemainderOfAnImmediateOrder() {
        market.enter(0, 1, 'S', 10, 100_000);
        final List<String> events =
                market.enter(market.order(1, 1, 'B', 25, 100_000).timeInForce((byte) '3'));
        assertEquals("canceled 1#1 15 I", events.getLast());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldBoundAMarketOrderByTheInstrumentsMaximum() {
        market.enter(0, 1, 'S', 10, 500_000);
        final List<String> events =
                market.enter(market.order(1, 1, 'B', 10, Long.MAX_VALUE).timeInForce((byte) '3'));
        assertEquals("executed 1#1 10@500000 taker match=1 leaves=0", events.get(2));
    }

    @Test
    void shouldRejectEveryInvalidField() {
        final long before = bookHash();
        reject(RejectCode.SYMBOL, 1, o -> o.symbol(Ascii.pack("NONE")));
        reject(RejectCode.SIDE, 2, o -> o.side((byte) 'X'));
        reject(RejectCode.QUANTITY, 3, o -> o.quantity(0));
        reject(RejectCode.QUANTITY, 4, o -> o.quantity(-5));
        reject(RejectCode.MAX_QUANTITY, 5, o -> o.quantity(1_000_001));
        reject(RejectCode.PRICE, 6, o -> o.price(0));
        reject(RejectCode.PRICE, 7, o -> o.price(-100));
        reject(RejectCode.PRICE, 8, o -> o.price(100_001));
        reject(RejectCode.PRICE, 9, o -> o.price(200_000_0000L));
        reject(RejectCode.TIME_IN_FORCE, 10, o -> o.timeInForce((byte) '5'));
        reject(RejectCode.DISPLAY, 11, o -> o.display((byte) 'Q'));
        reject(RejectCode.CAPACITY, 12, o -> o.capacity((byte) 'X'));
        reject(RejectCode.ISO, 13, o -> o.interMarketSweep((byte) '?'));
        reject(RejectCode.CROSS_ORDER, 14, o -> o.crossType((byte) 'S'));
        assertEquals(0, market.engine.orders().open());
        assertEquals(15, market.engine.sessions().nextOutboundSequence(0));
        assertEquals(before, bookHash());
    }

    /** All that is in the books, queues and free lists included. */
    private long bookHash() {
        return market.engine.matcher().stateHash();
    }

    private void reject(
            final RejectCode code,
            final int number,
            final java.util.function.Consumer<io.spindle.oms.command.EnterOrderEncoder> spoil) {
        final var order = market.order(0, number, 'B', 100, 100_000);
        spoil.accept(order);
        assertEquals(List.of("rejected 0#" + number + " " + code), market.enter(order));
    }

    @Test
    void shouldRejectWhileHalted() {
        assertEquals(List.of("itch state 1 H", "result 0.7 NONE"), market.tradingState(7, 'H'));
        assertEquals(List.of("rejected 0#1 HALTED"), market.enter(0, 1, 'B', 1, 100));
        market.tradingState(8, 'T');
        assertEquals(2, market.enter(0, 2, 'B', 1, 100).size());
    }

    @Test
    void shouldRejectWhenNoOrderRecordIsFree() {
        final Market tiny = new Market(new EngineConfig(2, 8, 128, 128, 1_024, 256, 64, 1 << 20));
        SampleMarket.write(tiny);
        tiny.events.take();
        tiny.enter(0, 1, 'B', 1, 100);
        tiny.enter(0, 2, 'B', 1, 100);
        assertEquals(List.of("rejected 0#3 ORDER_CAPACITY"), tiny.enter(0, 3, 'B', 1, 100));
        tiny.cancel(0, 1, 0);
        assertEquals(2, tiny.enter(0, 4, 'B', 1, 100).size());
    }

    @Test
    void shouldIgnoreANumberNotAboveTheLast() {
        market.enter(0, 5, 'B', 1, 100);
        assertEquals(List.of(), market.enter(0, 5, 'B', 1, 100));
        assertEquals(List.of(), market.enter(0, 4, 'B', 1, 100));
    }

    @Test
    void shouldReportAGapBeforeTheAnswer() {
        assertEquals(
                List.of(
                        "not applied 0 first=1 count=4",
                        "accepted 0#5 B 1@100 ref=1",
                        "itch added 1 B 1@100"),
                market.enter(0, 5, 'B', 1, 100));
    }

    @Test
    void shouldTakeNumbersAsUnsigned() {
        market.enter(0, 0x7FFF_FFFF, 'B', 1, 100);
        assertEquals(2, market.enter(0, 0x8000_0000, 'B', 1, 100).size());
        assertEquals(List.of("next 0/0 -2147483647"), market.query(0, 0));
    }

    @Test
    void shouldNumberEveryIndexApart() {
        market.enter(0, 3, 'B', 1, 100);
        final List<String> events =
                market.enter(market.order(0, 1, 'B', 1, 100).userRefIdx((short) 9));
        assertEquals("accepted 0/9#1 B 1@100 ref=2", events.get(0));
        assertEquals(List.of("next 0/9 2"), market.query(0, 9));
        assertEquals(List.of("next 0/0 4"), market.query(0, 0));
    }

    @Test
    void shouldConsumeTheNumberOfARefusedMessage() {
        assertEquals(List.of("rejected 0#1 OVERLOAD"), market.refuse(0, 1, RejectCode.OVERLOAD));
        assertEquals(List.of(), market.refuse(0, 1, RejectCode.OVERLOAD));
        assertEquals(List.of("next 0/0 2"), market.query(0, 0));
    }

    @Test
    void shouldIgnoreSessionsThatDoNotExist() {
        assertEquals(List.of(), market.enter(100, 1, 'B', 1, 100));
        assertEquals(List.of(), market.cancel(100, 1, 0));
        assertEquals(List.of(), market.modify(100, 1, 'B', 1));
        assertEquals(List.of(), market.query(100, 0));
        assertEquals(List.of(), market.up(100));
        assertEquals(List.of(), market.down(100, 0));
    }
}
