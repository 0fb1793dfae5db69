package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Auctions that are asked for, and what may come between the word and the trades. */
class UncrossTest {
    private static final String TRADE = "executed 0#1 10@100000 maker match=1 leaves=0";

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private int request;

    @BeforeEach
    void gather() {
        assertEquals("NONE", command('P'));
        market.enter(0, 1, 'B', 10, 100_000);
        market.enter(1, 1, 'S', 10, 100_000);
    }

    /** The code that answers it. */
    private String command(final char state) {
        return market.tradingState(++request, state).getLast().replaceFirst(".* ", "");
    }

    private void assertState(final char state) {
        assertEquals(state, (char) market.engine.instruments().tradingState(1));
        assertEquals(0, market.engine.pendingContinue());
    }

    @Test
    void shouldTradeWhatACallHasGathered() {
        assertEquals("NONE", command('T'));
        assertTrue(desk.proceed().contains(TRADE));
        assertState('T');
    }

    @Test
    void shouldNotBeginInABookThatWasHaltedMeanwhile() {
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('H'));
        assertEquals(List.of(), desk.proceed());
        assertState('H');
        assertEquals(2, market.engine.orders().open());
    }

    @Test
    void shouldNotBeginInABookThatIsToldToStay() {
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('P'));
        assertEquals(List.of(), desk.proceed());
        assertState('P');
    }

    @Test
    void shouldForgetAWordThatAnotherStateCameAfter() {
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('H'));
        assertEquals("NONE", command('P'));
        assertEquals(List.of(), desk.proceed());
        assertState('P');
    }

    @Test
    void shouldBeginOnceHoweverOftenItIsAskedFor() {
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('H'));
        assertEquals("NONE", command('P'));
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('T'));
        assertTrue(desk.proceed().contains(TRADE));
        assertState('T');
    }

    @Test
    void shouldObeyTheLastWordAboutWhatComesAfter() {
        assertEquals("NONE", command('C'));
        assertEquals("NONE", command('T'));
        assertEquals("NONE", command('X'));
        assertTrue(desk.proceed().contains(TRADE));
        assertState('X');
    }

    @Test
    void shouldNotTradeOutsideACollarThatHasMovedMeanwhile() {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        desk.reference("SPDL", 100_000);
        assertEquals("NONE", command('T'));
        desk.reference("SPDL", 120_000);
        assertEquals(List.of(), desk.proceed());
        assertState('P');
        assertEquals("PRICE_BAND", command('T'));
    }

    /** Nothing traded yet: of the prices that trade most the one nearest to the reference. */
    @Test
    void shouldDrawTheFirstPriceOfABookToItsReference() {
        market.cancel(0, 1, 0);
        market.cancel(1, 1, 0);
        market.enter(0, 2, 'B', 10, 110_000);
        market.enter(1, 2, 'S', 10, 90_000);
        desk.reference("SPDL", 104_000);
        assertEquals("NONE", command('T'));
        assertTrue(desk.proceed().contains("executed 0#2 10@104000 maker match=1 leaves=0"));
    }
}
