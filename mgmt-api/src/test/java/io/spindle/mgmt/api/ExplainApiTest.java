package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Why an order is where it is; what runs; how long things take. */
@Timeout(60)
class ExplainApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call viewer = api.as(Role.VIEWER);
    private final Call risk = api.as(Role.RISK);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldTellStepsPlaceAndTradesOfAnOrder() {
        api.market.enter(0, 'B', "SPDL", 30, 10_0000);
        api.market.enter(1, 'B', "SPDL", 50, 10_0000);
        api.market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Reply told = viewer.get("/v1/orders/TEST01-0-1/explanation");
        assertEquals(200, told.status(), told.body());
        assertEquals("accepted", told.text("/steps/0/cause"));
        assertEquals("executed", told.text("/steps/1/cause"));
        assertEquals("10", told.text("/steps/1/filled"));
        assertEquals("40", told.text("/place/quantity"));
        assertEquals("0", told.text("/place/ordersAhead"));
        assertEquals("10", told.text("/trades/0/quantity"));
        assertEquals(404, api.as("foe").get("/v1/orders/TEST01-0-1/explanation").status());
        assertEquals(404, viewer.get("/v1/orders/nonsense/explanation").status());
    }

    /** However many events it looks through, the replica goes on. */
    @Test
    void shouldHoldUpNobodyWhileItLooksForSteps() {
        api.market.enter(0, 'B', "SPDL", 30, 10_0000);
        final String path = "/v1/orders/TEST00-0-1/explanation";
        final CompletableFuture<Reply> told;
        synchronized (api.market.events) {
            told = CompletableFuture.supplyAsync(() -> viewer.get(path));
            for (int i = 0; i < 100; i++) {
                assertEquals(200, viewer.get("/v1/orders").status());
            }
            assertFalse(told.isDone(), "what steps without the events?");
        }
        assertEquals("accepted", told.join().text("/steps/0/cause"));
    }

    @Test
    void shouldTellWhoIsAhead() {
        api.market.enter(0, 'B', "SPDL", 30, 10_0000);
        api.market.enter(2, 'B', "SPDL", 20, 10_0000);
        api.market.enter(1, 'B', "SPDL", 50, 10_0000);
        final Reply told = viewer.get("/v1/orders/TEST01-0-1/explanation");
        assertEquals("2", told.text("/place/ordersAhead"));
        assertEquals("50", told.text("/place/quantityAhead"));
        final Reply book = api.as("foe").get("/v1/book/SPDL/orders");
        assertEquals("FOES00-0-1", book.text("/bids/1/order"));
        assertTrue(book.json().at("/bids/0/order").isMissingNode(), "another firm's");
        assertEquals(1, viewer.get("/v1/book/SPDL/orders?count=1").json().at("/bids").size());
        assertEquals(404, viewer.get("/v1/book/NONE/orders").status());
    }

    @Test
    void shouldTellTheCheckThatFailedWithItsLimit() {
        final String path = "/v1/limits?scope=account&name=TEST00";
        final String limits =
                "{\"scope\":\"account\",\"name\":\"TEST00\",\"orderNotional\":\"500\"}";
        assertEquals(201, risk.seen(path).put("/v1/limits", limits).status());
        api.market.enter(0, 'B', "SPDL", 51, 10_0000);
        final Reply told = viewer.get("/v1/orders/TEST00-0-1/explanation");
        assertEquals("NOTIONAL", told.text("/check/failed"), told.body());
        assertEquals("5000000", told.text("/check/limit"));
        assertEquals("5100000", told.text("/check/value"));
        assertEquals("ENTRY_STATE", told.text("/check/passed/0"));
        assertEquals("single order notional limit exceeded", told.text("/meaning"));
    }

    @Test
    void shouldSetAnInstrumentsRiskAndItsReference() {
        final String path = "/v1/instruments/SPDL/risk";
        final String band = "{\"bandBps\":500,\"marginBps\":0,\"settlementDays\":2}";
        assertEquals(201, risk.seen(path).put(path, band).status());
        assertEquals("500", risk.get(path).text("/bandBps"));
        final String price = "/v1/instruments/SPDL/reference-price";
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"10.00\"}").status());
        assertEquals("10.0000", risk.get(path).text("/referencePrice"));
        api.market.enter(0, 'B', "SPDL", 1, 11_0000);
        assertEquals(
                "PRICE_BAND",
                viewer.get("/v1/orders/TEST00-0-1/explanation").text("/check/failed"));
        assertEquals(201, risk.seen(path).put(price, "{}").status());
        assertTrue(risk.get(path).json().at("/referencePrice").isMissingNode());
        assertEquals(404, risk.get("/v1/instruments/NONE/risk").status());
        assertEquals(422, risk.seen(path).put(path, "{}").status());
    }

    @Test
    void shouldTakeASnapshotAndShowWhatRuns() {
        final Reply taken = api.as(Role.OPERATOR).post("/v1/snapshots", "");
        assertEquals(201, taken.status(), taken.body());
        final Reply status = viewer.get("/v1/status");
        assertEquals(taken.text("/sequence"), status.text("/snapshots/0/sequence"), status.body());
        final Reply snapshots = viewer.get("/v1/snapshots");
        assertEquals(status.json().at("/snapshots"), snapshots.json().at("/items"));
        assertEquals("supervisor", status.text("/processes/0/name"));
        assertEquals("0", status.text("/processes/0/pid"));
    }

    @Test
    void shouldSayWhetherTheStandbyIsHeardAndWhatItLacks() {
        api.market.counters =
                Map.of("log.sequence", 120L, "log.replicated", 100L, "lease.held", 1L);
        final Reply alone = viewer.get("/v1/standby");
        assertEquals(200, alone.status(), alone.body());
        assertTrue(alone.json().at("/heard").isMissingNode(), alone.body());
        final RunFolder run = RunFolder.of(api.market.data);
        run.write(RunFolder.SUPERVISOR, ProcessHandle.current().pid());
        run.describe(Map.of("--standby", "10.0.0.1"));
        final Reply standby = viewer.get("/v1/standby");
        assertEquals("10.0.0.1", standby.text("/address"), standby.body());
        assertEquals("true", standby.text("/heard"));
        assertEquals("20", standby.text("/lag"));
        api.market.counters = Map.of("log.sequence", 120L, "lease.held", 0L);
        assertEquals("false", viewer.get("/v1/standby").text("/heard"));
        assertEquals("120", viewer.get("/v1/standby").text("/lag"));
    }

    @Test
    void shouldShowLatencyAsJsonAndAsALog() {
        final Reply latency = viewer.get("/v1/latency");
        assertEquals("wait", latency.text("/stages/0/stage"));
        assertEquals("250", latency.text("/stages/0/buckets/0/upToNs"));
        final Reply log = viewer.get("/v1/latency.hlog");
        assertTrue(log.body().contains("[Histogram log format version"), log.body());
        assertTrue(log.contentType().startsWith("text/plain"));
    }
}
