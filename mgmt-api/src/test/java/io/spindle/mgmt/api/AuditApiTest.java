package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What the audit of calls says of a write: how it was, how it is, and who else had to agree. */
@Timeout(120)
class AuditApiTest {
    private static final String TRANSFER =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"%s\",\"reason\":\"r\"}";
    private static final String STATE = "/v1/instruments/SPDL/state";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private List<JsonNode> records(final String path, final String event) {
        final JsonNode items = api.as(Role.AUDITOR).get("/v1/audit/calls").json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("call"))
                .filter(call -> call.path("path").asText().equals(path))
                .filter(call -> call.path("event").asText().equals(event))
                .toList();
    }

    /** The only answer at a path; what stops trading is recorded behind the caller's back. */
    private JsonNode answered(final String path) {
        List<JsonNode> found = records(path, "answered");
        while (found.isEmpty()) {
            Thread.onSpinWait();
            found = records(path, "answered");
        }
        assertEquals(1, found.size(), found.toString());
        return found.getFirst();
    }

    private void post(final String path, final String body) {
        final Reply reply = operator.post(path, body);
        assertEquals(201, reply.status(), reply.body());
    }

    private static void put(final Call caller, final String path, final String body) {
        final Reply reply = caller.with("If-None-Match", "*").put(path, body);
        assertTrue(reply.status() < 300, reply.body());
    }

    @Test
    void shouldShowBalancesAroundATransfer() {
        final String before = operator.get("/v1/balances?account=TEST00").text("/items/0/balance");
        post("/v1/balances", TRANSFER.formatted("5"));
        final JsonNode call = answered("/v1/balances");
        assertEquals(before, call.at("/before/balance").asText());
        assertEquals(
                operator.get("/v1/balances?account=TEST00").text("/items/0/balance"),
                call.at("/after/balance").asText());
        post("/v1/holdings", "{\"account\":\"TEST01\",\"symbol\":\"BTC\",\"quantity\":\"0.5\"}");
        final JsonNode lots = answered("/v1/holdings");
        assertFalse(lots.at("/before/quantity").isMissingNode(), lots.toString());
        assertEquals("0.500000", lots.at("/after/quantity").asText());
    }

    @Test
    void shouldShowWhatAStopMet() {
        api.market.login(0);
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        post(
                "/v1/kill-switch",
                "{\"scope\":\"firm\",\"name\":\"TEST\",\"state\":\"cancel_only\","
                        + "\"cancelOrders\":true,\"reason\":\"r\"}");
        final JsonNode kill = answered("/v1/kill-switch");
        assertEquals("active", kill.at("/before/state").asText());
        assertEquals(1, kill.at("/before/openOrders").asInt());
        assertEquals(2, kill.at("/before/sessions").asInt());
        assertEquals(1, kill.at("/before/loggedIn").asInt());
        assertEquals("cancel_only", kill.at("/after/state").asText());
        post(STATE, "{\"state\":\"halted\",\"reason\":\"r\"}");
        final JsonNode halt = answered(STATE);
        assertTrue(halt.path("before").isMissingNode(), "sent before anybody looked");
        assertEquals("halted", halt.at("/after/state").asText());
    }

    @Test
    void shouldShowWhoAndWhatWasDefinedOrTakenBack() {
        post("/v1/owners", "{\"firm\":\"NEW\"}");
        final JsonNode owner = answered("/v1/owners");
        assertTrue(owner.path("before").isMissingNode(), owner.toString());
        assertEquals("NEW", owner.at("/after/firm").asText());
        post("/v1/accounts", "{\"account\":\"NEW00\",\"firm\":\"NEW\",\"margin\":true}");
        assertTrue(answered("/v1/accounts").at("/after/margin").asBoolean());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 100, 10_0000);
        final String trade = operator.get("/v1/trades").text("/items/0/matchNumber");
        final String bust = "/v1/trades/" + trade + "/bust";
        post(bust, "{\"cause\":\"consent\",\"reason\":\"r\"}");
        assertEquals("valid", answered(bust).at("/before/status").asText());
        assertEquals("busted", answered(bust).at("/after/status").asText());
    }

    @Test
    void shouldShowTicketsChannelsAndCalendars() {
        post(
                "/v1/tickets",
                "{\"session\":\"TEST00\",\"symbol\":\"SPDL\",\"side\":\"buy\",\"quantity\":\"10\","
                        + "\"price\":\"9\"}");
        final JsonNode ticket = answered("/v1/tickets");
        assertEquals("TEST00-255-1", ticket.at("/after/0/id").asText(), ticket.toString());
        final String channel = "/v1/notifications/log";
        final Call admin = api.as(Role.ADMIN);
        put(admin, channel, "{\"type\":\"log\"}");
        final Reply again =
                admin.seen(channel).put(channel, "{\"type\":\"log\",\"topics\":[\"orders\"]}");
        assertEquals(201, again.status(), again.body());
        final JsonNode changed = records(channel, "answered").getLast();
        assertEquals("[]", changed.at("/before/topics").toString());
        assertEquals("orders", changed.at("/after/topics/0").asText());
        final String calendar = "/v1/calendars/vienna";
        put(
                operator,
                calendar,
                "{\"zone\":\"Europe/Vienna\",\"weekdays\":[\"monday\"],"
                        + "\"phases\":[{\"at\":\"09:00\",\"state\":\"trading\"}],"
                        + "\"specialDays\":[]}");
        assertEquals("Europe/Vienna", answered(calendar).at("/after/zone").asText());
    }

    @Test
    void shouldShowHowLongReportsWereKept() {
        final String path = "/v1/report-retention";
        final Reply changed = api.as(Role.ADMIN).seen(path).put(path, "{\"days\":30}");
        assertEquals(200, changed.status(), changed.body());
        final JsonNode call = answered(path);
        assertEquals(2557, call.at("/before/days").asInt(), call.toString());
        assertEquals(30, call.at("/after/days").asInt());
    }

    @Test
    void shouldNameWhatACallSentAndNothingElse() {
        post("/v1/owners", "{\"firm\":\"NEW\"}");
        final JsonNode owner = answered("/v1/owners");
        assertEquals(1, owner.path("commands").size(), owner.toString());
        final String snapshot = "/v1/snapshots";
        post(snapshot, "");
        final JsonNode taken = answered(snapshot);
        assertTrue(taken.path("sequence").isMissingNode(), taken.toString());
        assertTrue(taken.path("commands").isMissingNode(), taken.toString());
        assertFalse(taken.at("/after/sequence").isMissingNode(), taken.toString());
    }

    @Test
    void shouldLinkBothRecordsOfAProposal() {
        api.market.secondPerson = true;
        final Reply asked = operator.post("/v1/balances", TRANSFER.formatted("5"));
        assertEquals(202, asked.status(), asked.body());
        final String id = asked.text("/id");
        final JsonNode maker = answered("/v1/balances");
        assertEquals(id, maker.path("proposal").asText(), maker.toString());
        final String path = "/v1/proposals/" + id;
        final String approval = "{\"decision\":\"approve\",\"reason\":\"looked at it\"}";
        final Reply own = operator.post(path, approval);
        assertEquals(403, own.status(), own.body());
        assertEquals("SECOND_PERSON", own.text("/code"));
        assertEquals(id, records(path, "answered").getFirst().path("proposal").asText());
        final Reply approved = api.as(Role.ADMIN).post(path, approval);
        assertEquals(201, approved.status(), approved.body());
        final JsonNode second = records(path, "answered").getLast();
        assertEquals("ADMIN", second.path("caller").asText());
        assertEquals(id, second.path("proposal").asText());
        assertEquals(approved.text("/sequence"), second.path("sequence").asText());
        assertEquals(maker.path("before"), second.path("before"));
        assertTrue(second.at("/after/balance").isTextual(), second.toString());
    }

    @Test
    void shouldNoteStrangersOnceAndCountAllThatAreNotLetIn() {
        final Market market = new Market();
        final Api whole = new Api(market.context());
        final ApiKeys keys = new ApiKeys();
        keys.add("viewer", new Principal("viewer", Set.of(Role.VIEWER), Set.of()));
        keys.add("auditor", new Principal("auditor", Set.of(Role.AUDITOR), Set.of()));
        try (ApiServer server = ApiServer.start(ApiEndpoint.plain("127.0.0.1", 0), keys, whole)) {
            final Call stranger = new Call(server.port());
            for (int i = 0; i < 3; i++) {
                assertEquals(401, stranger.as("guess").get("/v1/owners?n=" + i).status());
            }
            final Call viewer = stranger.as("viewer");
            assertEquals(403, viewer.get("/v1/audit/calls").status());
            assertEquals(3, whole.refusals().of(401));
            assertEquals(1, whole.refusals().of(403));
            assertEquals(0, whole.refusals().of(429));
            final Reply calls = stranger.as("auditor").get("/v1/audit/calls");
            assertEquals(1, calls.json().path("items").size(), calls.body());
            assertEquals("refused", calls.text("/items/0/call/event"));
            assertEquals("401", calls.text("/items/0/call/status"));
            assertEquals("127.0.0.1", calls.text("/items/0/call/address"));
            assertEquals("/v1/owners", calls.text("/items/0/call/path"));
            assertFalse(calls.body().contains("guess"), calls.body());
        }
    }
}
