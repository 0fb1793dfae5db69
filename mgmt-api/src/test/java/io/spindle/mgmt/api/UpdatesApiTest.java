package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What came in: every command of the log in words, and who it is from. */
@Timeout(120)
class UpdatesApiTest {
    private static final String CASH =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"-5.5\",\"reason\":\"r\"}";

    /** More than memory keeps. */
    private static final int MANY = 100_001;

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);
    private final Call auditor = api.as(Role.AUDITOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private JsonNode behind(final long sequence) {
        final Reply reply = auditor.get("/v1/audit?from=" + sequence);
        assertEquals(200, reply.status(), reply.body());
        return reply.json().path("items");
    }

    @Test
    void shouldTellWhatCallersAndSessionsAskedFor() {
        final long before = api.market.log.lastSequence();
        assertEquals(201, operator.post("/v1/balances", CASH).status());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.tick();
        api.market.cancel(0, 1, 0);
        final JsonNode items = behind(before);
        assertEquals(3, items.size(), items.toString());
        final JsonNode cash = items.get(0);
        assertEquals("AdjustCash", cash.path("command").asText());
        assertEquals("OPERATOR", cash.path("author").asText());
        assertEquals("NONE", cash.path("code").asText());
        assertEquals(before + 1, cash.path("sequence").asLong());
        assertEquals(Times.text(api.market.log.timeNs(before + 1)), cash.path("time").asText());
        assertEquals("TEST00", cash.at("/fields/account").asText());
        assertEquals("USD", cash.at("/fields/currency").asText());
        assertEquals("-5.5000", cash.at("/fields/amount").asText());
        final String call = auditor.get("/v1/audit/calls").text("/items/1/call/call");
        assertEquals(call, cash.path("call").asText());
        final JsonNode order = items.get(1);
        assertEquals("EnterOrder", order.path("command").asText());
        assertEquals("TEST00", order.path("author").asText());
        assertEquals("TEST00-0-1", order.at("/fields/order").asText());
        assertEquals("TEST00", order.at("/fields/account").asText());
        assertEquals("SPDL", order.at("/fields/symbol").asText());
        assertEquals("100", order.at("/fields/quantity").asText());
        assertEquals("10.0000", order.at("/fields/price").asText());
        assertTrue(order.path("call").isMissingNode(), order.toString());
        assertEquals("CancelOrder", items.get(2).path("command").asText());
    }

    @Test
    void shouldNameTheProposalAndWhoApprovedIt() {
        api.market.secondPerson = true;
        final long before = api.market.log.lastSequence();
        final Reply asked = operator.post("/v1/balances", CASH);
        final String approval = "{\"decision\":\"approve\",\"reason\":\"looked at it\"}";
        final String path = "/v1/proposals/" + asked.text("/id");
        assertEquals(201, api.as(Role.ADMIN).post(path, approval).status());
        final JsonNode update = behind(before).get(0);
        assertEquals("ADMIN", update.path("author").asText());
        assertEquals(asked.text("/id"), update.path("proposal").asText());
        assertEquals(asked.text("/id"), update.path("request").asText());
    }

    @Test
    void shouldLeaveSecretsOut() {
        final long before = api.market.log.lastSequence();
        final String session =
                "{\"session\":\"NEW01\",\"firm\":\"TEST\",\"account\":\"TEST00\","
                        + "\"password\":\"hush\"}";
        assertEquals(201, operator.post("/v1/sessions", session).status());
        final JsonNode update = behind(before).get(0);
        assertEquals("NEW01", update.at("/fields/session").asText());
        assertEquals("TEST", update.at("/fields/firm").asText());
        assertFalse(update.path("fields").has("secret"), update.toString());
        assertFalse(update.path("fields").has("salt"), update.toString());
    }

    @Test
    void shouldReadOutOfTheLogWhatIsNotInMemory() {
        final long before = api.market.log.lastSequence();
        for (int i = 0; i < MANY; i++) {
            api.market.cancel(0, 99, 0);
        }
        final Reply first = auditor.get("/v1/audit?from=0&count=2");
        assertEquals("1", first.text("/items/0/sequence"), first.body());
        assertEquals("DefineFirm", first.text("/items/0/command"));
        assertEquals("TEST", first.text("/items/0/fields/firm"));
        assertEquals(Long.toString(before + 1), first.text("/forgottenUpTo"));
        final Reply end = auditor.get("/v1/audit?to=2");
        assertEquals(2, end.json().path("items").size(), end.body());
        assertEquals("2", end.text("/items/1/sequence"));
        final Reply recent = auditor.get("/v1/audit?count=1");
        assertEquals(Long.toString(before + 2), recent.text("/items/0/sequence"));
        assertEquals(422, auditor.get("/v1/audit?from=noon").status());
    }
}
