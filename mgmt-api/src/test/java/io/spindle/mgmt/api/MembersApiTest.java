package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.oms.SessionTable;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

@Timeout(60)
class MembersApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldTakeAMemberFromNothingToAFundedAccount() {
        created(operator.post("/v1/owners", "{\"firm\":\"NEWF\"}"));
        created(
                operator.post(
                        "/v1/accounts",
                        "{\"account\":\"NEW-1\",\"firm\":\"NEWF\",\"shortSelling\":true}"));
        created(
                operator.post(
                        "/v1/sessions",
                        "{\"session\":\"NEWS\",\"firm\":\"NEWF\",\"account\":\"NEW-1\","
                                + "\"password\":\"secret\",\"cancelOnDisconnect\":true}"));
        created(
                operator.post(
                        "/v1/balances",
                        "{\"account\":\"NEW-1\",\"currency\":\"USD\",\"amount\":\"1000.5\"}"));
        created(
                operator.post(
                        "/v1/holdings",
                        "{\"account\":\"NEW-1\",\"symbol\":\"BTC\",\"quantity\":\"0.5\"}"));
        assertEquals(
                "1000.5000", operator.get("/v1/balances?account=NEW-1").text("/items/0/balance"));
        assertEquals(
                "0.500000",
                operator.get("/v1/holdings?account=NEW-1&symbol=BTC").text("/items/0/quantity"));
        final Reply sessions = operator.get("/v1/sessions");
        assertEquals("NEWS", sessions.text("/items/3/session"));
        assertEquals("true", sessions.text("/items/3/cancelOnDisconnect"));
        assertFalse(sessions.body().contains("secret"));
        assertEquals("true", operator.get("/v1/accounts").text("/items/3/shortSelling"));
    }

    @Test
    void shouldNotMixTheSameAccountCodeOfTwoOwners() {
        final String account = "{\"account\":\"CLIENT\",\"firm\":\"%s\"}";
        created(operator.post("/v1/accounts", account.formatted("TEST")));
        created(operator.post("/v1/accounts", account.formatted("FOES")));
        final String deposit = "{\"account\":\"%s\",\"currency\":\"USD\",\"amount\":\"%d\"}";
        created(operator.post("/v1/balances", deposit.formatted("CLIENT", 7)));
        created(operator.post("/v1/balances", deposit.formatted("FOES:CLIENT", 9)));
        assertEquals(
                "7.0000", operator.get("/v1/balances?account=CLIENT").text("/items/0/balance"));
        final String theirs = api.as("foe").get("/v1/balances").body();
        assertTrue(theirs.contains("\"FOES:CLIENT\""), theirs);
        assertFalse(theirs.contains("\"CLIENT\""), theirs);
    }

    @Test
    void shouldDefineASessionThatSignsItsDatagramsAndKeepsItsSource() {
        final String session =
                "{\"session\":\"SIGNED\",\"firm\":\"TEST\",\"account\":\"TEST00\",%s}";
        final String key = "00112233445566778899aabbccddeeff";
        created(
                operator.post(
                        "/v1/sessions",
                        session.formatted("\"key\":\"" + key + "\",\"keepsSource\":true")));
        final Reply sessions = operator.get("/v1/sessions");
        assertEquals("SIGNED", sessions.text("/items/3/session"));
        assertEquals("true", sessions.text("/items/3/carriesTokens"));
        assertEquals("true", sessions.text("/items/3/keepsSource"));
        assertEquals("false", sessions.text("/items/0/carriesTokens"));
        assertEquals("false", sessions.text("/items/0/keepsSource"));
        final byte[] secret = new byte[SessionTable.SECRET_LENGTH];
        api.market.view.read(
                now -> {
                    now.engine().sessions().secret(3, new UnsafeBuffer(secret), 0);
                    return null;
                });
        assertEquals(key + "00".repeat(16), HexFormat.of().formatHex(secret));

        for (final String wrong :
                List.of(
                        "\"key\":\"0011\"",
                        "\"key\":\"" + "g".repeat(32) + "\"",
                        "\"keepsSource\":true",
                        "\"key\":\"" + key + "\",\"password\":\"both\"")) {
            assertEquals(422, operator.post("/v1/sessions", session.formatted(wrong)).status());
        }
        assertEquals(
                422,
                operator.post(
                                "/v1/sessions",
                                session.replace("SIGNED", "TOOLONG")
                                        .formatted("\"password\":\"secret\""))
                        .status());
        assertFalse(api.as(Role.AUDITOR).get("/v1/audit/calls").body().contains("0011"));
    }

    @Test
    void shouldMoveCashOnlyFromTheBalanceThatTheCallerSaw() {
        final String transfer =
                "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"-10\","
                        + "\"expectedBalance\":\"%s\"}";
        final String before = operator.get("/v1/balances?account=TEST00").text("/items/0/balance");
        created(operator.post("/v1/balances", transfer.formatted(before)));
        assertEquals(
                "CONFLICT",
                operator.post("/v1/balances", transfer.formatted(before)).text("/code"));
    }

    @Test
    void shouldTakeATransferOncePerIdempotencyKey() {
        final Call retry = operator.with("Idempotency-Key", "wire-4711");
        final String transfer = "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"10\"}";
        final String once = retry.post("/v1/balances", transfer).text("/request");
        final String before = operator.get("/v1/balances?account=TEST00").text("/items/0/balance");
        assertEquals(once, retry.post("/v1/balances", transfer).text("/request"));
        assertEquals(before, operator.get("/v1/balances?account=TEST00").text("/items/0/balance"));
    }

    @Test
    void shouldShowReservationsOfOpenOrders() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertEquals(
                "1000.0000", operator.get("/v1/balances?account=TEST00").text("/items/0/reserved"));
        assertEquals(
                "100",
                operator.get("/v1/holdings?account=TEST00&symbol=SPDL").text("/items/0/openBuy"));
    }

    /** Who may sell short may have fewer than none. */
    @Test
    void shouldFlagAHoldingThatAWithdrawalOverdraws() {
        created(operator.post("/v1/accounts", "{\"account\":\"LONG\",\"firm\":\"TEST\"}"));
        final String holding = "{\"account\":\"%s\",\"symbol\":\"SPDL\",\"quantity\":\"%d\"}";
        final String held = "/v1/holdings?account=LONG";
        created(operator.post("/v1/holdings", holding.formatted("LONG", 5)));
        assertEquals("false", operator.get(held).text("/items/0/overdrawn"));
        created(operator.post("/v1/holdings", holding.formatted("LONG", -7)));
        assertEquals("-2", operator.get(held).text("/items/0/free"));
        assertEquals("true", operator.get(held).text("/items/0/overdrawn"));
        created(operator.post("/v1/holdings", holding.formatted("TEST00", -7)));
        final Reply other = operator.get("/v1/holdings?account=TEST00");
        assertEquals("-7", other.text("/items/0/free"));
        assertEquals("false", other.text("/items/0/overdrawn"));
    }

    @Test
    void shouldMarkOpenPositionsToTheLastTradeOnBothSides() {
        final String bought = "/v1/holdings?account=TEST00&symbol=SPDL";
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertTrue(operator.get(bought).json().at("/items/0/mark").isMissingNode());
        assertEquals("0.0000", operator.get(bought).text("/items/0/unrealised"));
        api.market.enter(1, 'S', "SPDL", 100, 10_0000);
        api.market.enter(1, 'S', "SPDL", 1, 12_0000);
        api.market.enter(0, 'B', "SPDL", 1, 12_0000);
        assertEquals("12.0000", operator.get(bought).text("/items/0/mark"));
        assertEquals("1012.0000", operator.get(bought).text("/items/0/cost"));
        assertEquals("200.0000", operator.get(bought).text("/items/0/unrealised"));
        assertEquals(
                "-200.0000",
                operator.get("/v1/holdings?account=TEST01").text("/items/0/unrealised"));
    }

    @Test
    void shouldShowACallerTheirOwnFirmOnly() {
        final Call foe = api.as("foe");
        for (final String path : new String[] {"accounts", "sessions", "owners", "balances"}) {
            final Reply reply = foe.get("/v1/" + path);
            assertEquals(1, reply.json().at("/items").size(), path);
            assertEquals("FOES", reply.text("/items/0/firm"), path);
        }
    }

    @Test
    void shouldShowOneAccountAndOneSessionAsTheListDoes() {
        created(operator.post("/v1/accounts", "{\"account\":\"CLIENT\",\"firm\":\"FOES\"}"));
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        for (final String name : List.of("account", "session")) {
            final String path = "/v1/" + name + "s";
            final Reply list = operator.get(path);
            assertFalse(list.json().at("/items").isEmpty());
            for (final JsonNode item : list.json().at("/items")) {
                final ObjectNode wanted = item.deepCopy();
                wanted.set("sequence", list.json().at("/sequence"));
                final Reply one = operator.get(path + "/" + item.path(name).asText());
                assertEquals(200, one.status(), one.body());
                assertEquals(wanted, one.json());
                assertEquals(described(name), fields(one.json()));
            }
        }
        assertEquals("1", operator.get("/v1/sessions/TEST00").text("/openOrders"));
        assertEquals("FOES", operator.get("/v1/accounts/FOES00").text("/firm"));
    }

    private Set<String> described(final String name) {
        final String schema =
                operator.get("/openapi.json")
                        .json()
                        .path("paths")
                        .path("/v1/" + name + "s/{" + name + "}")
                        .at("/get/responses/200/content/application~1json/schema/$ref")
                        .asText();
        return fields(operator.get("/openapi.json").json().at(schema.substring(1) + "/properties"));
    }

    private static Set<String> fields(final JsonNode object) {
        final Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void shouldShowOneAccountAndOneSessionAsTheyWere() {
        final long before = api.market.log.lastSequence();
        created(operator.post("/v1/accounts", "{\"account\":\"NEW-1\",\"firm\":\"TEST\"}"));
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Reply then = operator.get("/v1/sessions/TEST00?asAt=" + before);
        assertEquals("0", then.text("/openOrders"), then.body());
        assertEquals(before, then.json().at("/sequence").asLong());
        assertEquals(200, operator.get("/v1/accounts/NEW-1").status());
        assertEquals(404, operator.get("/v1/accounts/NEW-1?asAt=" + before).status());
        assertEquals(422, operator.get("/v1/accounts/NEW-1?asAt=noon").status());
    }

    @Test
    void shouldNotTellWhatOthersHaveFromWhatNobodyHas() {
        final Call foe = api.as("foe");
        for (final String path : List.of("/v1/accounts/", "/v1/sessions/")) {
            final Reply theirs = foe.get(path + "TEST00");
            final Reply nobodys = foe.get(path + "TEST77");
            assertEquals(404, theirs.status(), theirs.body());
            assertEquals("NOT_FOUND", theirs.text("/code"));
            assertTrue(theirs.contentType().startsWith("application/problem+json"));
            assertEquals(nobodys.body().replace("TEST77", "TEST00"), theirs.body());
            assertEquals(200, foe.get(path + "FOES00").status());
        }
    }

    @Test
    void shouldNameWhatTheEngineRefuses() {
        final Reply refusal =
                operator.post("/v1/accounts", "{\"account\":\"X\",\"firm\":\"NONE\"}");
        assertEquals(422, refusal.status());
        assertEquals("FIRM", refusal.text("/code"));
    }

    private static void created(final Reply reply) {
        assertEquals(201, reply.status(), reply.body());
    }
}
