package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.feed.TestMarket;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.RejectCode;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What the public learns of calls, collars and halts, as juncture reads it off the stream. */
class AuctionFeedTest {
    private static final long SECOND_NS = 1_000_000_000;

    private final MessageRing ring = new MessageRing(1 << 16, 1 << 10);
    private final MarketFeed feed = new MarketFeed(new MoldStream(ring));
    private int answer;
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

                        @Override
                        public void onAdminResult(final long high, final long low, final int code) {
                            answer = code;
                        }
                    });
    private final TestMarket market = new TestMarket(engine::apply);
    private long read = 1;

    AuctionFeedTest() {
        feed.attach(engine);
        market.open("SPDL");
        news();
    }

    @Test
    void shouldSayEverySecondWhatTheAuctionWouldDo() {
        market.state("SPDL", 'Q');
        assertEquals(List.of(state('Q'), noii(0, 0, 'O', 0, 'O', ' ')), news());

        market.order('B', 100, "SPDL", 100_200);
        market.order('S', 60, "SPDL", 100_000);
        news();
        assertEquals(market.timeNs() + SECOND_NS - 2_000, engine.nextDeadlineNs());
        market.tick(SECOND_NS / 2);
        assertEquals(List.of(), news());
        market.tick(SECOND_NS / 2);
        assertEquals(List.of(noii(60, 40, 'B', 100_000, 'O', ' ')), news());

        market.order('S', 90, "SPDL", 100_100);
        news();
        market.tick(SECOND_NS);
        assertEquals(List.of(noii(100, 50, 'S', 100_100, 'O', ' ')), news());

        market.state("SPDL", 'T').proceed(engine.pendingContinue());
        assertEquals(Long.MAX_VALUE, engine.nextDeadlineNs());
    }

    @Test
    void shouldSayWhichCallItIsAndHowFarThePriceHasMoved() {
        market.reference("SPDL", 100_000).state("SPDL", 'C');
        assertEquals(List.of(state('P'), noii(0, 0, 'O', 0, 'C', ' ')), news());

        market.order('B', 10, "SPDL", 112_000);
        market.order('S', 10, "SPDL", 112_000);
        market.state("SPDL", 'P');
        assertEquals(noii(10, 0, 'N', 112_000, 'H', 'A'), news().getLast());
    }

    @Test
    void shouldPutPriceVariationIntoBands() {
        assertEquals('L', Imbalance.variation(100_999, 100_000));
        assertEquals('1', Imbalance.variation(99_000, 100_000));
        assertEquals('9', Imbalance.variation(109_999, 100_000));
        assertEquals('A', Imbalance.variation(110_000, 100_000));
        assertEquals('B', Imbalance.variation(79_999, 100_000));
        assertEquals('C', Imbalance.variation(130_000, 100_000));
        assertEquals('C', Imbalance.variation(900_000, 100_000));
        assertEquals(' ', Imbalance.variation(100_000, 0));
    }

    @Test
    void shouldTellTheCollarOfACallAndEachTimeItMoves() {
        market.reference("SPDL", 100_000).band("SPDL", 500);
        assertEquals(List.of(), news());
        market.state("SPDL", 'P');
        assertEquals(
                List.of(
                        state('P'),
                        collar(100_000, 105_000, 95_000, 0),
                        noii(0, 0, 'O', 0, 'H', ' ')),
                news());

        market.band("SPDL", 1_000);
        market.reference("SPDL", 200_000);
        assertEquals(
                List.of(collar(100_000, 110_000, 90_000, 1), collar(200_000, 220_000, 180_000, 2)),
                news());
    }

    @Test
    void shouldNotEndACallOutsideItsCollar() {
        market.state("SPDL", 'P');
        market.order('B', 10, "SPDL", 112_000);
        market.order('S', 10, "SPDL", 112_000);
        market.reference("SPDL", 100_000).band("SPDL", 1_000).state("SPDL", 'T');
        assertEquals(RejectCode.PRICE_BAND.code, answer);
        assertEquals('P', engine.instruments().tradingState(1));

        market.band("SPDL", 1_200).state("SPDL", 'T').proceed(engine.pendingContinue());
        assertEquals(RejectCode.NONE.code, answer);
        assertEquals('T', engine.instruments().tradingState(1));
        assertEquals(112_000, engine.instruments().lastPrice(1));
    }

    @Test
    void shouldTellThatTradingIsHaltedHereAndThatItGoesOn() {
        market.state("SPDL", 'H').state("SPDL", 'T');
        assertEquals(List.of(state('H'), halt('H'), state('T'), halt('T')), news());
    }

    @Test
    void shouldSayOnANewDayWhoIsHaltedAndWhichCollarsThereAre() {
        market.define("ROTR").state("SPDL", 'H');
        market.reference("ROTR", 100_000).band("ROTR", 500).state("ROTR", 'P');
        read = 1;
        market.day(20261121, 0);

        final List<String> messages = news();
        assertEquals(List.of(state('H'), halt('H')), messages.subList(2, 4));
        assertEquals(collar(100_000, 105_000, 95_000, 0).replace("SPDL", "ROTR"), messages.get(6));
        market.tick(SECOND_NS);
        assertEquals(List.of(noii(0, 0, 'O', 0, 'H', ' ').replace("SPDL", "ROTR")), news());
    }

    @Test
    void shouldSayNothingOfStatesThatItchDoesNotKnow() {
        market.state("SPDL", 'K').state("SPDL", 'X').state("SPDL", 'T');
        assertEquals(List.of(state('H'), state('H'), state('T')), news());
    }

    private static String state(final char state) {
        return "StockTradingAction[stock=SPDL, tradingState=" + state + ", reserved= , reason=]";
    }

    private static String halt(final char action) {
        return "OperationalHalt[stock=SPDL, marketCode= , operationalHaltAction=" + action + "]";
    }

    private static String collar(
            final int reference, final int upper, final int lower, final int extension) {
        return "LULDAuctionCollar[stock=SPDL, auctionCollarReferencePrice="
                + reference
                + ", upperAuctionCollarPrice="
                + upper
                + ", lowerAuctionCollarPrice="
                + lower
                + ", auctionCollarExtension="
                + extension
                + "]";
    }

    private static String noii(
            final int paired,
            final int imbalance,
            final char direction,
            final int price,
            final char cross,
            final char variation) {
        return "NOII[pairedShares="
                + paired
                + ", imbalanceShares="
                + imbalance
                + ", imbalanceDirection="
                + direction
                + ", stock=SPDL, farPrice=0, nearPrice="
                + price
                + ", currentReferencePrice="
                + price
                + ", crossType="
                + cross
                + ", priceVariationIndicator="
                + variation
                + "]";
    }

    private List<String> news() {
        final List<String> messages = Juncture.readFrom(ring, read);
        read += messages.size();
        return messages;
    }
}
