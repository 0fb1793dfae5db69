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
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;

/** What came in: every command of the log in words, and who it is from. */
@Timeout(120)
class UpdatesApiTest {
    private static final String CASH =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"-5.5\",\"reason\":\"r\"}";

    private static final String TICKET =
            "{\"session\":\"TEST00\",\"symbol\":\"SPDL\",\"side\":\"buy\",\"quantity\":\"10\","
                    + "\"price\":\"9\"}";

    /** More than memory keeps. */
    private static final int MANY = 1_000;

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

    /** Of those that carry a command of this name, who and by which call. */
    private static void assertAuthor(
            final JsonNode items, final String command, final int count, final String author) {
        int found = 0;
        for (final JsonNode item : items) {
            if (item.path("command").asText().equals(command)) {
                found++;
                assertEquals(author, item.path("author").asText(), item.toString());
                assertEquals(author.equals("OPERATOR"), item.has("call"), "by a call: " + item);
            }
        }
        assertEquals(count, found, items.toString());
    }

    @Test
    void shouldNameTheCallerOfEveryMovementOfAFeedDoneOrRefused() {
        final long before = api.market.log.lastSequence();
        final String row =
                "{\"position\":%d,\"account\":\"%s\",\"currency\":\"USD\",\"amount\":\"1\"}";
        final Reply booked =
                operator.post(
                        "/v1/feeds/BANK1/updates",
                        "{\"updates\":["
                                + row.formatted(1, "TEST00")
                                + ","
                                + row.formatted(2, "NOBODY")
                                + "]}");
        assertEquals(200, booked.status(), booked.body());
        final JsonNode items = behind(before);
        assertAuthor(items, "AdjustCash", 2, "OPERATOR");
        assertTrue(items.toString().contains("NOBODY"), items.toString());
    }

    @Test
    void shouldNameTheCallerOfEveryRowOfAFile() {
        final String date = "2026-11-21";
        final Reply opened =
                operator.post(
                        "/v1/start-of-day",
                        "{\"date\":\"" + date + "\",\"expected\":[],\"reason\":\"day\"}");
        assertEquals(201, opened.status(), opened.body());
        final long before = api.market.log.lastSequence();
        final Reply loaded =
                operator.post(
                        "/v1/start-of-day/files",
                        "HEADER,cash,BANK1,"
                                + date
                                + "\naccount,currency,balance\nTEST00,USD,7.25\nTEST01,USD,8.25\n"
                                + "TRAILER,2,USD=15.50\n");
        assertEquals(200, loaded.status(), loaded.body());
        assertAuthor(behind(before), "AdjustCash", 2, "OPERATOR");
        final long commit = api.market.log.lastSequence();
        for (long from = before; from < commit; from++) {
            final Reply page = auditor.get("/v1/audit?count=1&from=" + from);
            final JsonNode one = page.json().at("/items/0");
            assertEquals("OPERATOR", one.path("author").asText(), "on a page of one: " + one);
        }
        assertEquals("OPERATOR", outOfTheLog(before).path("author").asText());
    }

    /** The first row of cash behind a sequence, once it is not in memory. */
    private JsonNode outOfTheLog(final long sequence) {
        for (int i = 0; i < MANY; i++) {
            api.market.cancel(0, 99, 0);
        }
        final Reply page = auditor.get("/v1/audit?count=9&from=" + sequence);
        assertTrue(page.json().path("forgottenUpTo").asLong() > sequence, page.body());
        final JsonNode items = page.json().path("items");
        for (final JsonNode item : items) {
            if (item.path("command").asText().equals("AdjustCash")) {
                return item;
            }
        }
        throw new AssertionError(items);
    }

    @Test
    void shouldNameTheCallerOfEveryTicketAndOfNobodyElsesOrder() {
        final long before = api.market.log.lastSequence();
        final String two = "{\"tickets\":[" + TICKET + "," + TICKET + "]}";
        final Call once = operator.with("Idempotency-Key", "two");
        assertEquals(201, once.post("/v1/tickets/bulk", two).status());
        assertAuthor(behind(before), "EnterOrder", 2, "OPERATOR");
        final long placed = api.market.log.lastSequence();
        api.market.enter(2, 'S', "SPDL", 20, 9_0000);
        assertEquals(201, once.post("/v1/tickets/bulk", two).status());
        assertEquals(201, operator.post("/v1/snapshots", "").status());
        assertAuthor(behind(placed), "EnterOrder", 1, "FOES00");
    }

    @Test
    void shouldNameTheCallerOfWhatASettlementEntered() {
        final long before = api.market.log.lastSequence();
        final String date = Times.text(MemoryLog.START_NS).substring(0, 10);
        final Reply settled =
                operator.post(
                        "/v1/reconciliation?settle=true&reason=agreed",
                        "HEADER,orders,VENUE,"
                                + date
                                + "\norder,account,symbol,side,price,quantity\n"
                                + "V-1,TEST00,SPDL,B,9.50,20\nTRAILER,1,SPDL=20\n");
        assertEquals(200, settled.status(), settled.body());
        assertAuthor(behind(before), "EnterOrder", 1, "OPERATOR");
    }

    @Test
    void shouldLookForAuthorsInTheFileOnceTheyAreNotInMemory() throws IOException {
        final Market market = new Market();
        market.authorsKept = 1;
        try (ApiOnMarket few = new ApiOnMarket(market, market.context())) {
            final long before = market.log.lastSequence();
            for (int i = 0; i < 3; i++) {
                assertEquals(201, few.as(Role.OPERATOR).post("/v1/balances", CASH).status());
            }
            final String path = "/v1/audit?from=" + before;
            final Reply whole = few.as(Role.AUDITOR).get(path);
            assertAuthor(whole.json().path("items"), "AdjustCash", 3, "OPERATOR");
            assertEquals("", whole.text("/fault"));
            final String audit = Files.readString(market.audit.file());
            Files.writeString(market.audit.file(), audit.replaceFirst("OPERATOR", "SOMEBODY"));
            final Reply broken = few.as(Role.AUDITOR).get(path);
            assertEquals("record 1 was changed", broken.text("/fault"));
            assertFalse(broken.json().at("/items/0").has("call"), broken.body());
            assertTrue(broken.json().at("/items/2").has("call"), broken.body());
        }
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
        final long forgotten = first.json().path("forgottenUpTo").asLong();
        assertTrue(forgotten > before, first.body());
        final Reply end = auditor.get("/v1/audit?to=2");
        assertEquals(2, end.json().path("items").size(), end.body());
        assertEquals("2", end.text("/items/1/sequence"));
        final Reply recent = auditor.get("/v1/audit?count=1");
        assertEquals(forgotten + 1, recent.json().at("/items/0/sequence").asLong());
        assertEquals(422, auditor.get("/v1/audit?from=noon").status());
    }
}
