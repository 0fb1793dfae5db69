package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.Topic;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Past events by range, with both ends, and narrowed. */
@Timeout(120)
class EventsApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call viewer = api.as(Role.VIEWER);

    @AfterEach
    void stop() {
        api.close();
    }

    private List<String> found(final Call caller, final String query) {
        final Reply reply = caller.get("/v1/events?" + query);
        assertEquals(200, reply.status(), reply.body());
        final List<String> found = new ArrayList<>();
        for (final JsonNode item : reply.json().at("/items")) {
            found.add(item.at("/event").asText() + " " + item.at("/key").asText());
        }
        return found;
    }

    private int count(final String query) {
        return found(viewer, query).size();
    }

    /** Enters an order that no other meets and returns the sequence of its command. */
    private long enter(final Market market) {
        market.enter(0, 'B', "SPDL", 1, 9_0000);
        return market.log.lastSequence();
    }

    @Test
    void shouldListARangeByTimeWithBothEnds() {
        final long first = enter(api.market);
        final long second = enter(api.market);
        final long third = enter(api.market);
        final long secondNs = api.market.log.timeNs(second);
        final String second9 = Times.text(secondNs);
        final String views = "for=updates&";
        assertEquals(1, count(views + "from=" + secondNs + "&to=" + secondNs));
        assertEquals(1, count(views + "from=" + second9 + "&to=" + second9));
        assertEquals(2, count(views + "from=" + second9));
        assertEquals(1, count(views + "from=" + (secondNs + 1)));
        assertEquals(2, count(views + "to=" + secondNs + "&from=" + (first - 1)));
        assertEquals(1, count(views + "from=" + second9 + "&to=" + second));
        assertEquals(1, count(views + "from=" + first + "&to=" + second));
        assertEquals(2, count(views + "from=" + first + "&to=" + third + ".0"));
        assertEquals(0, count(views + "from=" + third + "&to=" + first));
        for (final String wrong : List.of("noon", "-1", "1.x", "99999999999999999999")) {
            assertEquals(422, viewer.get("/v1/events?from=" + wrong).status(), wrong);
            assertEquals(422, viewer.get("/v1/events?to=" + wrong).status(), wrong);
        }
    }

    @Test
    void shouldListEveryAuditByTime() {
        api.as(Role.OPERATOR).post("/v1/owners", "{\"firm\":\"NEWF\"}");
        final long sequence = api.market.log.lastSequence();
        final String time = Times.text(api.market.log.timeNs(sequence));
        final Call auditor = api.as(Role.AUDITOR);
        for (final String path : List.of("/v1/audit", "/v1/event-audit")) {
            final String range = path + "?from=" + time + "&to=" + time;
            assertTrue(auditor.get(range).body().contains("DefineFirm"), range);
            final Reply later = auditor.get(path + "?from=" + sequence);
            assertEquals(0, later.json().at("/items").size(), later.body());
        }
    }

    @Test
    void shouldListCallsByNumberAndByTime() {
        final Call operator = api.as(Role.OPERATOR);
        operator.post("/v1/owners", "{\"firm\":\"NEWF\"}");
        operator.post("/v1/owners", "{\"firm\":\"OLDF\"}");
        assertEquals(List.of(1L, 2L, 3L, 4L), calls(""));
        assertEquals(List.of(2L, 3L), calls("?from=1&to=3"));
        final Reply all = api.as(Role.AUDITOR).get("/v1/audit/calls");
        final String third = all.text("/items/2/call/time");
        assertTrue(calls("?from=" + third + "&to=" + third).contains(3L));
        assertTrue(calls("?from=" + third).contains(4L));
        assertFalse(calls("?from=" + third).contains(1L));
        assertFalse(calls("?to=" + third).contains(4L));
        for (final String wrong : List.of("1.5", "noon", "-1")) {
            final Reply reply = api.as(Role.AUDITOR).get("/v1/audit/calls?to=" + wrong);
            assertEquals(422, reply.status(), wrong);
        }
    }

    private List<Long> calls(final String range) {
        final Reply reply = api.as(Role.AUDITOR).get("/v1/audit/calls" + range);
        assertEquals(200, reply.status(), reply.body());
        final List<Long> numbers = new ArrayList<>();
        reply.json().at("/items").forEach(item -> numbers.add(item.at("/number").asLong()));
        return numbers;
    }

    @Test
    void shouldReadOutOfTheLogWhatIsNotInMemory() {
        final Market market = api.market;
        final long begin = market.log.lastSequence();
        final long beginNs = market.log.timeNs(begin);
        final EventLog all = new EventLog(100_000, begin, beginNs, begin);
        market.view.addListener(all);
        for (int i = 0; i < 1_100; i++) {
            market.enter(0, 'B', "SPDL", 1, 10_0000, '3');
        }
        final Reply reply = viewer.get("/v1/events?for=updates&count=10000&from=" + begin);
        assertEquals(200, reply.status(), reply.body());
        assertTrue(Long.parseLong(reply.text("/forgottenUpTo")) > begin, "not in memory");
        final List<String> tokens = new ArrayList<>();
        reply.json().at("/items").forEach(item -> tokens.add(item.at("/token").asText()));
        final List<Event> updates =
                all.list(
                        Position.behind(begin),
                        Long.MAX_VALUE,
                        event -> event.topics().contains(Topic.UPDATES),
                        Integer.MAX_VALUE);
        assertEquals(updates.stream().map(Event::token).toList(), tokens);
        final Reply next = viewer.get("/v1/events?for=updates&count=1&from=" + tokens.get(6));
        assertEquals(tokens.get(7), next.text("/items/0/token"));
    }

    @Test
    void shouldSayThatTheBeginningWasPurged() {
        final Market market = new Market();
        for (int i = 0; i < 1_100; i++) {
            market.enter(0, 'B', "SPDL", 1, 10_0000, '3');
        }
        final TimeTravel purged =
                new TimeTravel(
                        () -> new View(EngineConfig.small(), new View.Limits(1_000, 1_000)),
                        view -> {
                            try {
                                market.view.copyTo(view);
                            } catch (final IOException failure) {
                                throw new UncheckedIOException(failure);
                            }
                            return market.log.reader();
                        },
                        market.log::lastSequence);
        final ApiContext whole = market.context();
        final ApiContext cut =
                new ApiContext(
                        whole.view(),
                        purged,
                        whole.events(),
                        whole.control(),
                        whole.checks(),
                        whole.alive(),
                        whole.metrics(),
                        whole.nic(),
                        whole.keys(),
                        whole.office(),
                        whole.audit(),
                        whole.secondPerson(),
                        whole.tokens(),
                        whole.latencies(),
                        whole.folder(),
                        whole.counters());
        try (ApiOnMarket late = new ApiOnMarket(market, cut)) {
            final Call reader = late.as(Role.VIEWER);
            final Reply gone = reader.get("/v1/events?from=1");
            assertEquals(410, gone.status(), gone.body());
            assertEquals("GONE", gone.text("/code"));
            assertTrue(gone.text("/detail").contains("purged"), gone.body());
            final String time = Times.text(market.log.timeNs(1));
            assertEquals("GONE", reader.get("/v1/events?from=" + time).text("/code"));
            final long forgotten = reader.get("/v1/events").json().at("/forgottenUpTo").asLong();
            assertEquals(200, reader.get("/v1/events?from=" + forgotten).status());
            final Call auditor = late.as(Role.AUDITOR);
            for (final String range : List.of("from=1", "to=5", "from=1&to=5", "to=" + time)) {
                final Reply purgedToo = auditor.get("/v1/audit?" + range);
                assertEquals("GONE", purgedToo.text("/code"), range + ": " + purgedToo.body());
            }
            assertEquals(200, auditor.get("/v1/audit").status());
        }
    }

    @Test
    void shouldShowTheHousesSideToAuditorsOnly() {
        final String transfer =
                "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"5\",\"reason\":\"r\"}";
        assertEquals(201, api.as(Role.OPERATOR).post("/v1/balances", transfer).status());
        final String house = "for=balances&account=EXTERNAL";
        assertEquals(List.of(), found(viewer, house));
        final Reply audit = api.as(Role.AUDITOR).get("/v1/event-audit?" + house);
        assertEquals(200, audit.status(), audit.body());
        assertEquals("EXTERNAL/USD", audit.text("/items/0/key"), audit.body());
    }

    @Test
    void shouldNarrowByEventSymbolAndAccount() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 40, 10_0000);
        api.market.enter(0, 'B', "BTC", 1, 1);
        final String filled = "for=orders&event=order_filled";
        assertEquals(List.of("order_filled FOES00-0-1"), found(viewer, filled));
        assertEquals(
                List.of("order_accepted TEST00-0-1", "order_accepted TEST00-0-2"),
                found(viewer, "for=orders&event=order_accepted,trade&account=TEST00"));
        final String symbol = "for=orders&symbol=BTC";
        assertEquals(List.of("order_accepted TEST00-0-2"), found(viewer, symbol));
        assertEquals(0, count("for=balances&symbol=SPDL"));
        assertEquals(List.of("balance TEST01/USD"), found(viewer, "for=balances&account=TEST01"));
        final Call foe = api.as("foe");
        assertEquals(1, found(foe, "for=trades&account=FOES00").size());
        assertEquals(0, found(foe, "for=trades&account=TEST00").size(), "the other side");
        final Reply unknown = viewer.get("/v1/events?event=order_lost");
        assertEquals(422, unknown.status());
        assertEquals("event", unknown.text("/errors/0/pointer"));
        assertTrue(unknown.text("/errors/0/detail").contains("order_filled"), unknown.body());
        assertEquals(0, count("symbol=,"), "nothing is called so");
    }
}
