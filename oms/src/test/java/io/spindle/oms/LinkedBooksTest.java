package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Two books of one instrument: an order fills at the better one. */
class LinkedBooksTest {
    private static final String OTHER = "DUAL";

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final Supervisor supervisor = new Supervisor(market);

    @BeforeEach
    void link() {
        define(OTHER, 100);
        assertEquals(List.of("result 0.0 NONE"), supervisor.link("SPDL", OTHER));
    }

    private void define(final String symbol, final long tickSize) {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                symbol, "USD", tickSize, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .commit();
        market.events.take();
    }

    private List<String> enter(
            final String symbol,
            final int session,
            final int number,
            final char side,
            final long quantity,
            final long price,
            final char timeInForce) {
        return market.enter(
                market.order(session, number, side, quantity, price)
                        .symbol(Ascii.pack(symbol))
                        .timeInForce((byte) timeInForce));
    }

    private static List<String> fills(final List<String> events) {
        return events.stream().filter(line -> line.startsWith("executed 0#")).toList();
    }

    @Test
    void shouldTakeWhereItIsBetterPriceByPrice() {
        enter("SPDL", 1, 1, 'S', 10, 100_200, '0');
        enter("SPDL", 1, 2, 'S', 10, 100_400, '0');
        enter(OTHER, 2, 1, 'S', 10, 100_100, '0');
        enter(OTHER, 2, 2, 'S', 10, 100_300, '0');
        final List<String> fills = fills(enter("SPDL", 0, 1, 'B', 35, 100_400, '0'));
        assertEquals(
                List.of(
                        "executed 0#1 10@100100 taker match=1 leaves=25",
                        "executed 0#1 10@100200 taker match=2 leaves=15",
                        "executed 0#1 10@100300 taker match=3 leaves=5",
                        "executed 0#1 5@100400 taker match=4 leaves=0"),
                fills);
    }

    @Test
    void shouldPreferItsOwnBookAtEqualPricesAndRestThere() {
        enter("SPDL", 1, 1, 'S', 10, 100_000, '0');
        enter(OTHER, 2, 1, 'S', 10, 100_000, '0');
        final List<String> events = enter("SPDL", 0, 1, 'B', 25, 100_000, '0');
        assertTrue(events.contains("executed 1#1 10@100000 maker match=1 leaves=0"));
        assertTrue(events.contains("executed 2#1 10@100000 maker match=2 leaves=0"));
        assertEquals("itch added 3 B 5@100000", events.getLast());
        assertEquals(
                "executed 0#1 5@100000 maker match=3 leaves=0",
                fills(enter(OTHER, 2, 2, 'S', 5, 100_000, '0')).getFirst());
    }

    @Test
    void shouldSellIntoTheBetterBid() {
        enter(OTHER, 1, 1, 'B', 10, 100_100, '0');
        enter("SPDL", 1, 2, 'B', 10, 100_000, '0');
        assertEquals(
                List.of(
                        "executed 0#1 10@100100 taker match=1 leaves=5",
                        "executed 0#1 5@100000 taker match=2 leaves=0"),
                fills(enter("SPDL", 0, 1, 'S', 15, 100_000, '3')));
    }

    @Test
    void shouldReportTheRestOfAnImmediateOrderOnce() {
        enter(OTHER, 1, 1, 'S', 10, 100_000, '0');
        final List<String> events = enter("SPDL", 0, 1, 'B', 15, 100_000, '3');
        assertEquals(1, events.stream().filter(line -> line.startsWith("canceled 0#1")).count());
        assertTrue(events.contains("canceled 0#1 5 I"), events.toString());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldPlaceAFillOrKillWholeOrNotAtAll() {
        enter("SPDL", 1, 1, 'S', 10, 100_100, '0');
        enter(OTHER, 1, 2, 'S', 10, 100_000, '0');
        assertEquals(List.of(), fills(enter("SPDL", 0, 1, 'B', 15, 100_100, '4')));
        assertEquals(
                List.of("executed 0#2 10@100000 taker match=1 leaves=0"),
                fills(enter("SPDL", 0, 2, 'B', 10, 100_100, '4')));
        assertEquals(
                List.of("executed 0#3 10@100100 taker match=2 leaves=0"),
                fills(enter(OTHER, 0, 3, 'B', 10, 100_100, '4')));
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldHoldOneInstrumentWhateverTheBook() {
        final long before = market.lots("TEST00");
        enter(OTHER, 1, 1, 'S', 10, 100_000, '0');
        enter(OTHER, 0, 1, 'B', 10, 100_000, '0');
        assertEquals(before + 10, market.lots("TEST00"));
        assertEquals(before - 10, market.lots("TEST01"));
        final int slot = market.engine.holdings().find(desk.accountNumber("TEST00"), 3);
        assertEquals(HoldingTable.NONE, slot);
    }

    @Test
    void shouldLeaveConditionsAndHaltedBooksAlone() {
        enter(OTHER, 1, 1, 'S', 10, 100_000, '0');
        market.enter(market.order(0, 1, 'B', 10, 100_000), o -> o.postOnly((byte) 'P'));
        assertEquals(2, market.engine.orders().open());
        market.tradingState(OTHER, 0, 'H');
        assertEquals(List.of(), fills(enter("SPDL", 0, 2, 'B', 10, 100_000, '0')));
    }

    @Test
    void shouldLinkOnlyWhatIsOneInstrument() {
        assertEquals(List.of("result 0.0 NONE"), supervisor.link("SPDL", OTHER));
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link(OTHER, "SPDL"));
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link("SPDL", "ROTR"));
        assertEquals(List.of("result 0.0 SYMBOL"), supervisor.link("SPDL", "NONE"));
        define("FINE", 1_000);
        define("SAME", 100);
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link("ROTR", "FINE"));
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link("SAME", "ROTR"));
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link("SAME", "SAME"));
        assertEquals(List.of("result 0.0 NONE"), supervisor.link("ROTR", "SAME"));
    }

    @Test
    void shouldLinkOnlyBooksOfEqualHighestPrice() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "LOW", "USD", 100, 1, 1, 1_000_000, 1_000_000, 4, 0))
                .commit();
        market.events.take();
        assertEquals(List.of("result 0.0 BOOKS_DIFFER"), supervisor.link("ROTR", "LOW"));
    }

    @Test
    void shouldObeyTheRiskTermsOfTheFirstInBoth() {
        desk.instrumentRisk("SPDL", 0, 0, 0, InstrumentTable.FLAG_RESTRICTED);
        assertEquals(
                "rejected 0#1 RESTRICTED", enter(OTHER, 0, 1, 'B', 10, 100_000, '0').getLast());
        desk.instrumentRisk("SPDL", 0, 4_000, 2, 0);
        desk.instrumentRisk(OTHER, 0, 1_000, 0, 0);
        desk.member("MARGIN", AccountTable.FLAG_MARGIN, 0);
        desk.deposit("MARGIN", 1_000_000, "SPDL", 0);
        enter(OTHER, desk.session("MARGIN"), 1, 'B', 10, 100_000, '0');
        final int slot = desk.cashSlot("MARGIN");
        assertEquals(400_000, market.engine.cash().reserved(slot));
        enter(OTHER, 1, 1, 'S', 10, 100_000, '0');
        final int account = desk.accountNumber("MARGIN");
        final int holding = market.engine.holdings().find(account, 1);
        assertEquals(10, market.engine.holdings().unsettledIn(holding));
    }

    @Test
    void shouldNotTradeBeyondTheOtherBooksBand() {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        desk.reference("SPDL", 100_000);
        enter("SPDL", 1, 1, 'S', 10, 105_000, '0');
        enter("SPDL", 1, 2, 'S', 10, 104_900, '0');
        desk.instrumentRisk("SPDL", 490, 0, 0, 0);
        assertEquals(
                List.of("executed 0#1 10@104900 taker match=1 leaves=20"),
                fills(enter(OTHER, 0, 1, 'B', 30, 110_000, '3')));
        assertEquals(List.of(), fills(enter(OTHER, 0, 2, 'B', 10, 110_000, '4')));
        enter("SPDL", 1, 3, 'B', 10, 95_100, '0');
        desk.instrumentRisk("SPDL", 480, 0, 0, 0);
        assertEquals(List.of(), fills(enter(OTHER, 0, 3, 'S', 10, 90_000, '3')));
    }

    @Test
    void shouldSkipABookWithoutTheReferenceThatItNeeds() {
        enter("SPDL", 1, 1, 'S', 10, 100_000, '0');
        desk.instrumentRisk("SPDL", 0, 0, 0, InstrumentTable.FLAG_REFERENCE_NEEDED);
        assertEquals(List.of(), fills(enter(OTHER, 0, 1, 'B', 10, 100_000, '3')));
        desk.reference("SPDL", 100_000);
        assertEquals(1, fills(enter(OTHER, 0, 2, 'B', 10, 100_000, '3')).size());
    }

    @Test
    void shouldFillOrKillInTheBookThatCan() {
        enter("SPDL", 1, 1, 'S', 10, 100_000, '0');
        enter(OTHER, 1, 2, 'S', 20, 100_100, '0');
        assertEquals(
                List.of("executed 0#1 20@100100 taker match=1 leaves=0"),
                fills(enter("SPDL", 0, 1, 'B', 20, 100_100, '4')));
        enter(OTHER, 1, 3, 'S', 5, 99_900, '0');
        assertEquals(
                List.of("executed 0#2 10@100000 taker match=2 leaves=0"),
                fills(enter("SPDL", 0, 2, 'B', 10, 100_100, '4')));
        assertEquals(1, market.engine.orders().open());
    }

    /** A stop that an earlier part of the order reaches waits until the order is through. */
    @Test
    void shouldLetNothingComeBetween() {
        enter(OTHER, 1, 1, 'S', 10, 100_000, '0');
        enter("SPDL", 1, 2, 'S', 10, 100_100, '0');
        enter(OTHER, 1, 3, 'S', 10, 100_200, '0');
        market.enter(
                market.order(2, 1, 'B', 10, 100_200).symbol(Ascii.pack(OTHER)),
                o -> o.stopPrice(100_000));
        final List<String> events = enter("SPDL", 0, 1, 'B', 30, 100_200, '0');
        assertEquals(3, fills(events).size(), events.toString());
        assertTrue(events.contains("restated 2#1 T"), events.toString());
        assertEquals(1, market.engine.orders().open());
    }

    @Test
    void shouldDoTheSameAgain() {
        shouldTakeWhereItIsBetterPriceByPrice();
        final Market again = market.replay(EngineConfig.small());
        assertEquals(market.engine.eventDigest(), again.engine.eventDigest());
        assertEquals(market.engine.stateHash(), again.engine.stateHash());
    }
}
