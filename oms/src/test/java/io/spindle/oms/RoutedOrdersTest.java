package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Orders at other venues: what reports, silence, limits and comparisons make of them. */
class RoutedOrdersTest {
    private static final long CASH = 10_000_000_000L * 10_000;
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final VenueHand venues = new VenueHand(market, "XAAA", "XBBB");

    @TempDir Path folder;

    /** Whatever happened: sums are zero, no edge was missed, and it replays. */
    @AfterEach
    void shouldBalanceAndReplay() throws IOException {
        long cash = 0;
        for (int slot = 0; slot < market.engine.cash().slots(); slot++) {
            cash += market.engine.cash().isUsed(slot) ? market.engine.cash().balance(slot) : 0;
        }
        long lots = 0;
        for (int slot = 0; slot < market.engine.holdings().slots(); slot++) {
            lots += market.engine.holdings().isUsed(slot) ? market.engine.holdings().lots(slot) : 0;
        }
        assertEquals(0, cash);
        assertEquals(0, lots);
        assertEquals(0, market.engine.illegalTransitions());
        final Market again = market.replay(EngineConfig.small());
        assertEquals(market.engine.eventDigest(), again.engine.eventDigest());
        assertEquals(market.engine.stateHash(), again.engine.stateHash());
        final Market restored = new Market();
        new SnapshotReader()
                .read(new SnapshotWriter().write(market.engine, folder), restored.engine);
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
        for (int leg = 0; leg < restored.engine.legs().highWater(); leg++) {
            if (restored.engine.legs().isLive(leg) && restored.engine.legs().number(leg) != 0) {
                assertEquals(
                        leg,
                        restored.engine
                                .legs()
                                .find(
                                        restored.engine.legs().venue(leg),
                                        restored.engine.legs().number(leg)));
            }
        }
    }

    /** A buy at the limit 10.0000, wholly at XAAA. */
    private void away(final int number, final long lots) {
        venues.routing("", "", 'C', "XAAA");
        market.enter(2, number, 'B', lots, 100_000);
    }

    private long reserved() {
        return market.engine.cash().reserved(desk.cashSlot("TEST02"));
    }

    @Test
    void shouldAcceptAndFillAsTheVenueSays() {
        away(1, 30);
        assertEquals(30 * 100_000, reserved());
        assertEquals(
                List.of(
                        "leg XAAA/1 ACCEPTED open=30",
                        "accepted 2#1 B 30@100000 ref=1",
                        "result 0.0 NONE"),
                venues.report("XAAA", 'A', 1, 30, 0));
        assertEquals(
                "executed 2#1 10@99900 taker match=1 leaves=20",
                venues.report("XAAA", 'E', 1, 10, 99_900).get(1));
        assertEquals(20 * 100_000, reserved());
        assertEquals(CASH - 10 * 99_900, market.cash("TEST02"));
        assertEquals(
                10 * 99_900,
                market.engine
                        .cash()
                        .balance(
                                market.engine
                                        .cash()
                                        .find(
                                                market.engine.venues().account(0),
                                                Ascii.packInt("USD"))));
        assertTrue(
                venues.report("XAAA", 'E', 1, 20, 100_000)
                        .contains("executed 2#1 20@100000 taker match=2 leaves=0"));
        assertEquals(0, reserved());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldRefuseTheOrderThatTheVenueRefuses() {
        away(1, 30);
        assertEquals(
                List.of(
                        "leg XAAA/1 REJECTED open=0",
                        "rejected 2#1 VENUE_REJECTED",
                        "result 0.0 NONE"),
                venues.report("XAAA", 'J', 1, 0, 0));
        assertEquals(0, reserved());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldTakeEveryReportOnceAndInOrder() {
        away(1, 30);
        venues.report("XAAA", 'A', 1, 30, 0);
        venues.report("XAAA", 'E', 1, 10, 100_000);
        assertEquals(
                List.of("result 0.0 REPORT_SEEN"), venues.report("XAAA", 2, 'E', 1, 10, 100_000));
        assertEquals(
                List.of("result 0.0 REPORT_GAP"), venues.report("XAAA", 4, 'E', 1, 10, 100_000));
        assertEquals(List.of("result 0.0 NONE"), venues.report("XAAA", 3, 'N', 0, 0, 0));
        assertEquals(20 * 100_000, reserved());
        assertEquals(3, market.engine.venues().lastSequence(0));
    }

    @Test
    void shouldDeriveTheOrderFromItsParts() {
        venues.routing("", "", 'S', "HOME");
        venues.quote("XAAA", 0, 0, 99_500, 20);
        venues.quote("XBBB", 0, 0, 99_600, 30);
        market.enter(2, 1, 'B', 60, 100_000);
        assertEquals(60 * 100_000, reserved());
        final List<String> sell = market.enter(1, 1, 'S', 10, 100_000);
        assertEquals(
                List.of(
                        "saw HOME 10@100000 takes 10",
                        "saw XAAA 0@0 takes 0",
                        "saw XBBB 0@0 takes 0"),
                sell.subList(0, 3));
        assertEquals("executed 1#1 10@100000 taker match=1 leaves=0", sell.get(5));
        assertEquals(50 * 100_000, reserved());
        venues.report("XAAA", 'J', 1, 0, 0);
        assertEquals(30 * 100_000, reserved());
        venues.report("XBBB", 'A', 1, 30, 0);
        venues.report("XBBB", 'E', 1, 29, 99_600);
        final int order = market.engine.orders().find(2, 0, 1);
        assertEquals(OrderState.PARTIALLY_FILLED.code(), market.engine.orders().state(order));
        assertEquals(39, market.engine.orders().executed(order));
        assertEquals(1, market.engine.orders().leaves(order));
        assertTrue(venues.report("XBBB", 'C', 1, 1, 0).contains("canceled 2#1 1 v"));
        assertEquals(0, market.engine.orders().open());
        assertEquals(0, reserved());
    }

    @Test
    void shouldCancelHereAtOnceAndAskTheVenues() {
        venues.routing("", "", 'S', "HOME");
        venues.quote("XAAA", 0, 0, 99_500, 20);
        market.enter(2, 1, 'B', 60, 100_000);
        venues.report("XAAA", 'A', 1, 20, 0);
        assertEquals(
                List.of("canceled 2#1 40 U", "itch deleted 1", "cancel leg XAAA/1"),
                market.cancel(2, 1, 0));
        assertEquals(List.of(), market.cancel(2, 1, 0));
        assertEquals(20 * 100_000, reserved());
        venues.report("XAAA", 'E', 1, 5, 99_500);
        assertTrue(venues.report("XAAA", 'C', 1, 15, 0).contains("canceled 2#1 15 U"));
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldRefuseWhatAVenueCannotDo() {
        away(1, 30);
        venues.report("XAAA", 'A', 1, 30, 0);
        assertEquals(List.of("cancel rejected 2#1 CANCEL_NOT_ALLOWED"), market.cancel(2, 1, 10));
        assertEquals(
                List.of("cancel rejected 2#1 CANCEL_NOT_ALLOWED"), market.modify(2, 1, 'B', 10));
        assertEquals(
                List.of("cancel leg XAAA/1", "rejected 2#2 REPLACE_NOT_ALLOWED"),
                market.replace(2, 1, 2, 30, 99_000));
    }

    @Test
    void shouldLeaveTheUnansweredSubmitted() {
        venues.define("XAAA", VenueHand.SECOND_NS, 0, 0, true);
        away(1, 30);
        assertEquals(List.of("unanswered XAAA/1"), desk.tick());
        final int leg = market.engine.legs().find(0, 1);
        assertEquals(OrderState.SUBMITTED.code(), market.engine.legs().state(leg));
        assertEquals(1, market.engine.venues().unanswered(0));
        assertEquals(30 * 100_000, reserved());
        assertEquals(List.of("cancel leg XAAA/1"), market.cancel(2, 1, 0));
        venues.report("XAAA", 'A', 1, 30, 0);
        assertTrue(venues.report("XAAA", 'C', 1, 30, 0).contains("canceled 2#1 30 U"));
    }

    @Test
    void shouldObeyTheLowerOfTheAnnouncedAndTheOwnRate() {
        venues.define("XAAA", 0, 100, 5, true);
        venues.link("XAAA", 1, true, 10, 3);
        venues.synced("XAAA", -1);
        for (int number = 1; number <= 4; number++) {
            away(number, 1);
        }
        assertEquals(3, market.engine.venues().nextNumber(0));
        assertEquals(
                List.of("leg XAAA/0 CANCELLED open=0", "rejected 2#3 CANCELLED_WHILE_HELD"),
                market.cancel(2, 3, 0));
        final long before = market.nowNs;
        assertEquals(List.of("leg XAAA/3 SUBMITTED open=1"), desk.tick());
        assertTrue(market.nowNs - before > 99_000_000L, "a tenth of a second a token");
        venues.define("XAAA", 0, 100, 5, false);
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldTakeBackWhatWaitsForAVenueThatIsRemoved() {
        venues.define("XAAA", 0, 1, 1, true);
        away(1, 1);
        away(2, 1);
        assertTrue(
                venues.define("XAAA", 0, 1, 1, false)
                        .contains("rejected 2#2 CANCELLED_WHILE_HELD"));
        assertTrue(market.engine.orders().find(2, 0, 1) != OrderTable.NONE);
        assertEquals(List.of("result 0.0 UNKNOWN_VENUE"), venues.link("XAAA", 1, true, 0, 0));
    }

    @Test
    void shouldSendAgainWhatWasNotApplied() {
        away(1, 30);
        assertEquals(
                List.of("leg XAAA/2 SUBMITTED open=30", "result 0.0 NONE"),
                venues.report("XAAA", 'P', 1, 1, 0));
        assertEquals(
                List.of("difference XAAA/1 O 30", "result 0.0 VENUE_DIFFERS"),
                venues.report("XAAA", 'A', 1, 30, 0));
        venues.report("XAAA", 'A', 2, 30, 0);
        assertEquals(30 * 100_000, reserved());
    }

    @Test
    void shouldTrustNoReportThatCannotBe() {
        away(1, 30);
        venues.report("XAAA", 'A', 1, 30, 0);
        assertEquals(
                List.of(
                        "venue XAAA cancel only",
                        "difference XAAA/1 X 31",
                        "result 0.0 VENUE_DIFFERS"),
                venues.report("XAAA", 'E', 1, 31, 100_000));
        assertEquals(List.of("rejected 2#2 ROUTING"), market.enter(2, 2, 'B', 1, 100_000));
        venues.report("XAAA", 'E', 1, 30, 0);
        venues.report("XAAA", 'C', 1, 31, 0);
        venues.report("XAAA", 'J', 1, 0, 0);
        venues.report("XAAA", '?', 1, 0, 0);
        assertEquals(5, market.engine.venues().differences(0));
        assertEquals(30 * 100_000, reserved());
    }

    @Test
    void shouldPutRightWhatDiffersAndSayWhat() {
        for (int number = 1; number <= 4; number++) {
            away(number, 30);
        }
        venues.report("XAAA", 'A', 1, 30, 0);
        venues.report("XAAA", 'A', 3, 30, 0);
        assertEquals(List.of("venue XAAA cancel only", "result 0.0 NONE"), venues.sync("XAAA"));
        assertEquals(List.of("rejected 2#5 ROUTING"), market.enter(2, 5, 'B', 1, 100_000));
        assertTrue(
                venues.has("XAAA", 1, 10, 10 * 99_000, 15)
                        .containsAll(
                                List.of(
                                        "executed 2#1 10@99000 taker match=1 leaves=20",
                                        "difference XAAA/1 F 10",
                                        "canceled 2#1 5 v",
                                        "difference XAAA/1 C 5")));
        assertTrue(venues.has("XAAA", 2, 0, 0, 30).contains("difference XAAA/2 A 0"));
        assertEquals(
                List.of("difference XAAA/9 O 7", "result 0.0 VENUE_DIFFERS"),
                venues.has("XAAA", 9, 0, 0, 7));
        final List<String> last = venues.synced("XAAA", 3);
        assertTrue(last.contains("canceled 2#3 30 v"), "" + last);
        assertTrue(last.contains("difference XAAA/3 M 30"), "" + last);
        assertTrue(last.contains("venue XAAA open"), "" + last);
        final int unsent = market.engine.legs().find(0, 4);
        assertTrue(market.engine.legs().isSubmitted(unsent), "above what the venue has seen");
        assertEquals((15 + 30 + 30) * 100_000, reserved());
        venues.sync("XAAA");
        venues.has("XAAA", 1, 10, 10 * 99_000, 15);
        venues.has("XAAA", 2, 0, 0, 30);
        assertEquals(
                List.of("venue XAAA open", "result 0.0 NONE"),
                venues.synced("XAAA", 3),
                "nothing differs any more");
    }

    @Test
    void shouldTellWhatAComparisonCannotPutRight() {
        away(1, 30);
        venues.report("XAAA", 'A', 1, 30, 0);
        venues.report("XAAA", 'E', 1, 10, 100_000);
        assertEquals(List.of("result 0.0 VENUE_DOWN"), venues.has("XAAA", 1, 10, 1_000_000, 20));
        venues.sync("XAAA");
        assertEquals(
                List.of("difference XAAA/1 X -5", "result 0.0 VENUE_DIFFERS"),
                venues.has("XAAA", 1, 5, 500_000, 25));
        assertEquals(
                List.of("difference XAAA/1 X 5", "result 0.0 VENUE_DIFFERS"),
                venues.has("XAAA", 1, 15, 1_000_000, 15),
                "five lots for nothing");
        assertEquals(List.of("venue XAAA open", "result 0.0 NONE"), venues.synced("XAAA", 1));
    }

    @Test
    void shouldListenToTheLatestConnectorOnly() {
        venues.link("XAAA", 2, true, 0, 0);
        assertEquals(List.of("result 0.0 NONE"), venues.link("XAAA", 1, false, 0, 0));
        assertEquals(VenueTable.CANCEL_ONLY, market.engine.venues().state(0));
        venues.link("XAAA", 2, false, 0, 0);
        assertEquals(VenueTable.DOWN, market.engine.venues().state(0));
        assertEquals(List.of("result 0.0 VENUE_DOWN"), venues.sync("XAAA"));
    }

    @Test
    void shouldEndByTimeWhatTheVenueThenCancels() {
        venues.routing("", "", 'C', "XAAA");
        market.enter(
                market.order(2, 1, 'B', 30, 100_000).timeInForce((byte) '6'),
                o -> o.expireAt(market.nowNs + VenueHand.SECOND_NS));
        venues.report("XAAA", 'A', 1, 30, 0);
        assertEquals(List.of("cancel leg XAAA/1"), desk.tick());
        assertTrue(venues.report("XAAA", 'C', 1, 30, 0).contains("canceled 2#1 30 T"));
    }

    @Test
    void shouldEndWithItsDayWhatNeverReachedAVenue() {
        venues.define("XAAA", 0, 1, 1, true);
        away(1, 1);
        away(2, 1);
        market.dayStart(20261121, 0);
        final List<String> end = desk.proceed();
        assertTrue(end.contains("cancel leg XAAA/1"), end::toString);
        assertTrue(end.contains("leg XAAA/0 EXPIRED open=0"), end::toString);
        assertTrue(end.contains("rejected 2#2 EXPIRED_WHILE_HELD"), end::toString);
        assertTrue(venues.report("XAAA", 'C', 1, 1, 0).contains("leg XAAA/1 EXPIRED open=0"));
        assertEquals(0, market.engine.orders().open());
    }
}
