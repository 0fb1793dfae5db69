package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.VenueScript;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** What is published of each stage is what the engine does there. */
@Timeout(120)
class RequestStatusesApiTest {
    private static final String ORDER = "TEST00-0-";

    @Test
    void shouldPublishWhatEachStatusSupports() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Reply reply = api.as(Role.VIEWER).get("/v1/request-statuses");
            assertEquals(200, reply.status(), reply.body());
            final Map<String, String> allowed = new HashMap<>();
            for (final JsonNode item : reply.json().at("/items")) {
                allowed.put(item.at("/status").asText(), flags(item));
            }
            assertEquals(reply.json().at("/items").size(), allowed.size(), "each once");
            assertEquals("cancel", allowed.get("held"));
            assertEquals("cancel", allowed.get("queued"));
            assertEquals("cancel", allowed.get("pending_submission"));
            assertEquals("cancel", allowed.get("submitted"));
            assertEquals("amend cancel", allowed.get("accepted"));
            assertEquals("amend cancel", allowed.get("partially_filled"));
            for (final String end : new String[] {"filled", "cancelled", "rejected", "expired"}) {
                assertEquals("", allowed.get(end), end);
            }
            assertEquals(api.market.log.lastSequence(), reply.json().at("/sequence").asLong());
        }
    }

    private static String flags(final JsonNode stage) {
        return ((stage.at("/amendAllowed").asBoolean() ? "amend " : "")
                        + (stage.at("/cancelAllowed").asBoolean() ? "cancel" : ""))
                .strip();
    }

    @Test
    void shouldEnforceWhatItSaysOfAHeldRequest() {
        check("held", "cancel", RequestStatusesApiTest::held);
    }

    private static int held(final ApiOnMarket api) {
        final Reply rule =
                api.as(Role.RISK)
                        .with("If-None-Match", "*")
                        .put(
                                "/v1/authorisation-rules/1",
                                "{\"action\":\"hold\",\"account\":\"TEST00\","
                                        + "\"minQuantity\":\"50\"}");
        assertEquals(201, rule.status(), rule.body());
        return buy(api, 100);
    }

    @Test
    void shouldEnforceWhatItSaysOfAQueuedRequest() {
        check("queued", "cancel", RequestStatusesApiTest::queued);
    }

    private static int queued(final ApiOnMarket api) {
        final String path = "/v1/rates/session/TEST00";
        final Reply rate =
                api.as(Role.RISK)
                        .seen(path)
                        .put(path, "{\"mode\":\"queue\",\"perSecond\":1,\"burst\":1}");
        assertEquals(201, rate.status(), rate.body());
        buy(api, 10);
        return buy(api, 10);
    }

    @Test
    void shouldEnforceWhatItSaysOfAnOrderWithAnotherVenue() {
        final ToIntFunction<ApiOnMarket> submitted =
                api -> {
                    routed(api);
                    return buy(api, 30);
                };
        assertEquals("cancel", flags(submitted));
        assertFalse(isReplaced(submitted));
        assertFalse(isCancelRefused(submitted), "the venue is asked");
    }

    @Test
    void shouldNotOfferToAmendWhatTheVenueHasAccepted() {
        final ToIntFunction<ApiOnMarket> accepted =
                api -> {
                    final VenueScript venue = routed(api);
                    final int number = buy(api, 30);
                    venue.report('A', 1, 30, 0);
                    assertEquals("accepted", request(api, number).text("/status"));
                    return number;
                };
        assertEquals("cancel", flags(accepted), "less than other accepted orders");
        assertFalse(isReplaced(accepted));
    }

    private static VenueScript routed(final ApiOnMarket api) {
        final VenueScript venue = new VenueScript(api.market.log, "XALT");
        api.market.log.post(
                RoutingCommands.setRouting(
                        UUID.randomUUID(), "", "", 'C', "XALT", TimeUnit.SECONDS.toNanos(1)));
        return venue;
    }

    @Test
    void shouldEnforceWhatItSaysOfAnOpenOrder() {
        check("accepted", "amend cancel", api -> buy(api, 100));
        check("accepted", "amend cancel", api -> traded(api, 40));
    }

    @Test
    void shouldEnforceWhatItSaysOfAnOrderThatHasEnded() {
        check("accepted", "", api -> traded(api, 100));
        check("rejected", "", api -> api.market.enter(0, 'B', "SPDL", 10, 10_0001));
    }

    private static int traded(final ApiOnMarket api, final int quantity) {
        final int number = buy(api, 100);
        api.market.enter(2, 'S', "SPDL", quantity, 10_0000);
        return number;
    }

    private static int buy(final ApiOnMarket api, final int quantity) {
        return api.market.enter(0, 'B', "SPDL", quantity, 10_0000);
    }

    /**
     * @param status of the request then
     * @param flags what is said to be allowed, and has to be
     * @param bring enters the order that gets there, and returns its number
     */
    private static void check(
            final String status, final String flags, final ToIntFunction<ApiOnMarket> bring) {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Reply request = request(api, bring.applyAsInt(api));
            assertEquals(status, request.text("/status"), request.body());
            assertEquals(flags, flags(request.json()), status);
        }
        assertEquals(flags.contains("amend"), isReplaced(bring), status);
        assertEquals(!flags.contains("cancel"), isCancelRefused(bring), status);
        if (flags.contains("cancel")) {
            assertTrue(isCancelled(bring), status);
        }
    }

    private static Reply request(final ApiOnMarket api, final int number) {
        return api.as(Role.VIEWER).get("/v1/requests/" + ORDER + number);
    }

    private static String flags(final ToIntFunction<ApiOnMarket> bring) {
        try (ApiOnMarket api = new ApiOnMarket()) {
            return flags(request(api, bring.applyAsInt(api)).json());
        }
    }

    private static boolean isReplaced(final ToIntFunction<ApiOnMarket> bring) {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final int number = bring.applyAsInt(api);
            final int replacement = api.market.replace(0, number, 200, 9_0000);
            return request(api, replacement).text("/status").equals("accepted");
        }
    }

    private static boolean isCancelRefused(final ToIntFunction<ApiOnMarket> bring) {
        try (ApiOnMarket api = new ApiOnMarket()) {
            api.market.cancel(0, bring.applyAsInt(api), 0);
            final Reply refused = api.as(Role.VIEWER).get("/v1/events?event=cancel_refused");
            return refused.json().at("/items").size() > 0;
        }
    }

    private static boolean isCancelled(final ToIntFunction<ApiOnMarket> bring) {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final int number = bring.applyAsInt(api);
            api.market.cancel(0, number, 0);
            final Reply order = api.as(Role.VIEWER).get("/v1/orders/" + ORDER + number);
            return order.text("/status").equals("cancelled");
        }
    }
}
