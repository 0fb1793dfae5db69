package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Where orders go: each strategy, its ties, and what does not count. */
class RoutingTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final VenueHand venues = new VenueHand(market, "XAAA", "XBBB");

    /** What each place that was looked at was given, in the order HOME, XAAA, XBBB. */
    private static List<String> shares(final List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("saw "))
                .map(line -> line.substring(4))
                .toList();
    }

    private static boolean stayed(final List<String> events) {
        return events.stream().anyMatch(line -> line.startsWith("accepted"))
                && events.stream().noneMatch(line -> line.startsWith("leg "));
    }

    @Test
    void shouldKeepOrdersHereUnlessRoutingIsConfigured() {
        venues.quote("XAAA", 0, 0, 90_000, 1_000);
        assertTrue(stayed(market.enter(1, 1, 'B', 10, 100_000)));
    }

    @Test
    void shouldSendToTheBetterPrice() {
        venues.routing("", "", 'P', "HOME");
        venues.quote("XAAA", 98_000, 50, 100_500, 50);
        venues.quote("XBBB", 98_000, 50, 100_300, 20);
        market.enter(1, 1, 'S', 10, 100_400);
        final List<String> events = market.enter(2, 1, 'B', 30, 101_000);
        assertEquals(
                List.of(
                        "HOME 10@100400 takes 0",
                        "XAAA 50@100500 takes 0",
                        "XBBB 20@100300 takes 30"),
                shares(events));
        assertEquals("leg XBBB/1 SUBMITTED open=30", events.getLast());
        assertEquals(
                OrderState.SUBMITTED.code(),
                market.engine.orders().state(market.engine.orders().find(2, 0, 1)));
    }

    @Test
    void shouldStayHereAtAnEqualPriceAndPreferTheVenueDefinedFirst() {
        venues.routing("", "SPDL", 'P', "HOME");
        venues.quote("XBBB", 0, 0, 100_400, 20);
        market.enter(1, 1, 'S', 10, 100_400);
        assertTrue(stayed(market.enter(2, 1, 'B', 10, 101_000)));
        venues.quote("XAAA", 0, 0, 100_400, 20);
        assertEquals(
                "XAAA 20@100400 takes 10", shares(market.enter(2, 2, 'B', 10, 101_000)).get(1));
    }

    @Test
    void shouldLeaveOutWhatIsStaleDownOrBeyondTheLimit() {
        venues.routing("", "", 'P', "HOME");
        venues.quote("XAAA", 0, 0, 100_300, 20);
        market.nowNs += VenueHand.SECOND_NS - 1_000;
        assertEquals(1, count(market.enter(2, 1, 'B', 10, 101_000), "XAAA 20@100300 takes 10"));
        assertTrue(stayed(market.enter(2, 2, 'B', 10, 101_000)), "a quote too old");
        venues.quote("XAAA", 0, 0, 100_300, 20);
        assertTrue(stayed(market.enter(2, 3, 'B', 10, 100_200)), "a price beyond the limit");
        venues.link("XAAA", 1, false, 0, 0);
        assertTrue(stayed(market.enter(2, 4, 'B', 10, 101_000)), "a venue that is down");
    }

    private static int count(final List<String> events, final String share) {
        return (int) shares(events).stream().filter(share::equals).count();
    }

    @Test
    void shouldSendToTheDeeperVenue() {
        venues.routing("", "", 'L', "HOME");
        venues.quote("XAAA", 0, 0, 100_300, 20);
        venues.quote("XBBB", 0, 0, 100_500, 60);
        assertEquals(
                List.of("HOME 0@0 takes 0", "XAAA 20@100300 takes 0", "XBBB 60@100500 takes 50"),
                shares(market.enter(2, 1, 'B', 50, 101_000)));
        venues.quote("XAAA", 0, 0, 100_300, 60);
        assertEquals(
                "XAAA 60@100300 takes 50", shares(market.enter(2, 2, 'B', 50, 101_000)).get(1));
    }

    @Test
    void shouldSplitSoThatThePartsSumToTheWhole() {
        venues.routing("", "", 'S', "HOME");
        market.enter(1, 1, 'S', 10, 100_400);
        venues.quote("XAAA", 0, 0, 100_500, 25);
        venues.quote("XBBB", 0, 0, 100_300, 20);
        final List<String> events = market.enter(2, 1, 'B', 100, 101_000);
        assertEquals(
                List.of(
                        "HOME 10@100400 takes 55",
                        "XAAA 25@100500 takes 25",
                        "XBBB 20@100300 takes 20"),
                shares(events));
        assertTrue(events.contains("executed 2#1 10@100400 taker match=1 leaves=90"), "" + events);
        assertEquals(45, market.engine.orders().shown(market.engine.orders().find(2, 0, 1)));
    }

    @Test
    void shouldNeverSplitWhatMustBeFilledWhole() {
        venues.routing("", "", 'S', "HOME");
        venues.quote("XAAA", 0, 0, 100_500, 60);
        venues.quote("XBBB", 0, 0, 100_300, 20);
        final List<String> events =
                market.enter(market.order(2, 1, 'B', 50, 101_000).timeInForce((byte) '4'));
        assertEquals("XAAA 60@100500 takes 50", shares(events).get(1));
        assertEquals(
                "canceled 2#2 70 I",
                market.enter(market.order(2, 2, 'B', 70, 101_000).timeInForce((byte) '4'))
                        .getLast());
    }

    @Test
    void shouldGoWhereTheOrderSaysElseWhereConfigured() {
        venues.routing("", "", 'C', "XAAA");
        assertEquals("XAAA 0@0 takes 5", shares(market.enter(2, 1, 'B', 5, 100_000)).get(1));
        assertEquals("XBBB 0@0 takes 5", shares(route(2, "XBBB")).get(2));
        assertTrue(stayed(route(3, "HOME")));
        assertEquals(List.of("rejected 2#4 ROUTING"), route(4, "XNOT"));
        venues.define("XBBB", 0, 0, 0, false);
        assertEquals(List.of("rejected 2#5 ROUTING"), route(5, "XBBB"));
        venues.define("XAAA", 0, 0, 0, false);
        assertEquals(List.of("rejected 2#6 ROUTING"), market.enter(2, 6, 'B', 5, 100_000));
    }

    private List<String> route(final int number, final String venue) {
        return market.enter(
                market.order(2, number, 'B', 5, 100_000),
                o -> o.route(Ascii.packInt(venue) & 0xFFFF_FFFFL));
    }

    @Test
    void shouldTakeTheAccountsRoutingBeforeTheInstruments() {
        venues.routing("", "SPDL", 'C', "XAAA");
        venues.routing("TEST02", "", 'C', "XBBB");
        assertEquals("XAAA 0@0 takes 5", shares(market.enter(1, 1, 'B', 5, 100_000)).get(1));
        assertEquals("XBBB 0@0 takes 5", shares(market.enter(2, 1, 'B', 5, 100_000)).get(2));
        venues.routing("TEST02", "", '\0', "HOME");
        assertEquals("XAAA 0@0 takes 5", shares(market.enter(2, 2, 'B', 5, 100_000)).get(1));
    }

    @Test
    void shouldKeepOrdersWithConditionsHere() {
        venues.routing("", "", 'P', "HOME");
        venues.quote("XAAA", 0, 0, 100_300, 20);
        assertTrue(stayed(market.enter(market.order(2, 1, 'B', 9, 101_000), o -> o.maxFloor(2))));
        assertTrue(stayed(market.enter(market.order(2, 2, 'B', 9, 101_000).display((byte) 'N'))));
        assertEquals(
                List.of("rejected 2#3 ROUTING"),
                market.enter(
                        market.order(2, 3, 'B', 9, 101_000),
                        o -> o.maxFloor(2).route(Ascii.packInt("XAAA") & 0xFFFF_FFFFL)));
    }

    @Test
    void shouldDecideWhenAnOperatorReleasesTheOrder() {
        venues.routing("", "", 'P', "HOME");
        desk.rule(1, 'A', "", "SPDL", 5, 0, VenueHand.SECOND_NS);
        assertEquals(List.of("held 2#1 rule=1"), market.enter(2, 1, 'B', 10, 101_000));
        venues.quote("XAAA", 0, 0, 100_300, 20);
        assertEquals("XAAA 20@100300 takes 10", shares(desk.authorise(2, 1, 1, true)).get(1));
    }

    @Test
    void shouldRefuseConfigurationThatCannotBe() {
        assertEquals(List.of("result 0.0 UNKNOWN_VENUE"), venues.routing("", "", 'C', "XNOT"));
        assertEquals(List.of("result 0.0 SYMBOL"), venues.routing("", "NONE", 'C', "XAAA"));
        assertEquals(List.of("result 0.0 ACCOUNT"), venues.routing("NONE", "", 'C', "XAAA"));
        assertEquals(List.of("result 0.0 FIELD"), venues.routing("", "", '?', "XAAA"));
        assertEquals(List.of("result 0.0 FIELD"), venues.routing("TEST02", "SPDL", 'C', "XAAA"));
        assertEquals(List.of("result 0.0 FIELD"), venues.define("HOME", 0, 0, 0, true));
        assertEquals(List.of("result 0.0 FIELD"), venues.define("XCCC", 0, 10, 0, true));
        for (int venue = 2; venue < VenueTable.MAX; venue++) {
            venues.define("X" + (100 + venue), 0, 0, 0, true);
        }
        assertEquals(List.of("result 0.0 TABLE_FULL"), venues.define("XCCC", 0, 0, 0, true));
    }
}
