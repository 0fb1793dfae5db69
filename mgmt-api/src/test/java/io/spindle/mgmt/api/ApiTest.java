package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The API over HTTP, on a market in memory. */
@Timeout(60)
class ApiTest {
    private static final String NEW_INSTRUMENT =
            """
            {"symbol":"ROTR","currency":"USD","tickSize":"0.01","lotSize":"1",
             "minQuantity":"1","maxQuantity":"1000","maxPrice":"5000"}""";

    private final Market market = new Market();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private ApiServer server;
    private Call anyone;
    private Call admin;

    @BeforeEach
    void start() {
        final ApiKeys keys = new ApiKeys();
        keys.add("root", new Principal("admin", Set.of(Role.ADMIN), Set.of()));
        keys.add("foe", new Principal("foe", Set.of(Role.VIEWER), Set.of("FOES")));
        final Api api =
                new Api(
                        market.context(
                                () ->
                                        List.of(
                                                new HealthApi.Check(
                                                        "order port", open.get(), "a detail")),
                                () -> "spindle_up 1\n"));
        server = ApiServer.start(ApiEndpoint.plain("127.0.0.1", 0), keys, api);
        anyone = new Call(server.port());
        admin = anyone.as("root");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldShowTheBookInItsAgreedShape() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(0, 'S', "SPDL", 7, 10_0100);
        assertEquals(
                """
                {"symbol":"SPDL","sequence":%d,\
                "bids":[{"price":"10.0000","quantity":"100","orders":1}],\
                "asks":[{"price":"10.0100","quantity":"7","orders":1}]}"""
                        .formatted(market.log.lastSequence()),
                admin.get("/v1/book/SPDL").body());
    }

    @Test
    void shouldCarryEightDecimalsAndFractionsOfLots() {
        market.enter(0, 'B', "BTC", 1, 1);
        final Reply book = admin.get("/v1/book/BTC");
        assertEquals("0.00000001", book.text("/bids/0/price"));
        assertEquals("0.000001", book.text("/bids/0/quantity"));
    }

    @Test
    void shouldCutTheBookToTheLevelsAskedFor() {
        market.enter(0, 'B', "SPDL", 1, 9_9800);
        market.enter(0, 'B', "SPDL", 1, 9_9900);
        assertEquals(1, admin.get("/v1/book/SPDL?levels=1").json().at("/bids").size());
        assertEquals(422, admin.get("/v1/book/SPDL?levels=0").status());
        assertEquals(422, admin.get("/v1/book/SPDL?levels=x").status());
    }

    @Test
    void shouldFilterOrdersByEachFieldAndAllTogether() {
        market.enter(0, 'B', "SPDL", 1, 9_9800);
        market.enter(1, 'S', "SPDL", 1, 10_0000);
        market.enter(2, 'B', "BTC", 1, 5);
        market.enter(0, 'B', "SPDL", 1, 9_9800, '3');
        assertEquals(4, count("/v1/orders"));
        assertEquals(3, count("/v1/orders?onlyActive=true"));
        assertEquals(3, count("/v1/orders?symbol=SPDL"));
        assertEquals(4, count("/v1/orders?exchange=SPINDLE"));
        assertEquals(0, count("/v1/orders?exchange=ELSEWHERE"));
        assertEquals(4, count("/v1/orders?strategy=0"));
        assertEquals(0, count("/v1/orders?strategy=7"));
        assertEquals(422, admin.get("/v1/orders?strategy=mine").status());
        assertEquals(2, count("/v1/orders?session=TEST00"));
        assertEquals(1, count("/v1/orders?account=FOES00"));
        assertEquals(3, count("/v1/orders?firm=TEST"));
        assertEquals(1, count("/v1/orders?side=S"));
        assertEquals(1, count("/v1/orders?status=cancelled"));
        assertEquals(
                1,
                count("/v1/orders?firm=TEST&symbol=SPDL&side=B&status=accepted&onlyActive=true"));
        assertEquals(422, admin.get("/v1/orders?status=lost").status());
        assertEquals(422, admin.get("/v1/orders?onlyActive=perhaps").status());
    }

    @Test
    void shouldShowOneOrderWithItsDecimalsAsStrings() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Reply order = admin.get("/v1/orders/TEST00-0-1");
        assertEquals("partially_filled", order.text("/status"));
        assertEquals("10.0000", order.text("/price"));
        assertEquals("100", order.text("/quantity"));
        assertEquals("40", order.text("/filled"));
        assertEquals("60", order.text("/remaining"));
        assertEquals("10.0000", order.text("/averagePrice"));
        assertEquals(market.log.lastSequence(), order.json().at("/sequence").asLong());
        assertEquals(404, admin.get("/v1/orders/TEST00-0-2").status());
        assertEquals(404, admin.get("/v1/orders/nonsense").status());
    }

    @Test
    void shouldShowTradesWithBothLegs() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Reply trades = admin.get("/v1/trades?symbol=SPDL&firm=FOES");
        assertEquals("40", trades.text("/items/0/quantity"));
        assertEquals("TEST00-0-1", trades.text("/items/0/maker/order"));
        assertEquals("FOES00", trades.text("/items/0/taker/account"));
        final String number = trades.text("/items/0/matchNumber");
        assertEquals("10.0000", admin.get("/v1/trades/" + number).text("/price"));
        assertEquals(404, admin.get("/v1/trades/999").status());
        assertEquals(0, count("/v1/trades?order=TEST00-0-9"));
    }

    @Test
    void shouldPageThroughOneStateWhileTheMarketMovesOn() {
        for (int i = 0; i < 25; i++) {
            market.enter(0, 'B', "SPDL", 1, 9_0000 + i * 100);
        }
        final List<String> ids = new ArrayList<>();
        final long sequence = market.log.lastSequence();
        String token = "";
        do {
            final Reply page = admin.get("/v1/orders?pageSize=10&pageToken=" + token);
            assertEquals(sequence, page.json().at("/sequence").asLong());
            for (final JsonNode item : page.json().at("/items")) {
                ids.add(item.at("/id").asText());
            }
            token = page.text("/nextPageToken");
            market.enter(0, 'B', "SPDL", 1, 9_0000);
        } while (!token.isEmpty());
        assertEquals(25, ids.stream().distinct().count());
        assertEquals(25, ids.size());
        assertEquals(410, admin.get("/v1/orders?pageToken=stale").status());
    }

    @Test
    void shouldDefineAnInstrumentThroughTheLogAndNameItsSequence() {
        final Reply created = admin.post("/v1/instruments", NEW_INSTRUMENT);
        assertEquals(201, created.status(), created.body());
        assertEquals(market.log.lastSequence(), created.json().at("/sequence").asLong());
        assertEquals("0.0100", admin.get("/v1/instruments/ROTR").text("/tickSize"));
        assertEquals(3, admin.get("/v1/instruments").json().at("/items").size());
    }

    @Test
    void shouldRemoveAnInstrumentAndTakeItBack() {
        final String path = "/v1/instruments/ROTR";
        final String remove = path + "?reason=mistyped";
        assertEquals(201, admin.post("/v1/instruments", NEW_INSTRUMENT).status());
        assertEquals("IN_USE", admin.send("DELETE", remove, null).text("/code"), "it is open");
        market.state("ROTR", 'X');
        final long before = market.log.lastSequence();
        assertEquals(422, admin.send("DELETE", path, null).status(), "without a reason");
        assertEquals(200, admin.send("DELETE", remove + "&validate=true", null).status());
        assertEquals(200, admin.get(path).status());
        final Reply removed = admin.send("DELETE", remove, null);
        assertEquals(201, removed.status(), removed.body());
        assertEquals(404, admin.get(path).status());
        assertEquals(404, admin.get("/v1/book/ROTR").status());
        assertEquals(2, admin.get("/v1/instruments").json().at("/items").size());
        assertEquals("X", admin.get(path + "?asAt=" + before).text("/tradingState"));
        market.enter(0, 'B', "ROTR", 1, 10_0000);
        assertEquals("SYMBOL", admin.get("/v1/orders/TEST00-0-1").text("/reason"));
        assertEquals("SYMBOL", admin.send("DELETE", remove, null).text("/code"));
        assertEquals(201, admin.post("/v1/instruments", NEW_INSTRUMENT).status());
        assertEquals("X", admin.get(path).text("/tradingState"));
    }

    @Test
    void shouldShowTheTradingDayAsItIsAndAsItWas() throws IOException {
        assertTrue(admin.get("/v1/trading-day").json().at("/date").isMissingNode());
        market.desk.post(DayCommands.dayStart(20300102));
        final long first = market.log.lastSequence();
        market.desk.post(DayCommands.dayStart(20300103));
        final Reply day = admin.get("/v1/trading-day");
        assertEquals("2030-01-03", day.text("/date"), day.body());
        assertEquals("false", day.text("/beginsClosed"));
        assertEquals(market.log.lastSequence(), day.json().at("/sequence").asLong());
        assertEquals(Times.text(market.log.timeNs(market.log.lastSequence())), day.text("/time"));
        assertEquals("2030-01-02", admin.get("/v1/trading-day?asAt=" + first).text("/date"));
    }

    @Test
    void shouldTakeARepeatedKeyOnce() {
        final Call again = admin.with("Idempotency-Key", "first-try");
        final Reply first = again.post("/v1/instruments", NEW_INSTRUMENT);
        final Reply second = again.post("/v1/instruments", NEW_INSTRUMENT);
        assertEquals(201, second.status(), second.body());
        assertEquals(first.text("/request"), second.text("/request"));
        final String other = NEW_INSTRUMENT.replace("ROTR", "GEAR");
        assertEquals("KEY_REUSED", again.post("/v1/instruments", other).text("/code"));
        final Call blank = admin.with("Idempotency-Key", " ");
        assertEquals(422, blank.post("/v1/instruments", NEW_INSTRUMENT).status());
    }

    @Test
    void shouldNameEveryWrongField() {
        final Reply refusal =
                admin.post("/v1/instruments", "{\"symbol\":\"TOO LONG!\",\"tickSize\":\"x\"}");
        assertEquals(422, refusal.status());
        assertTrue(refusal.contentType().startsWith("application/problem+json"));
        assertEquals("/symbol", refusal.text("/errors/0/pointer"));
        assertTrue(refusal.json().at("/errors").size() >= 6, refusal.body());
    }

    @Test
    void shouldRefuseBodiesThatAreNotWhatWasAskedFor() {
        for (final String body : List.of("{", "", "null", "{\"symbol\":\"A\",\"symbol\":\"B\"}")) {
            assertEquals("BAD_REQUEST", admin.post("/v1/instruments", body).text("/code"), body);
        }
        assertEquals(
                "/colour",
                admin.post("/v1/instruments", "{\"colour\":1}").text("/errors/0/pointer"));
    }

    @Test
    void shouldPassTheEnginesRefusalOn() {
        final Reply refusal = admin.post("/v1/instruments", NEW_INSTRUMENT.replace("ROTR", "SPDL"));
        assertEquals(422, refusal.status(), refusal.body());
        assertEquals("DUPLICATE", refusal.text("/code"));
    }

    @Test
    void shouldBeAliveOnlyWhileItsOwnLoopTurns() {
        assertEquals(200, anyone.get("/livez").status());
        market.turns = false;
        final Reply stuck = anyone.get("/livez");
        assertEquals(503, stuck.status());
        assertEquals("stuck", stuck.text("/status"));
    }

    @Test
    void shouldBeReadyOnlyWhileTheOrderPortIsOpen() {
        assertEquals(200, anyone.get("/readyz").status());
        open.set(false);
        final Reply notReady = anyone.get("/readyz");
        assertEquals(503, notReady.status());
        assertEquals("order port", notReady.text("/checks/0/name"));
    }

    @Test
    void shouldSpeakOfErrorsInOneShape() {
        assertEquals("NOT_FOUND", admin.get("/v1/nothing").text("/code"));
        assertEquals("METHOD_NOT_ALLOWED", admin.send("DELETE", "/v1/orders", null).text("/code"));
        assertEquals("UNAUTHENTICATED", anyone.get("/v1/orders").text("/code"));
        assertEquals("UNAUTHENTICATED", anyone.as("wrong").get("/v1/orders").text("/code"));
        final Reply forbidden = anyone.as("foe").post("/v1/instruments", NEW_INSTRUMENT);
        assertEquals("FORBIDDEN", forbidden.text("/code"));
        assertEquals("OPERATOR", forbidden.text("/requiredRoles/0"));
        assertEquals("/v1/instruments", forbidden.text("/instance"));
    }

    @Test
    void shouldShowACallerTheirOwnFirmsOnly() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'B', "SPDL", 100, 9_0000);
        final Call foe = anyone.as("foe");
        assertEquals(1, foe.get("/v1/orders").json().at("/items").size());
        assertEquals(404, foe.get("/v1/orders/TEST00-0-1").status());
        assertEquals(200, foe.get("/v1/orders/FOES00-0-1").status());
        assertEquals(0, foe.get("/v1/trades").json().at("/items").size());
    }

    @Test
    void shouldNotTellAFirmWithWhomItTraded() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 100, 10_0000);
        final Call foe = anyone.as("foe");
        for (final String path :
                List.of(
                        "/v1/trades",
                        "/v1/trades/1",
                        "/v1/events?for=transactions",
                        "/v1/orders/FOES00-0-1/explanation")) {
            final Reply reply = foe.get(path);
            assertTrue(reply.body().contains("FOES00-0-1"), reply.body());
            assertFalse(reply.body().contains("TEST"), reply.body());
        }
        assertEquals(0, foe.get("/v1/trades?account=TEST00").json().at("/items").size());
        assertEquals(1, foe.get("/v1/trades?account=FOES00").json().at("/items").size());
        assertEquals(1, admin.get("/v1/trades?account=TEST00").json().at("/items").size());
    }

    @Test
    void shouldServeMetricsAsPrometheusText() {
        final Reply metrics = admin.get("/metrics");
        assertEquals("spindle_up 1\n", metrics.body());
        assertTrue(metrics.contentType().startsWith("text/plain"));
    }

    private int count(final String path) {
        final Reply reply = admin.get(path);
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("/items").size();
    }
}
