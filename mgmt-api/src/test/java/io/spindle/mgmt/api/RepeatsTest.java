package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Every write of the route table: that it is done once, and by whom it may be overwritten. */
@Timeout(120)
class RepeatsTest {
    /** The answer is a secret that is kept nowhere; nothing is written. */
    private static final Set<String> WITHOUT_KEY =
            Set.of("POST /v1/keys", "POST /v1/kill-switch/preview");

    /** They end or open something, and overwrite no configuration. */
    private static final Set<String> WITHOUT_VERSION =
            Set.of(
                    "DELETE /v1/algorithms/{id}",
                    "DELETE /v1/instruments/{symbol}",
                    "DELETE /v1/keys/{id}",
                    "DELETE /v1/orders/{id}",
                    "DELETE /v1/quarantine/{key}",
                    "PUT /v1/feeds/{source}",
                    "PUT /v1/tickets/{id}");

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call admin = api.as(Role.ADMIN);
    private final List<Route> routes = new Api(api.market.context()).routes();

    @AfterEach
    void stop() {
        api.close();
    }

    /** Writes whose description does not name a header. */
    private Set<String> without(final String header, final Set<String> methods) throws IOException {
        final JsonNode paths = Json.MAPPER.readTree(Description.of(routes)).path("paths");
        final Set<String> found = new TreeSet<>();
        for (final Route route : routes) {
            final String method = route.method().name();
            final JsonNode operation =
                    paths.path(route.path()).path(method.toLowerCase(Locale.ROOT));
            if (methods.contains(method)
                    && !operation.path("parameters").findValuesAsText("name").contains(header)) {
                found.add(method + " " + route.path());
            }
        }
        return found;
    }

    @Test
    void shouldDoEveryWriteOnceOrSayWhyNot() throws IOException {
        assertEquals(
                new TreeSet<>(WITHOUT_KEY),
                without("Idempotency-Key", Set.of("POST", "PUT", "PATCH", "DELETE")));
    }

    @Test
    void shouldOverwriteOnlyWhatWasSeenOrSayWhyNot() throws IOException {
        assertEquals(
                new TreeSet<>(WITHOUT_VERSION),
                without("If-Match", Set.of("PUT", "PATCH", "DELETE")));
    }

    @Test
    void shouldLookAtTheKeyOfWhatIsNoCommand() {
        final Call keyed = admin.with("Idempotency-Key", "k".repeat(256));
        final List<Route> marked = routes.stream().filter(Route::isOnce).toList();
        assertFalse(marked.isEmpty());
        for (final Route route : marked) {
            final String path = route.path().replaceAll("\\{[^}]*}", "SPDL");
            final Reply reply = keyed.send(route.method().name(), path, "{}");
            assertEquals(422, reply.status(), path);
            assertEquals("Idempotency-Key", reply.text("/errors/0/pointer"), path);
        }
    }

    @Test
    void shouldGiveARepeatTheFirstAnswer() {
        final String path = "/v1/feeds/BANK1/updates";
        final String body =
                "{\"updates\":[{\"position\":1,\"account\":\"TEST00\",\"currency\":\"USD\","
                        + "\"amount\":\"5\"}]}";
        final Call keyed = admin.with("Idempotency-Key", "first");
        final Reply first = keyed.post(path, body);
        assertEquals("NONE", first.text("/outcomes/0/code"), first.body());
        final long done = api.market.log.lastSequence();
        assertEquals(first.body(), keyed.post(path, body).body());
        assertEquals(done, api.market.log.lastSequence());
        assertEquals("KEY_REUSED", keyed.post(path, body.replace("5", "6")).text("/code"));
        assertEquals(
                0, admin.post(path, body).json().path("outcomes").size(), "another call, done");
    }

    @Test
    void shouldTellCallsApartByTheirParameters() {
        final String path = "/v1/reconciliation?name=";
        final String file =
                "HEADER,orders,VENUE,2025-11-20\norder,account,symbol,side,price,quantity\n"
                        + "TRAILER,0\n";
        final Call keyed = admin.with("Idempotency-Key", "compare");
        final Reply first = keyed.post(path + "one", file);
        assertEquals(200, first.status(), first.body());
        assertEquals(first.body(), keyed.post(path + "one", file).body());
        assertEquals("KEY_REUSED", keyed.post(path + "two", file).text("/code"));
    }

    @Test
    void shouldTryWhatWasRefusedAnew() {
        final Call keyed = admin.with("Idempotency-Key", "day");
        final String path = "/v1/start-of-day/sign-off";
        final String body = "{\"reason\":\"agreed\"}";
        assertEquals(409, keyed.post(path, body).status());
        assertEquals(
                201,
                admin.post("/v1/start-of-day", "{\"date\":\"2026-11-21\",\"reason\":\"r\"}")
                        .status());
        final Reply signed = keyed.post(path, body);
        assertEquals(201, signed.status(), signed.body());
        assertEquals(signed.body(), keyed.post(path, body).body());
    }
}
