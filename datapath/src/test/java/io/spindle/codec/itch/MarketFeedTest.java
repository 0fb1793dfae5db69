package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;
import io.spindle.feed.TestMarket;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** The engine's market events as juncture reads them off the stream. */
class MarketFeedTest {
    private final MessageRing ring = new MessageRing(1 << 20, 1 << 14);
    private final MoldStream stream = new MoldStream(ring);
    private final MarketFeed feed = new MarketFeed(stream);
    private final TradingEngine engine =
            new TradingEngine(
                    EngineConfig.small(),
                    new NoEvents(),
                    feed,
                    new NoEvents() {
                        @Override
                        public void onDayStart(final int date, final int epoch) {
                            feed.startDay(date, epoch);
                        }
                    });
    private final TestMarket market = new TestMarket(engine::apply);
    private long read = 1;

    MarketFeedTest() {
        feed.attach(engine);
    }

    @Test
    void shouldOpenTheDayWithEveryInstrumentAndItsState() {
        market.open("SPDL");

        assertEquals(SessionId.head(TestMarket.DATE), stream.sessionHead());
        final List<String> messages = news();
        assertEquals("SystemEvent[eventCode=O]", messages.get(0));
        assertTrue(messages.get(1).startsWith("StockDirectory[stock=SPDL,"), messages.get(1));
        assertEquals(
                "StockTradingAction[stock=SPDL, tradingState=T, reserved= , reason=]",
                messages.get(2));
        assertEquals(3, messages.size());
    }

    @Test
    void shouldShowAnOrderThatRests() {
        market.open("SPDL");
        news();
        market.order('B', 100, "SPDL", 100_000);

        assertEquals(
                List.of(
                        "AddOrder[orderReferenceNumber=1, buySellIndicator=B, shares=100,"
                                + " stock=SPDL, price=100000]"),
                news());
    }

    @Test
    void shouldShowWhoseAnAttributedOrderIs() {
        market.open("SPDL");
        news();
        market.enter(0, 'S', 100, Ascii.pack("SPDL"), 100_000, '0', 'A');

        assertEquals(
                List.of(
                        "AddOrderMPID[orderReferenceNumber=1, buySellIndicator=S, shares=100,"
                                + " stock=SPDL, price=100000, attribution=TEST]"),
                news());
    }

    @Test
    void shouldShowFillsOfDisplayedOrdersOnly() {
        market.open("SPDL");
        market.order('S', 100, "SPDL", 100_000);
        news();
        market.order('B', 60, "SPDL", 100_000);

        assertEquals(
                List.of("OrderExecuted[orderReferenceNumber=1, executedShares=60, matchNumber=1]"),
                news());
    }

    @Test
    void shouldShowAFillOfAHiddenOrderAsATradeWithoutItsReferenceOrSide() {
        market.open("SPDL");
        news();
        market.enter(0, 'S', 100, Ascii.pack("SPDL"), 100_000, '0', 'N');
        market.order('B', 60, "SPDL", 100_000);

        assertEquals(
                List.of(
                        "Trade[orderReferenceNumber=0, buySellIndicator=B, shares=60, stock=SPDL,"
                                + " price=100000, matchNumber=1]"),
                news());
    }

    @Test
    void shouldShowReductionReplacementAndDeletion() {
        market.open("SPDL");
        final int number = market.order('B', 100, "SPDL", 100_000);
        news();
        market.cancel(0, number, 70);
        final int replacement = market.replace(0, number, 50, 100_100);
        market.cancel(0, replacement, 0);

        assertEquals(
                List.of(
                        "OrderCancel[orderReferenceNumber=1, canceledShares=30]",
                        "OrderReplace[originalOrderReferenceNumber=1, newOrderReferenceNumber=2,"
                                + " shares=50, price=100100]",
                        "OrderDelete[orderReferenceNumber=2]"),
                news());
    }

    @Test
    void shouldTellWhenAnInstrumentIsHaltedOrIsNew() {
        market.open("SPDL");
        news();
        market.state("SPDL", 'H').define("ROTR");

        final List<String> messages = news();
        assertEquals(
                "StockTradingAction[stock=SPDL, tradingState=H, reserved= , reason=]",
                messages.get(0));
        assertTrue(messages.get(2).startsWith("StockDirectory[stock=ROTR,"), messages.get(2));
        assertEquals(
                "StockTradingAction[stock=ROTR, tradingState=T, reserved= , reason=]",
                messages.get(3));
    }

    @Test
    void shouldSayThatARemovedInstrumentIsHaltedAndNothingOfItTheNextDay() {
        market.open("SPDL", "ROTR").state("ROTR", 'X');
        news();
        market.state("ROTR", 'D');
        assertEquals(
                List.of("StockTradingAction[stock=ROTR, tradingState=H, reserved= , reason=]"),
                news());
        read = 1;
        market.day(20261121, 0);

        final List<String> messages = news();
        assertTrue(messages.get(1).startsWith("StockDirectory[stock=SPDL,"), messages.get(1));
        assertEquals(3, messages.size());
    }

    @Test
    void shouldStampNanosecondsSinceMidnightOfTheTradingDay() {
        market.open("SPDL");
        market.order('B', 100, "SPDL", 100_000);

        final int offset = ring.offset(ring.nextSequence() - 1) + MoldPacket.BLOCK_HEADER_LENGTH;
        assertEquals(
                market.timeNs() - TestMarket.MIDNIGHT_NS,
                ItchHeader.timestampNs(ring.buffer(), offset));
        assertEquals(1, ItchHeader.stockLocate(ring.buffer(), offset));
    }

    @Test
    void shouldBeginANewSessionEachDayAndShowCarriedOrdersAgain() {
        market.open("SPDL");
        market.order('S', 100, "SPDL", 100_200);
        market.order('B', 70, "SPDL", 100_000);
        market.order('B', 80, "SPDL", 100_100);
        market.enter(0, 'B', 90, Ascii.pack("SPDL"), 100_100, '0', 'N');
        read = 1;
        market.day(20261121, 0);

        final List<String> messages = news();
        assertEquals("SystemEvent[eventCode=O]", messages.get(0));
        assertEquals(
                List.of(
                        "AddOrder[orderReferenceNumber=3, buySellIndicator=B, shares=80,"
                                + " stock=SPDL, price=100100]",
                        "AddOrder[orderReferenceNumber=2, buySellIndicator=B, shares=70,"
                                + " stock=SPDL, price=100000]",
                        "AddOrder[orderReferenceNumber=1, buySellIndicator=S, shares=100,"
                                + " stock=SPDL, price=100200]"),
                messages.subList(3, messages.size()));
        assertEquals(SessionId.head(20261121), stream.sessionHead());
    }

    @Test
    void shouldGiveEveryEventExactlyOneSequenceNumber() {
        market.open("SPDL", "ROTR");
        market.trade(new Random(11), 5_000, Ascii.pack("SPDL"), Ascii.pack("ROTR"));

        assertEquals(engine.marketEvents() + 1, ring.nextSequence());
    }

    @Test
    void shouldEndTheSessionAtEndOfMessages() {
        market.open();
        feed.onSystemEvent('M');
        assertEquals(false, stream.ended());

        feed.onSystemEvent('C');
        assertTrue(stream.ended());
    }

    @Test
    void shouldTakeUpTheSequenceOfAnEngineThatHasHistory() {
        market.open("SPDL");
        market.order('B', 100, "SPDL", 100_000);
        final MoldStream other = new MoldStream(new MessageRing(1_024, 16));

        new MarketFeed(other).attach(engine);

        assertEquals(ring.nextSequence(), other.messages().nextSequence());
        assertEquals(stream.sessionHead(), other.sessionHead());
    }

    private List<String> news() {
        final List<String> messages = Juncture.readFrom(ring, read);
        read += messages.size();
        return messages;
    }
}
