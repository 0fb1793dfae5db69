package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.VenueScript;
import io.spindle.oms.OrderState;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the view asks people to look at. */
class AdminFactsTest {
    private final Market market = new Market();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Fact> booked = new ArrayList<>();

    AdminFactsTest() {
        market.view.addListener(
                fact -> {
                    if (fact instanceof Balance || fact instanceof Holding) {
                        booked.add(fact);
                    }
                    if (fact instanceof final Alert alert) {
                        alerts.add(alert);
                    }
                });
    }

    @Test
    void shouldFlagAnAccountThatAWithdrawalOfLotsOverdraws() {
        market.holding("TEST00", "SPDL", 5);
        market.holding("TEST00", "SPDL", -5);
        assertEquals(List.of(), alerts);
        market.holding("TEST00", "SPDL", -2);
        assertEquals(1, alerts.size(), alerts.toString());
        assertEquals(Alert.Kind.OVERDRAWN, alerts.getFirst().kind());
        assertEquals("TEST", alerts.getFirst().firm());
        assertEquals("TEST00", alerts.getFirst().account());
        assertEquals("free -2 SPDL", alerts.getFirst().detail());
    }

    @Test
    void shouldCountLotsThatOpenSalesHaveBespoken() {
        market.holding("TEST00", "SPDL", 100);
        market.enter(0, 'S', "SPDL", 80, 10_0000);
        market.holding("TEST00", "SPDL", -30);
        assertEquals(List.of("free -10 SPDL"), details());
    }

    @Test
    void shouldNotFlagWhoSellsShortOrGivesLots() {
        market.enter(0, 'S', "SPDL", 10, 10_0000);
        market.enter(2, 'B', "SPDL", 10, 10_0000);
        market.holding("TEST00", "SPDL", 3);
        assertEquals(List.of(), alerts);
    }

    @Test
    void shouldTellWhatAFillBookedOnceAndWhole() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        booked.clear();
        market.enter(2, 'S', "SPDL", 100, 10_0000);
        final List<Fact> present =
                market.view.read(
                        now ->
                                Stream.<Fact>concat(
                                                now.ledger().cash().stream(),
                                                now.ledger().holdings().stream())
                                        .toList());
        final List<Fact> members =
                booked.stream().filter(fact -> !firm(fact).isEmpty()).distinct().toList();
        assertEquals(4, members.size(), booked.toString());
        assertEquals(booked.size(), booked.stream().distinct().count(), "each once");
        assertTrue(present.containsAll(members), members + " are not among " + present);
        assertEquals(
                List.of(100L, -100L),
                members.stream()
                        .filter(Holding.class::isInstance)
                        .map(fact -> ((Holding) fact).position())
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    private static String firm(final Fact fact) {
        return fact instanceof final Balance balance ? balance.firm() : ((Holding) fact).firm();
    }

    @Test
    void shouldTellHowAVenueIs() {
        new VenueScript(market.log, "XALT");
        assertEquals("XALT is down", details().getFirst());
        assertEquals("XALT is open", details().getLast());
        assertTrue(details().contains("XALT is open for cancels only"), alerts.toString());
        assertTrue(
                alerts.stream().allMatch(one -> one.kind() == Alert.Kind.VENUE), alerts.toString());
    }

    @Test
    void shouldTellThatAVenueSaysWhatCannotBe() {
        final VenueScript venue = routed(0);
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        alerts.clear();
        venue.report('E', 1, 31, 10_0000);
        assertEquals(
                List.of(
                        "XALT is open for cancels only",
                        "XALT, its order 1: what it says cannot be, 31 lots"),
                details());
        assertEquals("", alerts.getLast().firm());
    }

    @Test
    void shouldTellThatAVenueHasNotAnsweredInTime() {
        routed(1_000);
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        alerts.clear();
        market.tick();
        market.tick();
        assertEquals(List.of("XALT has not answered its order 1, which is TEST00-0-1"), details());
        assertEquals("TEST", alerts.getFirst().firm());
        assertEquals("TEST00", alerts.getFirst().account());
        final Order order =
                market.view.read(
                        now -> now.orders().find(new OrderId("TEST00", 0, 1)).orElseThrow());
        assertEquals(OrderState.SUBMITTED, order.state());
    }

    private List<String> details() {
        return alerts.stream().map(Alert::detail).toList();
    }

    /** A venue that all orders go to. */
    private VenueScript routed(final long timeoutNs) {
        final VenueScript venue = new VenueScript(market.log, "XALT");
        market.log.post(
                RoutingCommands.defineVenue(UUID.randomUUID(), "XALT", 0, 0, timeoutNs, true));
        market.log.post(
                RoutingCommands.setRouting(
                        UUID.randomUUID(), "", "", 'C', "XALT", TimeUnit.SECONDS.toNanos(1)));
        return venue;
    }
}
