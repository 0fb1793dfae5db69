package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class OrderChangesTest {
    private final Market market = Market.sample();

    @Test
    void shouldCancelWhole() {
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(List.of("canceled 0#1 100 U", "itch deleted 1"), market.cancel(0, 1, 0));
        assertEquals(List.of("cancel rejected 0#1 TOO_LATE"), market.cancel(0, 1, 0));
    }

    @Test
    void shouldCancelDownToATotalAndKeepPriority() {
        market.enter(0, 1, 'B', 100, 100_000);
        market.enter(1, 1, 'B', 100, 100_000);
        market.enter(2, 1, 'S', 30, 100_000);
        assertEquals(List.of("canceled 0#1 50 U", "itch reduced 1 50"), market.cancel(0, 1, 50));
        assertEquals(List.of(), market.cancel(0, 1, 50));
        assertEquals(
                "executed 0#1 20@100000 maker match=2 leaves=0",
                market.enter(2, 2, 'S', 25, 100_000).get(1));
    }

    @Test
    void shouldCancelWholeWhenTheTotalIsExecutedAlready() {
        market.enter(0, 1, 'B', 100, 100_000);
        market.enter(1, 1, 'S', 30, 100_000);
        assertEquals(List.of("canceled 0#1 70 U", "itch deleted 1"), market.cancel(0, 1, 30));
    }

    @Test
    void shouldNotTouchAForeignOrder() {
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(List.of("cancel rejected 1#1 UNKNOWN_ORDER"), market.cancel(1, 1, 0));
    }

    @Test
    void shouldTellDoneFromUnknown() {
        market.enter(0, 3, 'B', 100, 100_000);
        market.enter(1, 1, 'S', 100, 100_000);
        assertEquals(List.of("cancel rejected 0#3 TOO_LATE"), market.cancel(0, 3, 0));
        assertEquals(List.of("cancel rejected 0#4 UNKNOWN_ORDER"), market.cancel(0, 4, 0));
        assertEquals(List.of("cancel rejected 0#0 UNKNOWN_ORDER"), market.cancel(0, 0, 0));
        assertEquals(List.of("cancel rejected 0#3 TOO_LATE"), market.modify(0, 3, 'B', 1));
    }

    @Test
    void shouldModifyInPlace() {
        market.enter(0, 1, 'S', 100, 100_000);
        assertEquals(
                List.of("itch reduced 1 40", "modified 0#1 T leaves=60"),
                market.modify(0, 1, 'T', 60));
        assertEquals(List.of("modified 0#1 E leaves=60"), market.modify(0, 1, 'E', 60));
        assertEquals(List.of("cancel rejected 0#1 QUANTITY"), market.modify(0, 1, 'S', 61));
        assertEquals(List.of("cancel rejected 0#1 SIDE"), market.modify(0, 1, 'B', 10));
        assertEquals(List.of("cancel rejected 0#1 SIDE"), market.modify(0, 1, 'X', 10));
        assertEquals(List.of("cancel rejected 0#2 UNKNOWN_ORDER"), market.modify(0, 2, 'S', 10));
        assertEquals(List.of("canceled 0#1 60 U", "itch deleted 1"), market.modify(0, 1, 'S', 0));
    }

    @Test
    void shouldReplaceUnderANewNumberAndReference() {
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(
                List.of("replaced 1 by 0#2 150@100100 ref=2", "itch replaced 1 by 2 150@100100"),
                market.replace(0, 1, 2, 150, 100_100));
        assertEquals(List.of("cancel rejected 0#1 TOO_LATE"), market.cancel(0, 1, 0));
        assertEquals(List.of("canceled 0#2 150 U", "itch deleted 2"), market.cancel(0, 2, 0));
    }

    @Test
    void shouldCountWhatIsExecutedIntoAReplacement() {
        market.enter(0, 1, 'B', 100, 100_000);
        market.enter(1, 1, 'S', 30, 100_000);
        assertEquals(
                "replaced 1 by 0#2 50@100000 ref=3", market.replace(0, 1, 2, 80, 100_000).get(0));
    }

    @Test
    void shouldShowTheOldOrderGoneBeforeItsReplacementTrades() {
        market.enter(0, 1, 'B', 100, 100_000);
        market.enter(1, 1, 'S', 30, 100_200);
        final List<String> events = market.replace(0, 1, 2, 100, 100_200);
        assertEquals("replaced 1 by 0#2 100@100200 ref=3", events.get(0));
        assertEquals("itch deleted 1", events.get(1));
        assertEquals("executed 1#1 30@100200 maker match=1 leaves=0", events.get(2));
        assertEquals("itch added 3 B 70@100200", events.getLast());
    }

    @Test
    void shouldNotConsumeTheNumberWhenTheOriginalIsDead() {
        assertEquals(List.of(), market.replace(0, 1, 2, 100, 100_000));
        assertEquals(List.of("next 0/0 1"), market.query(0, 0));
    }

    @Test
    void shouldCancelTheOriginalWhenTheReplacementIsBad() {
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(
                List.of("canceled 0#1 100 U", "itch deleted 1", "rejected 0#2 PRICE"),
                market.replace(0, 1, 2, 100, 5));
        market.enter(0, 3, 'B', 100, 100_000);
        market.enter(1, 1, 'S', 60, 100_000);
        assertEquals("rejected 0#4 QUANTITY", market.replace(0, 3, 4, 60, 100_000).getLast());
    }

    @Test
    void shouldIgnoreAReplaceWithAnOldNumber() {
        market.enter(0, 7, 'B', 100, 100_000);
        assertEquals(List.of(), market.replace(0, 7, 7, 100, 100_000));
        assertEquals(List.of(), market.replace(100, 7, 8, 100, 100_000));
    }
}
