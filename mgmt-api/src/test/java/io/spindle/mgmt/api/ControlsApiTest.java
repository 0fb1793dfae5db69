package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.regex.Pattern;

@Timeout(60)
class ControlsApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call risk = api.as(Role.RISK);
    private final Call authoriser = api.as(Role.AUTHORISER);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldPreviewAndThenStopAFirm() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(1, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'B', "SPDL", 100, 10_0000);
        final Reply preview =
                risk.post("/v1/kill-switch/preview", "{\"scope\":\"firm\",\"name\":\"TEST\"}");
        assertEquals("2", preview.text("/openOrders"), preview.body());
        assertEquals("TEST01", preview.text("/sessions/1"));
        assertEquals("0", preview.text("/algorithms"));
        created(
                risk.post(
                        "/v1/kill-switch",
                        "{\"scope\":\"firm\",\"name\":\"TEST\",\"state\":\"halted\","
                                + "\"cancelOrders\":true,\"reason\":\"drill\"}"));
        api.market.finishSlices();
        assertEquals(1, open());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertEquals("rejected", risk.get("/v1/orders/TEST00-0-2").text("/status"));
        created(
                risk.post(
                        "/v1/kill-switch",
                        "{\"scope\":\"firm\",\"name\":\"TEST\",\"state\":\"active\","
                                + "\"reason\":\"drill over\"}"));
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertEquals("accepted", risk.get("/v1/orders/TEST00-0-3").text("/status"));
    }

    @Test
    void shouldPreviewThoseWithoutOrdersToo() {
        api.market.login(1);
        final String path = "/v1/kill-switch/preview";
        final Reply flat = risk.post(path, "{\"scope\":\"session\",\"name\":\"TEST01\"}");
        assertEquals("0", flat.text("/openOrders"), flat.body());
        assertEquals("TEST01", flat.text("/sessions/0"));
        assertEquals("TEST01", flat.text("/loggedIn/0"));
        for (final String scope : List.of("firm", "account", "session")) {
            final Reply nobody = risk.post(path, "{\"scope\":\"" + scope + "\",\"name\":\"NONE\"}");
            assertEquals(404, nobody.status(), nobody.body());
        }
    }

    @Test
    void shouldShowWhatIsStoppedAndHowFar() {
        final String stopped = "/v1/kill-switch";
        final long before = api.market.log.lastSequence();
        assertEquals(0, items(risk.get(stopped)));
        enter("{\"scope\":\"session\",\"name\":\"TEST00\",\"state\":\"halted\",%s}");
        enter("{\"scope\":\"account\",\"name\":\"FOES00\",\"state\":\"cancel_only\",%s}");
        enter("{\"scope\":\"firm\",\"name\":\"TEST\",\"state\":\"reduce_only\",%s}");
        enter("{\"scope\":\"system\",\"state\":\"cancel_only\",%s}");
        final Reply all = risk.get(stopped);
        assertEquals(api.market.log.lastSequence(), all.json().at("/sequence").asLong());
        assertEquals(
                "[{\"scope\":\"system\",\"state\":\"cancel_only\"},"
                        + "{\"scope\":\"firm\",\"name\":\"TEST\",\"firm\":\"TEST\","
                        + "\"state\":\"reduce_only\"},"
                        + "{\"scope\":\"account\",\"name\":\"FOES00\",\"firm\":\"FOES\","
                        + "\"state\":\"cancel_only\"},"
                        + "{\"scope\":\"session\",\"name\":\"TEST00\",\"firm\":\"TEST\","
                        + "\"state\":\"halted\"}]",
                all.json().at("/items").toString());
        final Reply foes = api.as("foe").get(stopped);
        assertEquals(1, items(foes), foes.body());
        assertEquals("FOES00", foes.text("/items/0/name"));
        assertEquals(0, items(risk.get(stopped + "?asAt=" + before)));
        enter("{\"scope\":\"firm\",\"name\":\"TEST\",\"state\":\"active\",%s}");
        assertEquals(3, items(risk.get(stopped)));
    }

    private void enter(final String state) {
        created(risk.post("/v1/kill-switch", state.formatted("\"reason\":\"drill\"")));
    }

    private static int items(final Reply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("/items").size();
    }

    @Test
    void shouldCancelTheOrdersOfOneSessionAndSymbol() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(0, 'B', "BTC", 100, 5);
        api.market.enter(1, 'B', "SPDL", 100, 10_0000);
        created(
                risk.post(
                        "/v1/mass-cancel",
                        "{\"scope\":\"session\",\"name\":\"TEST00\",\"symbol\":\"SPDL\","
                                + "\"reason\":\"asked by phone\"}"));
        api.market.finishSlices();
        assertEquals(2, open());
    }

    @Test
    void shouldCancelOneOrderForItsOwner() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        created(risk.send("DELETE", "/v1/orders/TEST00-0-1", null));
        api.market.finishSlices();
        assertEquals("cancelled", risk.get("/v1/orders/TEST00-0-1").text("/status"));
        assertEquals(404, risk.send("DELETE", "/v1/orders/TEST00-0-1", null).status());
    }

    @Test
    void shouldHaltAnInstrumentAndLetItTradeAgain() {
        final String body = "{\"state\":\"%s\",\"reason\":\"news\"}";
        created(risk.post("/v1/instruments/SPDL/state", body.formatted("halted")));
        assertEquals("H", risk.get("/v1/instruments/SPDL").text("/tradingState"));
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertEquals("HALTED", risk.get("/v1/orders/TEST00-0-1").text("/reason"));
        created(risk.post("/v1/instruments/SPDL/state", body.formatted("trading")));
        assertEquals("T", risk.get("/v1/instruments/SPDL").text("/tradingState"));
    }

    @Test
    void shouldGatherOrdersInACallAndShowWhatItsAuctionWouldDo() {
        final String body = "{\"state\":\"%s\",\"reason\":\"the close\"}";
        final String state = "/v1/instruments/SPDL/state";
        final String top = "/v1/top/SPDL";
        assertTrue(risk.get(top).json().at("/auction").isMissingNode());
        created(risk.post(state, body.formatted("closing_auction")));
        assertEquals("0", risk.get(top).text("/auction/quantity"));
        assertTrue(risk.get(top).json().at("/auction/price").isMissingNode());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Reply indicated = risk.get(top);
        assertEquals("10.0000", indicated.text("/auction/price"), indicated.body());
        assertEquals("40", indicated.text("/auction/quantity"));
        assertEquals("60", indicated.text("/auction/imbalance"));
        created(risk.post(state, body.formatted("closed")));
        api.market.finishSlices();
        assertEquals("40", risk.get("/v1/orders/FOES00-0-1").text("/filled"));
        assertEquals("X", risk.get("/v1/instruments/SPDL").text("/tradingState"));
        assertTrue(risk.get(top).json().at("/auction").isMissingNode());
    }

    @Test
    void shouldHoldLargeOrdersUntilAnAuthoriserDecides() {
        created(
                risk.with("If-None-Match", "*")
                        .send(
                                "PUT",
                                "/v1/authorisation-rules/1",
                                "{\"action\":\"hold\",\"account\":\"TEST00\",\"minQuantity\":\"50\"}"));
        final Call foe = api.as("foe");
        assertEquals(404, foe.get("/v1/authorisation-rules/1").status());
        assertEquals(0, foe.get("/v1/authorisation-rules").json().at("/items").size());
        assertEquals(1, risk.get("/v1/authorisation-rules").json().at("/items").size());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(0, 'B', "SPDL", 100, 9_0000);
        api.market.enter(0, 'B', "SPDL", 10, 10_0000);
        final Reply queue = authoriser.get("/v1/authorisations");
        assertEquals(2, queue.json().at("/items").size(), queue.body());
        assertEquals("pending_submission", queue.text("/items/0/status"));
        created(decide("TEST00-0-1", "release"));
        created(decide("TEST00-0-2", "refuse"));
        assertEquals("accepted", risk.get("/v1/orders/TEST00-0-1").text("/status"));
        assertEquals(0, authoriser.get("/v1/authorisations").json().at("/items").size());
        assertEquals(404, decide("TEST00-0-9", "release").status());
    }

    @Test
    void shouldEnforceALimitFromItsSequenceOn() {
        created(
                risk.seen("/v1/limits?scope=account&name=TEST00")
                        .send(
                                "PUT",
                                "/v1/limits",
                                "{\"scope\":\"account\",\"name\":\"TEST00\",\"orderQuantity\":\"50\"}"));
        api.market.enter(0, 'B', "SPDL", 51, 10_0000);
        api.market.enter(0, 'B', "SPDL", 50, 10_0000);
        assertEquals("rejected", risk.get("/v1/orders/TEST00-0-1").text("/status"));
        assertEquals("accepted", risk.get("/v1/orders/TEST00-0-2").text("/status"));
    }

    @Test
    void shouldWantAReasonAndAScopeThatMakesSense() {
        final Reply refusal =
                risk.post("/v1/kill-switch", "{\"scope\":\"planet\",\"state\":\"happy\"}");
        assertEquals(422, refusal.status());
        assertEquals("/scope", refusal.text("/errors/0/pointer"));
        assertEquals("/state", refusal.text("/errors/1/pointer"));
        assertEquals("/reason", refusal.text("/errors/2/pointer"));
    }

    /** What nobody may be held up in by a form; to go on takes a reason. */
    @Test
    void shouldHaltWithoutAReasonAndRecordThatNoneWasGiven() {
        final String state = "/v1/instruments/SPDL/state";
        created(risk.post(state, "{\"state\":\"halted\"}"));
        assertEquals("H", risk.get("/v1/instruments/SPDL").text("/tradingState"));
        created(risk.post(state, "{\"state\":\"halted\",\"reason\":\" \"}"));
        assertEquals(422, risk.post(state, "{\"state\":\"trading\"}").status());
        final String system = "{\"scope\":\"system\",\"state\":\"%s\"}";
        created(risk.post("/v1/kill-switch", system.formatted("halted")));
        assertEquals(422, risk.post("/v1/kill-switch", system.formatted("active")).status());
        final Call auditor = api.as(Role.AUDITOR);
        final String none = "\"body\":{\"reason\":\"none given\"}";
        while (auditor.get("/v1/audit/calls").body().split(Pattern.quote(none)).length < 4) {
            Thread.onSpinWait(); // it is written behind the caller's back
        }
    }

    private Reply decide(final String order, final String decision) {
        return authoriser.post(
                "/v1/authorisations/" + order,
                "{\"decision\":\"%s\",\"reason\":\"looked at it\"}".formatted(decision));
    }

    private int open() {
        return api.market.view.read(now -> now.orders().openCount());
    }

    private static void created(final Reply reply) {
        assertEquals(201, reply.status(), reply.body());
    }
}
