package io.spindle.oms;

import static io.spindle.oms.GoldMarket.USD;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Trades that are taken back or corrected, hours or days after they were made. */
class TradeDeskTest {
    private final Market market = new Market();
    private final Desk desk = new Desk(market);
    private final Supervisor supervisor = new Supervisor(market);
    private int alice;
    private int bob;

    @BeforeEach
    void openMarket() {
        GoldMarket.open(market);
        alice = desk.session("ALICE1");
        bob = desk.session("BOB1");
        market.dayStart(20261123, 0);
    }

    private void trade(final int number, final long lots, final long price) {
        market.enter(alice, number, 'B', lots, price);
        market.enter(bob, number, 'S', lots, price);
    }

    private List<String> bust(final long matchNumber, final char reason) {
        return supervisor.bust(matchNumber, reason);
    }

    private List<String> correct(final long matchNumber, final long price) {
        return supervisor.correct(matchNumber, price);
    }

    private String answer(final List<String> events) {
        return events.getLast().substring(events.getLast().lastIndexOf(' ') + 1);
    }

    private long allCash() {
        final CashTable cash = market.engine.cash();
        long sum = 0;
        for (int slot = 0; slot < cash.records().limit(); slot++) {
            sum += cash.balance(slot);
        }
        return sum;
    }

    @Test
    void shouldPutEverythingBackAndTellBothSidesAndThePublic() {
        trade(1, 100, 50 * USD);
        assertEquals(94_995 * USD, market.cash("ALICE"));
        final List<String> events = bust(1, 'E');
        assertEquals("NONE", answer(events));
        assertTrue(events.contains("broken 0#1 match=1 E"), events.toString());
        assertTrue(events.contains("broken 1#1 match=1 E"), events.toString());
        assertTrue(events.contains("itch broken 1"), events.toString());
        assertEquals(100_000 * USD, market.cash("ALICE"));
        assertEquals(50_000 * USD, market.cash("BOB"));
        assertEquals(100_000 * USD, desk.free("ALICE"));
        assertEquals(2_000, market.lots("BOB"));
        assertEquals(0, market.engine.holdings().position(desk.holdingSlot("ALICE")));
        assertEquals(0, allCash());
    }

    @Test
    void shouldTakeATradeBackOnceOnly() {
        trade(1, 100, 50 * USD);
        assertEquals("FIELD", answer(bust(1, '?')));
        assertEquals("NONE", answer(bust(1, 'S')));
        assertEquals("UNKNOWN_TRADE", answer(bust(1, 'S')));
        assertEquals("UNKNOWN_TRADE", answer(correct(1, 49 * USD)));
        assertEquals("UNKNOWN_TRADE", answer(bust(0, 'S')));
        assertEquals("UNKNOWN_TRADE", answer(bust(77, 'S')));
    }

    @Test
    void shouldMakeACorrectedTradeAgainAtTheOtherPrice() {
        trade(1, 100, 50 * USD);
        assertEquals("FIELD", answer(correct(1, 49 * USD + 1)));
        assertEquals("FIELD", answer(correct(1, 0)));
        final List<String> events = correct(1, 40 * USD);
        assertEquals("NONE", answer(events));
        assertTrue(events.contains("corrected 0#1 100@400000 maker match=2"), events.toString());
        assertTrue(events.contains("corrected 1#1 100@400000 taker match=2"), events.toString());
        assertTrue(events.contains("itch hidden 100@400000 match=2"), events.toString());
        assertEquals(100_000 * USD - 4_000 * USD - 4 * USD, market.cash("ALICE"));
        assertEquals(50_000 * USD + 4_000 * USD - 8 * USD, market.cash("BOB"));
        assertEquals(100, market.lots("ALICE"));
        assertEquals(0, allCash());
        assertEquals("NONE", answer(bust(2, 'E')));
        assertEquals(100_000 * USD, market.cash("ALICE"));
    }

    @Test
    void shouldReturnWhatWasSettledAtOnceAndWhatWasNotNever() {
        trade(1, 100, 50 * USD);
        market.dayStart(20261124, 0);
        trade(2, 10, 50 * USD);
        final int holding = desk.holdingSlot("ALICE");
        assertEquals(110, market.engine.holdings().unsettledIn(holding));
        bust(1, 'X');
        market.dayStart(20261125, 0);
        assertEquals(10, market.engine.holdings().unsettledIn(holding));
        bust(2, 'X');
        market.dayStart(20261126, 0);
        assertEquals(0, market.engine.holdings().unsettledIn(holding));
        assertEquals(100_000 * USD, desk.free("ALICE"));
        assertEquals(0, market.lots("ALICE"));
    }

    @Test
    void shouldLeaveAnOrderThatStillRestsAsItIs() {
        market.enter(alice, 1, 'B', 100, 50 * USD);
        market.enter(bob, 1, 'S', 40, 50 * USD);
        bust(1, 'E');
        final List<String> events = market.enter(bob, 2, 'S', 100, 50 * USD);
        assertTrue(
                events.stream().anyMatch(line -> line.startsWith("executed 0#1 60@")),
                events.toString());
    }

    @Test
    void shouldTakeATradeAtAnotherVenueBackFromTheSideThatIsHere() {
        final VenueHand venues = new VenueHand(market, "XAAA");
        venues.routing("", "", 'C', "XAAA");
        market.enter(alice, 1, 'B', 100, 50 * USD);
        venues.report("XAAA", 'A', 1, 100, 0);
        venues.report("XAAA", 'E', 1, 100, 50 * USD);
        assertEquals(100_000 * USD - 5_000 * USD - 10 * USD, market.cash("ALICE"));
        final List<String> corrected = correct(1, 40 * USD);
        assertEquals(1, corrected.stream().filter(line -> line.startsWith("broken")).count());
        assertEquals(1, corrected.stream().filter(line -> line.startsWith("corrected")).count());
        assertEquals(0, corrected.stream().filter(line -> line.startsWith("itch")).count());
        assertEquals("NONE", answer(bust(2, 'E')));
        assertEquals(100_000 * USD, market.cash("ALICE"));
        assertEquals(0, allCash());
    }
}
