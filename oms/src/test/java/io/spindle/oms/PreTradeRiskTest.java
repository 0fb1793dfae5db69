package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Each check just below, at and just above its limit. */
class PreTradeRiskTest {
    private static final long UNITS = 10_000;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private int number;
    private int trader;

    @BeforeEach
    void openAnAccountThatPaysInFull() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 1_000 * UNITS, "SPDL", 500);
        trader = desk.session("CASH");
    }

    private String buy(final long quantity, final long price) {
        return last(market.enter(trader, ++number, 'B', quantity, price));
    }

    private String sell(final long quantity, final long price) {
        return last(market.enter(trader, ++number, 'S', quantity, price));
    }

    /** The code of a rejection, or OK. */
    private static String last(final List<String> events) {
        final String last = events.getLast();
        return last.startsWith("rejected") ? last.replaceFirst("rejected \\S+ ", "") : "OK";
    }

    @Test
    void shouldPayWithTheLastCentAndNotOneMore() {
        assertEquals("OK", buy(99, 10 * UNITS));
        assertEquals(10 * UNITS, desk.free("CASH"));
        assertEquals("INSUFFICIENT_CASH", buy(1, 10 * UNITS + 100));
        assertEquals("OK", buy(1, 10 * UNITS));
        assertEquals(0, desk.free("CASH"));
        assertEquals("INSUFFICIENT_CASH", buy(1, 100));
        market.cancel(trader, 1, 0);
        assertEquals(990 * UNITS, desk.free("CASH"));
    }

    @Test
    void shouldNameTheCheckItsLimitAndTheValue() {
        assertEquals(
                List.of(
                        "risk CASH limit=10000000 value=10000100",
                        "rejected 100#1 INSUFFICIENT_CASH"),
                market.enter(trader, 1, 'B', 1, 1_000 * UNITS + 100));
    }

    @Test
    void shouldReserveTheWorstFeeToo() {
        desk.fees(3, 1_000, 2_000);
        desk.accountFees("CASH", 3);
        assertEquals("INSUFFICIENT_CASH", buy(100, 10 * UNITS));
        assertEquals("OK", buy(99, 10 * UNITS));
        assertEquals(1_000 * UNITS - 990 * UNITS - 990 * UNITS / 500, desk.free("CASH"));
    }

    @Test
    void shouldGiveBackWhatAPriceImprovementSaved() {
        market.enter(0, 1, 'S', 50, 8 * UNITS);
        buy(50, 10 * UNITS);
        assertEquals(600 * UNITS, desk.free("CASH"));
        assertEquals(0, market.engine.cash().reserved(desk.cashSlot("CASH")));
    }

    @Test
    void shouldReserveAMarketOrderAtTheCollarAndTradeNoFurther() {
        desk.instrumentRisk("SPDL", 1_000, 0, 0, 0);
        desk.reference("SPDL", 10 * UNITS);
        market.enter(0, 1, 'S', 10, 11 * UNITS);
        desk.instrumentRisk("SPDL", 2_000, 0, 0, 0);
        market.enter(0, 2, 'S', 90, 11 * UNITS + 100);
        desk.instrumentRisk("SPDL", 1_000, 0, 0, 0);
        assertEquals("INSUFFICIENT_CASH", buy(91, Long.MAX_VALUE));
        assertEquals(
                "canceled " + trader + "#2 80 I",
                market.enter(trader, ++number, 'B', 90, Long.MAX_VALUE).getLast());
        assertEquals(890 * UNITS, desk.free("CASH"));
    }

    @Test
    void shouldSellWhatIsHeldAndNoMore() {
        assertEquals("OK", sell(499, 10 * UNITS));
        assertEquals("SHORT_SALE", sell(2, 10 * UNITS));
        assertEquals("OK", sell(1, 10 * UNITS));
        assertEquals("SHORT_SALE", sell(1, 10 * UNITS));
        market.cancel(trader, 1, 400);
        assertEquals("OK", sell(99, 10 * UNITS));
        assertEquals("SHORT_SALE", sell(1, 10 * UNITS));
    }

    @Test
    void shouldLetAnOverdrawnAccountSellOnlyWhatItHas() {
        desk.member("CASH", AccountTable.FLAG_SHORT_SELLING, 0);
        assertEquals("OK", sell(501, 10 * UNITS));
        market.cancel(trader, 1, 0);
        desk.deposit("CASH", -1_001 * UNITS, "SPDL", 0);
        assertEquals("INSUFFICIENT_CASH", buy(1, 100));
        assertEquals("SHORT_SALE", sell(501, 10 * UNITS));
        assertEquals("OK", sell(500, 10 * UNITS));
        desk.deposit("CASH", UNITS, "SPDL", 0);
        assertEquals("OK", sell(1, 10 * UNITS));
    }

    @Test
    void shouldCountOpenOrdersIntoThePositionOnBothSides() {
        desk.send(desk.limits('A', "CASH").position(60));
        assertEquals("OK", buy(59, UNITS));
        assertEquals("POSITION", buy(2, UNITS));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("POSITION", buy(1, UNITS));
        assertEquals("OK", sell(60, 2 * UNITS));
        assertEquals("POSITION", sell(1, 2 * UNITS));
        market.enter(0, 1, 'S', 60, UNITS);
        assertEquals(60, market.engine.holdings().position(desk.holdingSlot("CASH")));
        assertEquals("POSITION", buy(1, UNITS));
        assertEquals("OK", sell(60, 2 * UNITS));
    }

    @Test
    void shouldTakeTheLowestLimitOfAllScopes() {
        desk.send(desk.limits('Y', "").orderQuantity(50));
        assertEquals("MAX_QUANTITY", buy(51, UNITS));
        desk.send(desk.limits('F', "TEST").orderQuantity(40));
        assertEquals("MAX_QUANTITY", buy(41, UNITS));
        desk.send(desk.limits('A', "CASH").orderQuantity(30));
        assertEquals("MAX_QUANTITY", buy(31, UNITS));
        desk.send(desk.limits('S', "CASH").orderQuantity(20));
        assertEquals("MAX_QUANTITY", buy(21, UNITS));
        assertEquals("OK", buy(20, UNITS));
        desk.send(desk.limits('S', "CASH"));
        desk.send(desk.limits('A', "CASH"));
        desk.send(desk.limits('F', "TEST"));
        assertEquals("OK", buy(50, UNITS));
        assertEquals("MAX_QUANTITY", buy(51, UNITS));
        desk.send(desk.limits('Y', ""));
        assertEquals("OK", buy(51, UNITS));
    }

    @Test
    void shouldBoundOneOrdersNotional() {
        desk.send(desk.limits('A', "CASH").orderNotional(100 * UNITS));
        assertEquals("OK", buy(99, UNITS));
        assertEquals("OK", buy(100, UNITS));
        assertEquals("NOTIONAL", buy(101, UNITS));
        assertEquals("NOTIONAL", sell(101, UNITS));
    }

    @Test
    void shouldBoundOpenOrdersOfAccountAndSession() {
        desk.send(desk.limits('A', "CASH").openOrders(2));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("OPEN_ORDERS", buy(1, UNITS));
        desk.send(desk.limits('A', "CASH"));
        desk.send(desk.limits('S', "CASH").openOrders(3));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("OPEN_ORDERS", buy(1, UNITS));
        assertTrue(market.replace(trader, 1, ++number, 2, UNITS).get(0).startsWith("replaced"));
    }

    @Test
    void shouldBoundExposureOfOrdersAndPositions() {
        desk.send(desk.limits('A', "CASH").exposure(100 * UNITS));
        assertEquals("OK", buy(60, UNITS));
        assertEquals("AGGREGATE_EXPOSURE", sell(41, 2 * UNITS));
        assertEquals("OK", sell(20, 2 * UNITS));
        assertEquals("AGGREGATE_EXPOSURE", buy(1, UNITS));
        market.enter(0, 1, 'S', 60, UNITS);
        assertEquals("AGGREGATE_EXPOSURE", buy(1, UNITS));
    }

    @Test
    void shouldKeepPricesWithinTheBand() {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        assertEquals("OK", buy(1, UNITS));
        desk.reference("SPDL", 10 * UNITS);
        assertEquals("OK", buy(1, 105_000));
        assertEquals("PRICE_BAND", buy(1, 105_100));
        assertEquals("OK", sell(2, 105_000));
        assertEquals("PRICE_BAND", sell(1, 105_100));
        assertEquals("PRICE_BAND", sell(1, 94_900));
        assertEquals("PRICE_BAND", buy(1, 94_900));
        assertEquals("OK", buy(1, 95_000));
    }

    @Test
    void shouldSayWhatAnAbsentReferenceMeans() {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        assertEquals("OK", buy(1, 700 * UNITS));
        desk.instrumentRisk("SPDL", 500, 0, 0, InstrumentTable.FLAG_REFERENCE_NEEDED);
        assertEquals("NO_REFERENCE", buy(1, UNITS));
        assertEquals("NO_REFERENCE", sell(1, Long.MAX_VALUE));
        desk.reference("SPDL", UNITS);
        assertEquals("OK", buy(1, UNITS));
    }

    @Test
    void shouldRejectWhatDoesNotFitAnAmount() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "HUGE", "USD", 1, 1, 1, 0xFFFF_FFFFL, 0x7FFF_FFF0L, 0, 0))
                .commit();
        market.events.take();
        assertEquals(
                "OVERFLOW",
                last(
                        market.enter(
                                market.order(trader, ++number, 'B', 0xFFFF_FFFFL, 0x7FFF_FFF0L)
                                        .symbol(Ascii.pack("HUGE")))));
    }

    @Test
    void shouldStopOrdersExactlyAlike() {
        desk.send(desk.limits('A', "CASH").alike(2));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("OK", buy(1, UNITS));
        assertEquals("DUPLICATE_RATE", buy(1, UNITS));
        assertEquals("OK", buy(2, UNITS));
        assertEquals("OK", buy(1, UNITS));
        market.nowNs += AlikeGuard.WINDOW_NS;
        assertEquals("OK", buy(1, UNITS));
    }

    @Test
    void shouldOnlyReduceWhereTradingIsRestricted() {
        buy(10, UNITS);
        market.enter(0, 1, 'S', 10, UNITS);
        desk.instrumentRisk("SPDL", 0, 0, 0, InstrumentTable.FLAG_RESTRICTED);
        assertEquals("RESTRICTED", buy(1, UNITS));
        assertEquals("OK", sell(10, UNITS));
        assertEquals("RESTRICTED", sell(1, UNITS));
    }

    @Test
    void shouldWarnOnceWhenALevelIsCrossed() {
        desk.send(desk.limits('A', "CASH").openOrders(10).position(100).warnPercent((short) 80));
        assertEquals("OK", buy(79, 100));
        assertEquals(
                "warning 102 POSITION limit=100 value=80",
                market.enter(trader, ++number, 'B', 1, 100).getFirst());
        assertEquals("OK", buy(1, 100));
    }

    @Test
    void shouldTakeMarginInsteadOfTheFullValue() {
        desk.member("MARGIN", AccountTable.FLAG_MARGIN | AccountTable.FLAG_SHORT_SELLING, 0);
        desk.deposit("MARGIN", 300 * UNITS, "SPDL", 0);
        desk.instrumentRisk("SPDL", 0, 2_000, 0, 0);
        trader = desk.session("MARGIN");
        assertEquals("OK", buy(100, 10 * UNITS));
        assertEquals(100 * UNITS, desk.free("MARGIN"));
        assertEquals("INSUFFICIENT_CASH", buy(51, 10 * UNITS));
        market.enter(0, 1, 'S', 100, 10 * UNITS);
        assertEquals(100 * UNITS, desk.free("MARGIN"));
        assertEquals(200 * UNITS, market.engine.cash().margin(desk.cashSlot("MARGIN")));
        assertEquals("OK", sell(50, 10 * UNITS));
        assertEquals(0, desk.free("MARGIN"));
        assertEquals("INSUFFICIENT_CASH", sell(1, 10 * UNITS));
        market.enter(0, 2, 'B', 50, 10 * UNITS);
        assertEquals(200 * UNITS, desk.free("MARGIN"));
    }

    @Test
    void shouldTakeMarginForASaleAtWhatIsBid() {
        desk.member("MARGIN", AccountTable.FLAG_MARGIN | AccountTable.FLAG_SHORT_SELLING, 0);
        desk.deposit("MARGIN", 100 * UNITS, "SPDL", 0);
        desk.instrumentRisk("SPDL", 0, 2_000, 0, 0);
        trader = desk.session("MARGIN");
        market.enter(0, 1, 'B', 100, 10 * UNITS);
        assertEquals("INSUFFICIENT_CASH", sell(51, UNITS));
        assertEquals("OK", sell(50, UNITS));
        assertEquals(0, desk.free("MARGIN"));
    }

    /** Seen or unseen, in its own book or the linked one, while that trades. */
    @Test
    void shouldCountASaleAtTheHighestBidThatItMeets() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "DUAL", "USD", 100, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .commit();
        new Supervisor(market).link("SPDL", "DUAL");
        assertSaleOfTenCounts(10 * UNITS, UNITS);
        market.enter(0, 1, 'B', 1, 10 * UNITS);
        assertSaleOfTenCounts(100 * UNITS, UNITS);
        market.enter(market.order(0, 2, 'B', 1, 11 * UNITS).display((byte) 'N'));
        assertSaleOfTenCounts(110 * UNITS, UNITS);
        market.enter(market.order(0, 3, 'B', 1, 12 * UNITS).symbol(Ascii.pack("DUAL")));
        assertSaleOfTenCounts(120 * UNITS, UNITS);
        market.tradingState("DUAL", 1, 'H');
        assertSaleOfTenCounts(110 * UNITS, UNITS);
    }

    @Test
    void shouldCountASaleAtTheBandsEnd() {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        desk.reference("SPDL", 10 * UNITS);
        assertSaleOfTenCounts(105 * UNITS, 10 * UNITS);
    }

    private void assertSaleOfTenCounts(final long notional, final long price) {
        desk.send(desk.limits('A', "CASH").orderNotional(1));
        assertEquals(
                "risk NOTIONAL limit=1 value=" + notional,
                market.enter(trader, ++number, 'S', 10, price).getFirst());
    }
}
