package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Thirty lots at another venue, and what must not come of a lost, late or wrong word of it. */
class RoutedMistakesTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final VenueHand venues = new VenueHand(market, "XAAA");

    @BeforeEach
    void buyAway() {
        venues.routing("", "", 'C', "XAAA");
        market.enter(2, 1, 'B', 30, 100_000);
    }

    private long reserved() {
        return market.engine.cash().reserved(desk.cashSlot("TEST02"));
    }

    @Test
    void shouldNotSendAgainWhatIsToBeCancelled() {
        assertEquals(List.of("cancel leg XAAA/1"), market.cancel(2, 1, 0));
        assertEquals(
                List.of(
                        "leg XAAA/1 CANCELLED open=0",
                        "rejected 2#1 CANCELLED_WHILE_HELD",
                        "result 0.0 NONE"),
                venues.report("XAAA", 'P', 1, 1, 0));
        assertEquals(0, reserved());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldLoseNothingWhenAskedToCompareTwice() {
        venues.report("XAAA", 'A', 1, 30, 0);
        venues.sync("XAAA");
        venues.has("XAAA", 1, 0, 0, 30);
        venues.sync("XAAA");
        assertEquals(List.of("venue XAAA open", "result 0.0 NONE"), venues.synced("XAAA", 1));
        assertEquals(30 * 100_000, reserved());
    }

    @Test
    void shouldTrustNoFillBeyondTheLimit() {
        venues.report("XAAA", 'A', 1, 30, 0);
        final long cash = market.cash("TEST02");
        assertTrue(
                venues.report("XAAA", 'E', 1, 30, 10_000_000).contains("difference XAAA/1 X 30"));
        assertEquals(cash, market.cash("TEST02"));
        assertEquals(30 * 100_000, reserved());
    }
}
