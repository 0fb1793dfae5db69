package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.office.FeedStatus;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;

@Timeout(60)
class MetadataApiTest {
    private static final String PATH = "/v1/metadata/account/TEST00";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);
    private final Call fresh = operator.with("If-None-Match", "*");

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldServeUnknownAttributesByteForByte() {
        final String odd =
                "{\"b\":1.50, \"a\":{\"x\":[1e2,null,\"\\u00e9\"]},\n\"n\":12345678901234567890}";
        assertEquals(201, fresh.send("PUT", PATH, odd).status());
        assertTrue(operator.get(PATH).body().contains(odd), operator.get(PATH).body());
    }

    @Test
    void shouldNotWriteOverWhatTheCallerHasNotSeen() {
        fresh.send("PUT", PATH, "{\"v\":1}");
        assertEquals(428, operator.send("PUT", PATH, "{\"v\":2}").status());
        final String tag = tag();
        assertEquals(201, operator.with("If-Match", tag).send("PUT", PATH, "{\"v\":2}").status());
        assertEquals(412, operator.with("If-Match", tag).send("DELETE", PATH, null).status());
        assertEquals(201, operator.with("If-Match", tag()).send("DELETE", PATH, null).status());
        assertEquals(404, operator.get(PATH).status());
        assertEquals(404, operator.send("DELETE", PATH, null).status());
    }

    private String tag() {
        return operator.get(PATH).response().headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void shouldKeepHistoryAndAnswerAsAt() {
        final long first = fresh.send("PUT", PATH, "{\"v\":1}").json().path("sequence").asLong();
        operator.with("If-Match", tag()).send("PUT", PATH, "{\"v\":2}");
        final Reply history = operator.get(PATH + "/history");
        assertEquals("1", history.text("/items/0/attributes/v"));
        assertEquals("2", history.text("/items/1/attributes/v"));
        assertEquals("1", operator.get(PATH + "?asAt=" + first).text("/attributes/v"));
        assertEquals(404, operator.get(PATH + "?asAt=" + (first - 1)).status());
    }

    @Test
    void shouldTakeARequestOnce() {
        final Call once = operator.with("Idempotency-Key", "k1");
        once.with("If-None-Match", "*").send("PUT", PATH, "{\"v\":1}");
        once.with("If-Match", tag()).send("PUT", PATH, "{\"v\":1}");
        assertEquals(1, operator.get(PATH + "/history").json().path("items").size());
    }

    @Test
    void shouldKeepFreeMetadataOfAnOrder() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final String path = "/v1/metadata/order/TEST00-0-1";
        assertEquals(201, fresh.send("PUT", path, "{\"algo\":\"twap\"}").status());
        assertEquals("twap", operator.get(path).text("/attributes/algo"));
        assertEquals(404, api.as("foe").get(path).status(), "another firm's order");
        assertEquals(1, operator.get("/v1/metadata/order").json().path("items").size());
        assertEquals(0, api.as("foe").get("/v1/metadata/order").json().path("items").size());
    }

    @Test
    void shouldMissARequiredFeedThatIsNotOnlineAnyMore() {
        final String path = "/v1/metadata/feed/";
        final String until = "\"required\":true,\"expiresAt\":\"2026-01-01T00:00:00Z\"}";
        fresh.send("PUT", path + "BANK1", "{\"status\":\"online\"," + until);
        fresh.send("PUT", path + "BANK2", "{\"status\":\"closed\",\"required\":true}");
        fresh.send("PUT", path + "NEWS", "{\"status\":\"disconnected\"}");
        assertEquals(List.of("BANK2 is closed"), missing("2025-12-31T00:00:00Z"));
        assertEquals(2, missing("2026-01-02T00:00:00Z").size());
    }

    private List<String> missing(final String time) {
        return api.market.view.read(now -> FeedStatus.missing(now, Instant.parse(time)));
    }

    @Test
    void shouldSayOfAStatusNothingButWhatTheEngineDoes() {
        final String path = "/v1/metadata/request-status/";
        final Reply wrong =
                fresh.send("PUT", path + "held", "{\"amendAllowed\":true,\"cancelAllowed\":1}");
        assertEquals(422, wrong.status(), wrong.body());
        assertEquals("/amendAllowed", wrong.text("/errors/0/pointer"));
        assertEquals("/cancelAllowed", wrong.text("/errors/1/pointer"));
        final String right = "{\"amendAllowed\":false,\"shownAs\":\"with the desk\"}";
        assertEquals(201, fresh.send("PUT", path + "held", right).status());
        assertTrue(operator.get(path + "held").body().contains(right));
        final String others = "{\"amendAllowed\":true}";
        assertEquals(201, fresh.send("PUT", path + "with-the-bank", others).status());
    }

    /** Where notifications go, and with which words in the address, is not for every reader. */
    @Test
    void shouldShowWhatTheApplianceKeepsForItselfToItsKeepersOnly() {
        final Call admin = api.as(Role.ADMIN).with("If-None-Match", "*");
        final String channel = "{\"type\":\"log\",\"target\":\"secret\"}";
        assertEquals(201, admin.put("/v1/notifications/desk", channel).status());
        for (final String path :
                List.of("channel", "channel/desk", "channel/desk/history", "schedule")) {
            assertEquals(403, api.as(Role.VIEWER).get("/v1/metadata/" + path).status(), path);
            assertEquals(403, api.as(Role.RISK).get("/v1/metadata/" + path).status(), path);
        }
        assertEquals(200, operator.get("/v1/metadata/channel/desk").status());
        assertEquals(200, api.as(Role.RISK).get("/v1/metadata/quarantine").status());
        final String events = "/v1/events?for=metadata";
        assertFalse(api.as(Role.VIEWER).get(events).body().contains("secret"));
        assertTrue(operator.get(events).body().contains("secret"));
        fresh.send("PUT", PATH, "{\"v\":1}");
        assertTrue(api.as(Role.VIEWER).get(events).body().contains("account/TEST00"));
    }

    @Test
    void shouldRefuseWhatIsNoObjectTooLargeOrOfNoKind() {
        assertEquals(400, fresh.send("PUT", PATH, "[1]").status());
        assertEquals(400, fresh.send("PUT", PATH, "{").status());
        assertEquals(
                413, operator.send("PUT", PATH, "{\"x\":\"" + "y".repeat(4_000) + "\"}").status());
        assertEquals(422, fresh.send("PUT", "/v1/metadata/start-of-day/day", "{}").status());
    }
}
