package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.api.ApiDocument.Operation;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every problem that the document promises of a route, called forth at that route; what is left out
 * is left out for a reason.
 */
@Timeout(600)
class RouteProblemsTest {
    /** Parameters of paths that lead nowhere. */
    private static final Map<String, String> UNKNOWN =
            Map.ofEntries(
                    Map.entry("symbol", "NONE"),
                    Map.entry("account", "NOBODY"),
                    Map.entry("session", "NOBODY"),
                    Map.entry("scope", "session"),
                    Map.entry("name", "NOBODY"),
                    Map.entry("id", "TEST00-255-999"),
                    Map.entry("number", "9"),
                    Map.entry("kind", "account"),
                    Map.entry("key", "none"),
                    Map.entry("venue", "NONE"),
                    Map.entry("matchNumber", "999999"),
                    Map.entry("date", "2025-11-20"),
                    Map.entry("label", "cash.NONE"));

    private static final String UTF_16 = "application/json; charset=utf-16";
    private static final String DECISION = "{\"decision\":\"reject\",\"reason\":\"r\"}";
    private static final String ACCOUNT = "{\"account\":\"TEST00\",\"firm\":\"TEST\"}";
    private static final String SESSION =
            "{\"session\":\"TEST00\",\"firm\":\"X\",\"account\":\"X\",\"password\":\"p\"}";
    private static final String SIGN_OFF = "/v1/start-of-day/sign-off";
    private static final String SIGNATURE = "{\"acceptQuarantine\":false,\"reason\":\"r\"}";
    private static final String CASH =
            "HEADER,cash,BANK1,2026-11-21\naccount,currency,balance\n"
                    + "TEST00,USD,1.00\nTRAILER,1,USD=1.00\n";

    /** Route, target and body of calls that are wrong in ways of their own, and of those before. */
    private static final List<List<String>> CALLS =
            List.of(
                    List.of(
                            "POST /v1/tickets",
                            "/v1/tickets",
                            "{\"session\":\"TEST00\",\"side\":\"buy\",\"symbol\":\"SPDL\","
                                    + "\"quantity\":\"1\",\"price\":\"10.0000\"}"),
                    List.of("PUT /v1/tickets/{id}", "/v1/tickets/TEST00-255-1", "{"),
                    List.of("GET /v1/limits", "/v1/limits?scope=account&name=NOBODY", ""),
                    List.of("GET /v1/routing/{scope}/{name}", "/v1/routing/account/NOBODY", ""),
                    List.of("GET /v1/reports/{kind}", "/v1/reports/nothing", ""),
                    List.of("POST /v1/proposals/{id}", "/v1/proposals/none", DECISION),
                    List.of("DELETE /v1/quarantine/{key}", "/v1/quarantine/none?reason=r", ""),
                    List.of(
                            "POST /v1/kill-switch/preview",
                            "/v1/kill-switch/preview",
                            "{\"scope\":\"session\",\"name\":\"NOBODY\"}"),
                    List.of(
                            "POST /v1/balances",
                            "/v1/balances",
                            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"1\","
                                    + "\"expectedBalance\":\"1\"}"),
                    List.of(
                            "POST /v1/keys",
                            "/v1/keys",
                            "{\"name\":\"admin\",\"roles\":[\"viewer\"],\"reason\":\"r\"}"),
                    List.of("PUT /v1/feeds/{source}", "/v1/feeds/BANK1", "{\"reason\":\"r\"}"),
                    List.of(
                            "POST /v1/feeds/{source}/updates",
                            "/v1/feeds/BANK1/updates",
                            "{\"updates\":[{\"position\":5,\"account\":\"TEST00\","
                                    + "\"currency\":\"USD\",\"amount\":\"1\"}]}"),
                    List.of("POST /v1/start-of-day/files", "/v1/start-of-day/files", CASH),
                    List.of("POST /v1/start-of-day/sign-off", SIGN_OFF, SIGNATURE),
                    List.of(
                            "POST /v1/start-of-day",
                            "/v1/start-of-day",
                            "{\"date\":\"2026-11-21\",\"reason\":\"r\"}"),
                    List.of("POST /v1/start-of-day/sign-off", SIGN_OFF, SIGNATURE),
                    List.of("POST /v1/start-of-day/sign-off", SIGN_OFF, SIGNATURE),
                    List.of(
                            "POST /v1/start-of-day",
                            "/v1/start-of-day",
                            "{\"date\":\"2026-11-20\",\"reason\":\"r\"}"));

    /** Route, target and body of changes that only who has seen what is there may make. */
    private static final List<List<String>> CHANGES =
            List.of(
                    List.of(
                            "PUT /v1/fees/{schedule}",
                            "/v1/fees/7",
                            "{\"makerPpm\":-100,\"takerPpm\":300}"),
                    List.of(
                            "PUT /v1/accounts/{account}/fees",
                            "/v1/accounts/TEST00/fees",
                            "{\"schedule\":7}"),
                    List.of(
                            "PUT /v1/authorisation-rules/{number}",
                            "/v1/authorisation-rules/1",
                            "{\"action\":\"hold\"}"),
                    List.of("POST /v1/accounts", "/v1/accounts", ACCOUNT),
                    List.of("POST /v1/sessions", "/v1/sessions", SESSION),
                    List.of(
                            "PUT /v1/rates/{scope}/{name}",
                            "/v1/rates/session/TEST00",
                            "{\"mode\":\"reject\",\"perSecond\":1,\"burst\":2}"),
                    List.of(
                            "PUT /v1/venues/{venue}",
                            "/v1/venues/XALT",
                            "{\"enabled\":true,\"perSecond\":1,\"burst\":1,\"timeoutMs\":20}"),
                    List.of(
                            "PUT /v1/routing/{scope}/{name}",
                            "/v1/routing/account/TEST00",
                            "{\"strategy\":\"configured\",\"venue\":\"XALT\",\"maxAgeMs\":500}"),
                    List.of(
                            "PUT /v1/limits",
                            "/v1/limits",
                            "{\"scope\":\"system\",\"openOrders\":\"5\"}"),
                    List.of(
                            "PUT /v1/instruments/{symbol}/risk",
                            "/v1/instruments/SPDL/risk",
                            "{\"bandBps\":2000,\"marginBps\":0,\"settlementDays\":2}"),
                    List.of(
                            "PUT /v1/instruments/{symbol}/reference-price",
                            "/v1/instruments/SPDL/reference-price",
                            "{\"price\":\"10.00\"}"),
                    List.of(
                            "PUT /v1/instruments/{symbol}/linked",
                            "/v1/instruments/SPDL/linked",
                            "{\"other\":\"BTC\"}"),
                    List.of(
                            "PUT /v1/sessions/{session}/grace",
                            "/v1/sessions/TEST00/grace",
                            "{\"disconnectGraceMs\":1000}"),
                    List.of("PUT /v1/metadata/{kind}/{key}", "/v1/metadata/account/A", "{\"v\":1}"),
                    List.of("DELETE /v1/metadata/{kind}/{key}", "/v1/metadata/account/A", ""),
                    List.of(
                            "PUT /v1/calendars/{name}",
                            "/v1/calendars/week",
                            "{\"zone\":\"UTC\",\"weekdays\":[\"monday\"],\"specialDays\":[],"
                                    + "\"phases\":[{\"at\":\"09:00\",\"state\":\"trading\"},"
                                    + "{\"at\":\"17:00\",\"state\":\"closed\"}]}"),
                    List.of("DELETE /v1/calendars/{name}", "/v1/calendars/week", ""),
                    List.of(
                            "PUT /v1/notifications/{name}",
                            "/v1/notifications/desk",
                            "{\"type\":\"log\",\"target\":\"desk\"}"),
                    List.of("DELETE /v1/notifications/{name}", "/v1/notifications/desk", ""),
                    List.of("PUT /v1/report-retention", "/v1/report-retention", "{\"days\":9}"),
                    List.of(
                            "PUT /v1/reconciliation/schedule",
                            "/v1/reconciliation/schedule",
                            "{\"everySeconds\":3600,\"settle\":false,\"reason\":\"r\"}"),
                    List.of(
                            "PUT /v1/start-of-day/gate",
                            "/v1/start-of-day/gate",
                            "{\"required\":true,\"reason\":\"r\"}"));

    /** Whose 409 is not only that of a key which is used twice. */
    private static final Set<String> CONFLICTS =
            Set.of(
                    "POST /v1/balances",
                    "POST /v1/keys",
                    "POST /v1/feeds/{source}/updates",
                    "POST /v1/start-of-day",
                    "POST /v1/start-of-day/files",
                    "POST /v1/start-of-day/sign-off",
                    "POST /v1/reconciliation",
                    "POST /v1/dead-letters/{id}",
                    "PUT /v1/tickets/{id}");

    /** What nothing here calls forth, and why. */
    private static final Map<String, String> LEFT_OUT =
            Map.ofEntries(
                    Map.entry("GET /livez 503", "a process that is not well: LoopWatchTest"),
                    Map.entry("GET /v1/reports/{kind} 503", "a database that is away: ReportsApi"),
                    Map.entry("POST /v1/dead-letters/{id} 409", "a post office down: DeliveryTest"),
                    Map.entry("PUT /v1/tickets/{id} 409", "a race that the order has to lose"),
                    Map.entry("POST /v1/reconciliation 409", "old fills: ReconciliationApiTest"),
                    Map.entry("POST /v1/proposals/{id} 412", "a proposal: SecondPersonTest"),
                    Map.entry(
                            "POST /v1/instruments/{symbol}/state 412",
                            "a race between a look and the engine"));

    private final Set<String> seen = new TreeSet<>();

    @Test
    void shouldCallForthEveryProblemOfEveryRoute() throws IOException {
        final List<Operation> operations;
        try (ApiOnMarket api = open(1_000_000)) {
            operations = ApiDocument.of(api).all();
            for (final Operation operation : operations) {
                if (!operation.isOpen()) {
                    anywhere(api, operation);
                }
            }
            final Call admin = api.as(Role.ADMIN);
            CALLS.forEach(call -> send(admin, call.get(0), call.get(1), call.get(2)));
            CHANGES.forEach(change -> unseen(admin, change.get(0), change.get(1), change.get(2)));
        }
        tooOften(operations);
        whenNothingWorks(operations);
        final Set<String> silent = new TreeSet<>();
        final Set<String> promised = new TreeSet<>();
        for (final Operation operation : operations) {
            for (final ProblemCode code : ProblemCode.values()) {
                final String problem = route(operation) + " " + code.status;
                if (operation.promises(code.status)) {
                    promised.add(problem);
                    if (!seen.contains(problem) && !isCommon(operation, code.status)) {
                        silent.add(problem);
                    }
                }
            }
        }
        silent.removeAll(LEFT_OUT.keySet());
        assertEquals(Set.of(), silent);
        assertTrue(promised.containsAll(LEFT_OUT.keySet()), LEFT_OUT.keySet() + " " + promised);
    }

    /** The same for all of its kind, and called forth where it is said. */
    private static boolean isCommon(final Operation operation, final int status) {
        return switch (status) {
            case 500 -> true; // a fault of ours: ProblemCatalogueTest
            case 403 -> operation.described().path("x-roles").size() == Role.all().size();
            case 400 -> !operation.described().at("/requestBody/content").has("application/json");
            case 409, 504 -> // a key twice, a silent engine: ProblemCatalogueTest, RetriesTest
                    status == 504 || !CONFLICTS.contains(route(operation));
            case 410 -> // what memory or the log has lost: ForgottenTest, EventsApiTest
                    !operation.parameters("query").contains("pageToken");
            case 503 -> // what waits for no disk answers without one: AuditApiTest
                    List.of(
                                    "/v1/kill-switch",
                                    "/v1/kill-switch/preview",
                                    "/v1/mass-cancel",
                                    "/v1/instruments/{symbol}/state")
                            .contains(operation.path());
            default -> false;
        };
    }

    private static ApiOnMarket open(final int callsPerSecond) {
        return new ApiOnMarket(
                new ApiEndpoint("127.0.0.1", 0, null, callsPerSecond), Authenticator.NOBODY);
    }

    private static String route(final Operation operation) {
        return operation.method() + " " + operation.path();
    }

    private void send(final Call call, final String route, final String target, final String body) {
        final String method = route.substring(0, route.indexOf(' '));
        final String sent = body == null || body.isEmpty() ? null : body;
        int status;
        try {
            status = call.send(method, target, sent).status();
        } catch (final AssertionError ended) { // with a body that was too large for the last call
            status = call.send(method, target, sent).status();
        }
        seen.add(route + " " + status);
    }

    /** By strangers, by every role, with what is known nowhere, with too little and too much. */
    private void anywhere(final ApiOnMarket api, final Operation operation) {
        final String route = route(operation);
        final String target = operation.examplePath();
        final String body = operation.example();
        final Call admin = api.as(Role.ADMIN);
        send(new Call(api.port()), route, target, body);
        for (final Role role : Role.all()) {
            send(api.as(role), route, target + "?unknown=1", body);
        }
        send(api.as("foe"), route, target + "?unknown=1", body);
        if (operation.hasBody()) {
            send(admin, route, target, "{");
        }
        if (!operation.isRead()) {
            send(admin, route, target, "x".repeat(5 << 20));
            send(admin.with("Content-Type", UTF_16), route, target, body);
        }
        if (operation.parameters("query").contains("pageToken")) {
            send(admin, route, target + "?pageToken=stale", null);
        }
        if (operation.promises(404)) {
            String nowhere = operation.path();
            for (final Map.Entry<String, String> unknown : UNKNOWN.entrySet()) {
                nowhere = nowhere.replace("{" + unknown.getKey() + "}", unknown.getValue());
            }
            send(admin, route, nowhere, body);
        }
    }

    /** A change of what is there, made first so that there is something, by who has not looked. */
    private void unseen(
            final Call admin, final String route, final String target, final String body) {
        if (route.startsWith("PUT ")) {
            send(admin.with("If-None-Match", "*"), route, target, body);
        }
        send(admin, route, target, body);
        send(admin.with("If-Match", "\"old\""), route, target, body);
    }

    private void tooOften(final List<Operation> operations) {
        try (ApiOnMarket api = open(1)) {
            for (final Operation operation : operations) {
                final String route = route(operation);
                final String limited = route + " " + ProblemCode.TOO_MANY.status;
                for (int i = 0; i < 200 && !seen.contains(limited); i++) {
                    send(api.as(Role.ADMIN), route, operation.examplePath() + "?unknown=1", null);
                }
            }
        }
    }

    /** With an audit that cannot be written, and a market that is not ready. */
    private void whenNothingWorks(final List<Operation> operations) throws IOException {
        final Market market = new Market();
        final ApiContext context =
                market.context(
                        () -> List.of(new HealthApi.Check("order port", false, "closed")),
                        () -> "");
        market.audit.close();
        try (ApiOnMarket api = new ApiOnMarket(market, context)) {
            final Call admin = api.as(Role.ADMIN);
            send(admin, "GET /readyz", "/readyz", null);
            for (final Operation operation : operations) {
                if (!operation.isRead()) {
                    send(admin, route(operation), operation.examplePath(), operation.example());
                }
            }
        }
    }
}
