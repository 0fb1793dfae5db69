package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

@Timeout(60)
class CallerApiTest {
    /** As the document says, too. */
    @Test
    void shouldNameTheRoutesThatARoleMayUseAndNoOther() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final JsonNode paths = api.as(Role.ADMIN).get("/openapi.json").json().path("paths");
            for (final Role role : Role.all()) {
                final String label = role.name().toLowerCase(Locale.ROOT);
                final Reply caller = api.as(role).get("/v1/caller");
                assertEquals(role.name(), caller.text("/name"));
                assertEquals("[\"" + label + "\"]", caller.json().path("roles").toString());
                assertEquals("[]", caller.json().path("owners").toString());
                assertEquals(described(paths, label), new TreeSet<>(routes(caller)), label);
            }
        }
    }

    private static TreeSet<String> described(final JsonNode paths, final String role) {
        final TreeSet<String> routes = new TreeSet<>();
        paths.properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                it -> {
                                                    if (it.getValue()
                                                            .path("x-roles")
                                                            .toString()
                                                            .contains('"' + role + '"')) {
                                                        routes.add(
                                                                it.getKey().toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey());
                                                    }
                                                }));
        return routes;
    }

    @Test
    void shouldKeepWhatIsTheWholeMarketsFromWhoIsBoundToAFirm() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Reply made =
                    api.as(Role.ADMIN)
                            .post(
                                    "/v1/keys",
                                    "{\"name\":\"foes\",\"roles\":[\"operator\"],"
                                            + "\"owners\":[\"FOES\"],\"reason\":\"r\"}");
            final Call foes = api.as(made.text("/key"));
            final Reply caller = foes.get("/v1/caller");
            assertEquals("[\"FOES\"]", caller.json().path("owners").toString(), caller.body());
            assertTrue(routes(caller).contains("POST /v1/tickets"), caller.body());
            assertFalse(routes(caller).contains("POST /v1/start-of-day"), caller.body());
            assertEquals(403, foes.post("/v1/start-of-day", "{}").status());
            assertEquals(401, api.as("guess").get("/v1/caller").status());
        }
    }

    private static List<String> routes(final Reply caller) {
        final List<String> routes = new ArrayList<>();
        caller.json().path("routes").forEach(route -> routes.add(route.asText()));
        return routes;
    }
}
