package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.model.Times;
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

/** How feeds are, and that whoever reports is online. */
@Timeout(60)
class FeedsApiTest {
    private static final String ENTRY = "/v1/metadata/feed/BANK1";
    private static final String UPDATES = "/v1/feeds/BANK1/updates";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private void report(final int position) {
        final Reply reply =
                operator.post(
                        UPDATES,
                        "{\"updates\":[{\"position\":%d,\"account\":\"TEST00\",".formatted(position)
                                + "\"currency\":\"USD\",\"amount\":\"1\"}]}");
        assertEquals(200, reply.status(), reply.body());
    }

    private JsonNode feed() {
        final Reply reply = api.as(Role.VIEWER).get("/v1/feeds");
        assertEquals(200, reply.status(), reply.body());
        assertEquals(1, reply.json().path("items").size(), reply.body());
        return reply.json().at("/items/0");
    }

    private void describe(final String attributes) {
        final Reply reply = operator.with("If-None-Match", "*").put(ENTRY, attributes);
        assertEquals(201, reply.status(), reply.body());
    }

    @Test
    void shouldListNothingWhereThereIsNoFeed() {
        assertTrue(operator.get("/v1/feeds").json().path("items").isEmpty());
    }

    @Test
    void shouldTakeASourceThatReportsForOnline() {
        report(1);
        final long booked = api.market.log.lastSequence();
        final JsonNode feed = feed();
        assertEquals("BANK1", feed.path("source").asText());
        assertEquals("online", feed.path("status").asText());
        final Instant expires = Instant.parse(feed.path("expiresAt").asText());
        assertTrue(expires.isAfter(Instant.now().plusSeconds(200)), feed.toString());
        assertTrue(expires.isBefore(Instant.now().plusSeconds(301)), feed.toString());
        assertTrue(feed.path("open").asBoolean());
        assertEquals(1, feed.path("position").asLong());
        assertFalse(feed.path("required").asBoolean());
        assertEquals(
                Times.text(api.market.log.timeNs(booked - 1)), feed.path("updatedAt").asText());
        assertEquals(404, operator.get(ENTRY).status(), "nobody has described it");
        report(1);
        assertEquals(booked, api.market.log.lastSequence(), "nothing new to say");
    }

    @Test
    void shouldBringBackARequiredFeedAndKeepWhatElseIsSaidOfIt() {
        describe(
                "{\"status\":\"disconnected\",\"required\":true,\"validSeconds\":3600,"
                        + "\"bank\":{\"bic\":\"X\"}}");
        assertEquals("BANK1 is disconnected", feed().path("trouble").asText());
        report(1);
        final JsonNode feed = feed();
        assertTrue(feed.path("trouble").isMissingNode(), feed.toString());
        final Instant expires = Instant.parse(feed.path("expiresAt").asText());
        assertTrue(expires.isAfter(Instant.now().plusSeconds(3_000)), feed.toString());
        final Reply entry = operator.get(ENTRY);
        assertEquals("X", entry.text("/attributes/bank/bic"));
        assertEquals("true", entry.text("/attributes/required"));
        assertEquals("disconnected", entry.text("/attributes/status"), "as somebody wrote it");
        assertEquals(1, operator.get(ENTRY + "/history").json().path("items").size());
    }

    @Test
    void shouldLeaveAFeedOnlineThatIsSoForGood() {
        describe("{\"status\":\"online\",\"required\":true}");
        final long described = api.market.log.lastSequence();
        report(1);
        final JsonNode feed = feed();
        assertEquals("online", feed.path("status").asText());
        assertTrue(feed.path("expiresAt").isMissingNode(), feed.toString());
        assertEquals(described + 2, api.market.log.lastSequence(), "the cash and the position");
        final Instant later = Instant.now().plusSeconds(3_600);
        assertEquals(List.of(), api.market.view.read(now -> FeedStatus.missing(now, later)));
    }

    @Test
    void shouldBelieveWhoClosesAFeedUntilItReportsAgain() {
        report(1);
        describe("{\"status\":\"closed\",\"required\":true}");
        assertEquals("closed", feed().path("status").asText());
        assertEquals("BANK1 is closed", feed().path("trouble").asText());
        report(2);
        assertEquals("online", feed().path("status").asText());
        assertTrue(feed().path("trouble").isMissingNode());
    }

    @Test
    void shouldNotBelieveAFeedForAShorterTime() {
        describe("{\"status\":\"closed\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}");
        report(1);
        assertEquals("online", feed().path("status").asText());
        assertEquals("2999-01-01T00:00:00Z", feed().path("expiresAt").asText());
    }
}
