package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * What an order that waits for an operator has reserved is what it may cost: at the prices, the
 * band and the fees of its entry, whatever they are at its release.
 */
class HeldMoneyTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    /** 8 % above 9.99 is 10.7892, on the tick 10.78. */
    @Test
    void shouldReserveAMarketBuyAtTheLastTickOfTheBandWithTheWorstFee() {
        final int buyer = buyerWithBand(99_900, 2_000_000);
        desk.fees(1, 1_000, 2_000);
        desk.accountFees("BUYER", 1);
        assertEquals(List.of("held " + buyer + "#1 rule=1"), marketBuy(buyer));
        assertEquals(2_000_000 - 10 * 107_800 - 2_156, desk.free("BUYER"));
        desk.fees(1, 5_000, 5_000);
        market.enter(1, 1, 'S', 10, 100_000);
        desk.authorise(buyer, 1, 1, true);
        assertEquals(2_000_000 - 10 * 100_000 - 2_000, desk.free("BUYER"));
    }

    @Test
    void shouldPayNoMoreForAMarketBuyThanItHasReserved() {
        final int buyer = buyerWithBand(100_000, 10 * 108_000);
        marketBuy(buyer);
        assertEquals(0, desk.free("BUYER"));
        market.enter(1, 1, 'S', 4, 108_000);
        desk.reference("SPDL", 120_000);
        market.enter(1, 2, 'S', 6, 120_000);
        desk.authorise(buyer, 1, 1, true);
        assertEquals(6 * 108_000, desk.free("BUYER"));
        assertEquals(1, market.engine.orders().open());
    }

    @Test
    void shouldBuyWithinTheBandOfTheReleaseWhenThatIsNarrower() {
        final int buyer = buyerWithBand(100_000, 10 * 108_000);
        marketBuy(buyer);
        market.enter(1, 1, 'S', 4, 100_000);
        market.enter(1, 2, 'S', 6, 101_000);
        desk.instrumentRisk("SPDL", 50, 0, 0, 0);
        desk.authorise(buyer, 1, 1, true);
        assertEquals(10 * 108_000 - 4 * 100_000, desk.free("BUYER"));
    }

    /**
     * The band was 92 to 108 when the stops came; it is 82.80 to 97.20 when the first one fires.
     */
    @Test
    void shouldLetAMarketStopMeetTheBandOfTheDayOnWhichItFires() {
        desk.instrumentRisk("SPDL", 800, 0, 0, 0);
        desk.reference("SPDL", 100_000);
        market.enter(
                market.order(0, 1, 'S', 5, InstrumentTable.MARKET_PRICE),
                o -> o.stopPrice(90_000).trigger((byte) 'L'));
        desk.reference("SPDL", 90_000);
        market.enter(1, 1, 'B', 1, 90_000);
        market.enter(1, 2, 'B', 5, 89_000);
        assertTrue(
                market.enter(2, 1, 'S', 1, 90_000)
                        .contains("executed 0#1 5@89000 taker match=2 leaves=0"));
    }

    /** A member whose orders are held, and a band of 8 % around this price. */
    private int buyerWithBand(final long reference, final long cash) {
        desk.member("BUYER", 0, 0);
        desk.deposit("BUYER", cash, "SPDL", 0);
        desk.instrumentRisk("SPDL", 800, 0, 0, 0);
        desk.reference("SPDL", reference);
        desk.rule(1, 'A', "BUYER", "", 0, 0, SECOND_NS);
        return desk.session("BUYER");
    }

    private List<String> marketBuy(final int session) {
        return market.enter(
                market.order(session, 1, 'B', 10, InstrumentTable.MARKET_PRICE)
                        .timeInForce((byte) '3'));
    }
}
