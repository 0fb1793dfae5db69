package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every reading of the route table: the sequence that it names, and its past. */
@Timeout(120)
class ReadingsTest {
    /** What is not in the log, or has a range or a day instead, as docs/management.md says. */
    private static final Set<String> WITHOUT_PAST =
            Set.of(
                    "/asyncapi.json",
                    "/metrics",
                    "/openapi.json",
                    "/v1/audit",
                    "/v1/audit/calls",
                    "/v1/caller",
                    "/v1/dead-letters",
                    "/v1/event-audit",
                    "/v1/events",
                    "/v1/keys",
                    "/v1/latency",
                    "/v1/latency.hlog",
                    "/v1/nic",
                    "/v1/notifications",
                    "/v1/profile",
                    "/v1/proposals",
                    "/v1/proposals/{id}",
                    "/v1/reconciliation/results/{label}",
                    "/v1/reports/{kind}",
                    "/v1/snapshots",
                    "/v1/standby",
                    "/v1/start-of-day/reports/{date}/{label}",
                    "/v1/status",
                    "/v1/stream");

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("{account}", "TEST00"),
                    Map.entry("{date}", "2025-11-20"),
                    Map.entry("{id}", "TEST00-0-1"),
                    Map.entry("{key}", "TEST00"),
                    Map.entry("{label}", "cash.BANK1"),
                    Map.entry("{matchNumber}", "1"),
                    Map.entry("{name}", "TEST00"),
                    Map.entry("{number}", "1"),
                    Map.entry("{schedule}", "1"),
                    Map.entry("{scope}", "account"),
                    Map.entry("{session}", "TEST00"),
                    Map.entry("{source}", "BANK1"),
                    Map.entry("{symbol}", "SPDL"),
                    Map.entry("{venue}", "VENU"));

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call admin = api.as(Role.ADMIN);
    private final List<Route> routes = new Api(api.market.context()).routes();

    @AfterEach
    void stop() {
        api.close();
    }

    private List<Route> readings() {
        return routes.stream().filter(route -> !route.isWrite() && !route.isOpen()).toList();
    }

    private static String path(final Route route) {
        String path = route.path();
        for (final Map.Entry<String, String> name : NAMES.entrySet()) {
            path = path.replace(name.getKey(), name.getValue());
        }
        return switch (route.path()) {
            case "/v1/limits" -> path + "?scope=system";
            case "/v1/reports/{kind}" -> "/v1/reports/trades?date=2025-11-20";
            default -> path.replace("{kind}", "account");
        };
    }

    private static String sequence(final Reply reply) {
        return reply.response().headers().firstValue("Sequence").orElse("none");
    }

    @Test
    void shouldNameTheSequenceOfEveryReading() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long last = api.market.log.lastSequence();
        api.market.stored(last);
        for (final Route route : readings()) {
            final Reply reply = admin.get(path(route));
            assertTrue(reply.status() <= 404, route.path() + " " + reply.body());
            assertEquals(Long.toString(last), sequence(reply), route.path());
        }
    }

    @Test
    void shouldReadEverythingInTheLogAsItWas() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long then = api.market.log.lastSequence();
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Set<String> refused = new TreeSet<>();
        for (final Route route : readings()) {
            final String path = path(route);
            final Reply reply = admin.get(path + (path.contains("?") ? "&" : "?") + "asAt=" + then);
            if (reply.status() == 422) {
                assertEquals("asAt", reply.text("/errors/0/pointer"), route.path());
                refused.add(route.path());
            } else {
                assertTrue(reply.status() <= 404, route.path() + " " + reply.body());
                assertEquals(Long.toString(then), sequence(reply), route.path());
            }
        }
        assertEquals(new TreeSet<>(WITHOUT_PAST), refused);
    }

    @Test
    void shouldDescribeBoth() throws IOException {
        final JsonNode paths = Json.MAPPER.readTree(Description.of(routes)).path("paths");
        for (final Route route : readings()) {
            final JsonNode operation = paths.path(route.path()).path("get");
            assertFalse(
                    operation.at("/responses/200/headers/Sequence").isMissingNode(), route.path());
            assertEquals(
                    !WITHOUT_PAST.contains(route.path()),
                    operation.path("parameters").findValuesAsText("name").contains("asAt"),
                    route.path());
        }
    }
}
