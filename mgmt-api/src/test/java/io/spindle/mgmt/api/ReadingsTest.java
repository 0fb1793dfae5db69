package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.MemoryLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final String TWAP =
            "{\"session\":\"TEST00\",\"kind\":\"twap\",\"side\":\"buy\",\"symbol\":\"SPDL\","
                    + "\"quantity\":\"100\",\"price\":\"8.00\",\"intervalMs\":1000,\"slices\":4}";

    /** By path, with a digit that changes. */
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry(
                            "/v1/authorisation-rules/1",
                            "{\"action\":\"hold\",\"account\":\"FOES00\",\"minQuantity\":\"%d\"}"),
                    Map.entry(
                            "/v1/venues/VENU",
                            "{\"enabled\":true,\"perSecond\":%d,\"burst\":1,\"timeoutMs\":20}"),
                    Map.entry(
                            "/v1/calendars/desk",
                            "{\"zone\":\"UTC\",\"weekdays\":[\"monday\"],\"specialDays\":[],"
                                    + "\"phases\":[{\"at\":\"0%d:00\",\"state\":\"trading\"},"
                                    + "{\"at\":\"17:00\",\"state\":\"closed\"}]}"),
                    Map.entry("/v1/notifications/desk", "{\"type\":\"log\",\"target\":\"desk%d\"}"),
                    Map.entry("/v1/metadata/account/TEST00", "{\"v\":%d}"),
                    Map.entry("/v1/fees/1", "{\"makerPpm\":%d,\"takerPpm\":300}"),
                    Map.entry("/v1/accounts/TEST00/fees", "{\"schedule\":%d}"),
                    Map.entry(
                            "/v1/rates/account/TEST00",
                            "{\"mode\":\"reject\",\"perSecond\":100%d,\"burst\":1000}"),
                    Map.entry("/v1/sessions/TEST00/grace", "{\"disconnectGraceMs\":%d}"),
                    Map.entry("/v1/report-retention", "{\"days\":%d}"),
                    Map.entry(
                            "/v1/reconciliation/schedule",
                            "{\"everySeconds\":360%d,\"settle\":false}"));

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
            case "/v1/algorithms/{id}" -> "/v1/algorithms/TEST00-254-1";
            case "/v1/limits" -> path + "?scope=system";
            case "/v1/calendars/{name}" -> "/v1/calendars/desk";
            case "/v1/calendars/{name}/days" -> "/v1/calendars/desk/days";
            case "/v1/notifications/{name}" -> "/v1/notifications/desk";
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
        change(1);
        final long then = api.market.log.lastSequence();
        final Map<String, String> before = readAsAt(then);
        change(2);
        assertEquals(before, readAsAt(then));
    }

    /** Days are told from that one on. */
    @Test
    void shouldTellTheDaysAheadFromThatMomentOn() {
        change(1);
        final long then = api.market.log.lastSequence();
        final Reply days = admin.get("/v1/calendars/desk/days?asAt=" + then);
        assertEquals(
                LocalDate.ofInstant(Instant.ofEpochSecond(0, MemoryLog.START_NS), ZoneOffset.UTC)
                        .toString(),
                days.text("/items/0/date"),
                days.body());
    }

    /** By path, of everything that has a past; what it says of the wall clock is left out. */
    private Map<String, String> readAsAt(final long then) {
        final Map<String, String> bodies = new TreeMap<>();
        final Set<String> refused = new TreeSet<>();
        for (final Route route : readings()) {
            final String path = path(route);
            final Reply reply = admin.get(path + (path.contains("?") ? "&" : "?") + "asAt=" + then);
            if (reply.status() == 422) {
                assertEquals("asAt", reply.text("/errors/0/pointer"), route.path());
                refused.add(route.path());
            } else {
                assertEquals(200, reply.status(), route.path() + " " + reply.body());
                assertEquals(Long.toString(then), sequence(reply), route.path());
                bodies.put(route.path(), reply.body().replaceAll("\"ageMs\":[0-9]+", ""));
            }
        }
        assertEquals(new TreeSet<>(WITHOUT_PAST), refused);
        return bodies;
    }

    /** So that there is something to read of each kind, and another thing each time. */
    private void change(final int time) {
        api.market.enter(0, 'B', "SPDL", 100, 9_0000);
        api.market.enter(1, 'S', "SPDL", 10 * time, 9_0000);
        final Reply started = admin.post("/v1/algorithms", TWAP);
        assertEquals(201, started.status(), started.body());
        for (final Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            final String path = setting.getKey();
            final boolean isThere = admin.get(path).status() == 200;
            final Call call = isThere ? admin.seen(path) : admin.with("If-None-Match", "*");
            final Reply reply = call.put(path, setting.getValue().formatted(time));
            assertTrue(reply.status() < 300, path + " " + reply.body());
        }
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
