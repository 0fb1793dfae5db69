package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.mgmt.view.View;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

@Timeout(120)
class ReconciliationApiTest {
    private static final String DATE =
            LocalDate.ofEpochDay(MemoryLog.START_NS / TimeUnit.DAYS.toNanos(1)).toString();

    private static final String SETTLE = "/v1/reconciliation?settle=true&reason=agreed";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private static String orders(final String... rows) {
        return "HEADER,orders,VENUE,"
                + DATE
                + "\norder,account,symbol,side,price,quantity\n"
                + String.join("\n", rows)
                + (rows.length == 0 ? "" : "\n")
                + "TRAILER,"
                + rows.length
                + (rows.length == 0 ? "" : ",SPDL=" + sum(rows))
                + "\n";
    }

    private static int sum(final String... rows) {
        int sum = 0;
        for (final String row : rows) {
            sum += Integer.parseInt(row.substring(row.lastIndexOf(',') + 1));
        }
        return sum;
    }

    private Reply reconcile(final String file, final boolean settle) {
        final Reply reply =
                operator.post("/v1/reconciliation?reason=agreed&settle=" + settle, file);
        assertEquals(200, reply.status(), reply.body());
        return reply;
    }

    @Test
    void shouldFindOrphansBothWaysAndWhatDiffers() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(0, 'B', "SPDL", 50, 9_0000);
        final String file =
                orders("TEST00-0-1,TEST00,SPDL,B,10,90", "TEST01-0-7,TEST01,SPDL,S,11,5");
        final Reply found = reconcile(file, false);
        assertEquals(
                "DIFFERENT TEST00-0-1 quantity,MISSING_THERE TEST00-0-2 ,MISSING_HERE TEST01-0-7 ",
                found.json()
                        .path("differences")
                        .valueStream()
                        .map(
                                one ->
                                        one.path("kind").asText()
                                                + " "
                                                + one.path("key").asText()
                                                + " "
                                                + one.path("field").asText())
                        .reduce((a, b) -> a + "," + b)
                        .orElseThrow());
        assertEquals(
                found.json().path("differences"),
                reconcile(file, false).json().path("differences"),
                "the same input gives the same answer");
        final Reply status = operator.get("/v1/reconciliation");
        assertEquals("3", status.text("/last/0/differences"));
        assertEquals("2", status.text("/last/0/ours"));
        assertFalse(Instant.parse(status.text("/last/0/ranAt")).isAfter(Instant.now()));
        assertEquals(
                "3",
                Integer.toString(
                        operator.get("/v1/reconciliation/results/orders.VENUE")
                                .json()
                                .path("differences")
                                .size()));
    }

    @Test
    void shouldCloseOrdersThatTheyDoNotHaveWhenToldTo() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Reply settled = reconcile(orders(), true);
        assertTrue(settled.text("/settled/0").contains("closed"), settled.body());
        assertEquals("cancelled", operator.get("/v1/orders/TEST00-0-1").text("/status"));
        assertEquals(0, reconcile(orders(), true).json().path("differences").size());
    }

    @Test
    void shouldEnterOnceAndInTheirOrderWhatOnlyTheyHave() {
        final String file =
                orders("V-2,TEST01,SPDL,B,9.50,30", "V-1,TEST00,SPDL,B,9.50,20")
                        .replace("V-1", "V.1");
        final Reply settled = reconcile(file, true);
        assertEquals("V-2: entered as TEST01-255-1", settled.text("/settled/0"), settled.body());
        assertEquals("V.1: entered as TEST00-255-1", settled.text("/settled/1"));
        final Reply queue = operator.get("/v1/book/SPDL/orders");
        assertTrue(
                queue.body().indexOf("TEST01-255-1") < queue.body().indexOf("TEST00-255-1"),
                queue.body());
        assertEquals("1", operator.get("/v1/orders/TEST01-255-1").text("/timeInForce"));
        assertEquals(0, reconcile(file, true).json().path("differences").size());
        assertEquals(2, operator.get("/v1/orders?onlyActive=true").json().at("/items").size());
        assertEquals(201, operator.send("DELETE", "/v1/orders/TEST00-255-1", null).status());
        final Reply again = reconcile(file, true);
        assertEquals("V.1: is TEST00-255-1 here", again.text("/settled/0"), again.body());
        assertEquals(1, operator.get("/v1/orders?onlyActive=true").json().at("/items").size());
    }

    @Test
    void shouldSayWhyItDoesNotEnterAnOrder() {
        final String file =
                orders(
                        "A,NOBODY,SPDL,B,9.50,1",
                        "B,TEST00,SPDL,B,9.12345,2",
                        "C,TEST00,SPDL,B,9.50,2000000");
        final Reply settled = reconcile(file, true);
        assertTrue(settled.text("/settled/0").startsWith("A: no such symbol"), settled.body());
        assertTrue(settled.text("/settled/1").startsWith("B: price or quantity"), settled.body());
        assertTrue(settled.text("/settled/2").startsWith("C: refused"), settled.body());
    }

    @Test
    void shouldBookAMissingFillOnceAgainstExternal() {
        final String file =
                "HEADER,fills,VENUE,"
                        + DATE
                        + "\nfill,order,account,symbol,side,quantity,price\n"
                        + "77-T,TEST00-0-1,TEST00,SPDL,B,10,2.50\nTRAILER,1,SPDL=10\n";
        assertEquals("MISSING_HERE", reconcile(file, false).text("/differences/0/kind"));
        reconcile(file, true);
        assertEquals(0, reconcile(file, true).json().path("differences").size());
        assertEquals("10", operator.get("/v1/holdings?account=TEST00").text("/items/0/quantity"));
        assertEquals(
                "999975.0000",
                operator.get("/v1/balances?account=TEST00").text("/items/0/balance"));
    }

    /** The price is one at which no cash is booked; the engine forgets what it was asked before. */
    @Test
    void shouldNotBookTheLotsAgainOfAFillWhoseCashIsRefused() {
        final String file =
                "HEADER,fills,VENUE,"
                        + DATE
                        + "\nfill,order,account,symbol,side,quantity,price\n"
                        + "77-T,TEST00-0-1,TEST00,SPDL,B,1,500000000000000\nTRAILER,1,SPDL=1\n";
        final Reply refused = reconcile(file, true);
        assertFalse(refused.text("/settled/0").contains("booked against"), refused.body());
        for (int i = 0; i < 1_100; i++) {
            api.market.holding("TEST01", "SPDL", 1);
        }
        reconcile(file, true);
        assertEquals("1", operator.get("/v1/holdings?account=TEST00").text("/items/0/quantity"));
    }

    @Test
    void shouldBookNothingOfAFillWhoseSideIsNone() {
        final String file =
                "HEADER,fills,VENUE,"
                        + DATE
                        + "\nfill,order,account,symbol,side,quantity,price\n"
                        + "77-T,TEST00-0-1,TEST00,SPDL,BUY,10,2.50\nTRAILER,1,SPDL=10\n";
        final Reply reply = operator.post(SETTLE + "&name=f.csv", file);
        assertEquals(422, reply.status(), reply.body());
        assertEquals("f.csv:3:side", reply.text("/errors/0/pointer"));
        assertEquals(
                "1000000.0000",
                operator.get("/v1/balances?account=TEST00").text("/items/0/balance"));
    }

    @Test
    void shouldAgreeWithItsOwnFills() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 40, 10_0000);
        final String file =
                "HEADER,fills,VENUE,"
                        + DATE
                        + "\nfill,order,account,symbol,side,quantity,price\n"
                        + "1-M,TEST00-0-1,TEST00,SPDL,B,40,10.0\n"
                        + "1-T,FOES00-0-1,FOES00,SPDL,S,40,10.0\nTRAILER,2,SPDL=80\n";
        assertEquals(0, reconcile(file, false).json().path("differences").size());
    }

    @Test
    void shouldNotTakeForgottenFillsForMissingOnes() {
        for (int i = 0; i < 1_001; i++) {
            api.market.enter(0, 'B', "SPDL", 1, 10_0000);
            api.market.enter(2, 'S', "SPDL", 1, 10_0000);
        }
        final String file =
                "HEADER,fills,VENUE,"
                        + DATE
                        + "\nfill,order,account,symbol,side,quantity,price\n"
                        + "1-M,TEST00-0-1,TEST00,SPDL,B,1,10.0\nTRAILER,1,SPDL=1\n";
        final Reply reply = operator.post(SETTLE, file);
        assertEquals(409, reply.status(), reply.body());
        assertTrue(reply.text("/detail").contains("not all in memory"), reply.body());
    }

    @Test
    void shouldReconcileTheInboxOnSchedule() throws IOException, InterruptedException {
        final Path inbox = Files.createDirectories(api.market.folder.resolve("reconciliation"));
        final String schedule = "/v1/reconciliation/schedule";
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        Files.writeString(inbox.resolve("orders.csv"), orders());
        Files.writeString(inbox.resolve("broken.csv"), "HEADER\n");
        assertEquals(
                201,
                operator.seen(schedule)
                        .put(schedule, "{\"everySeconds\":3600,\"settle\":false}")
                        .status());
        api.market.office().start();
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (operator.get("/v1/reconciliation").json().path("last").isEmpty()) {
            assertTrue(System.nanoTime() - deadline < 0, "never ran");
            TimeUnit.MILLISECONDS.sleep(20);
        }
        final Reply status = operator.get("/v1/reconciliation");
        assertEquals("1", status.text("/last/0/differences"));
        assertTrue(status.text("/faults/broken.csv").contains("HEADER"), status.body());
        assertEquals(
                "1",
                operator.get("/v1/metadata/reconciliation")
                        .text("/items/0/attributes/missingThere"));
    }

    @Test
    void shouldApplyEachPositionOfAFeedOnce() {
        final String three =
                "{\"updates\":["
                        + update(1, "10")
                        + ","
                        + update(2, "20")
                        + ","
                        + update(3, "x")
                        + "]}";
        final Reply first = operator.post("/v1/feeds/BANK1/updates", three);
        assertEquals("3", first.text("/position"), first.body());
        assertEquals("UNUSABLE", first.text("/outcomes/2/code"));
        final long before = api.market.view.read(View.Reading::sequence);
        final Reply again = operator.post("/v1/feeds/BANK1/updates", three);
        assertEquals(0, again.json().path("outcomes").size());
        assertEquals(before, api.market.view.read(View.Reading::sequence));
        assertEquals("3", operator.get("/v1/feeds/BANK1/updates").text("/position"));
        assertEquals("0", operator.get("/v1/feeds/BANK2/updates").text("/position"));
        final Reply gap =
                operator.post("/v1/feeds/BANK1/updates", "{\"updates\":[" + update(5, "1") + "]}");
        assertEquals(409, gap.status());
        assertTrue(gap.text("/detail").contains("position 4"), gap.body());
        assertEquals(
                "1000030.0000",
                operator.get("/v1/balances?account=TEST00").text("/items/0/balance"));
        assertEquals("1", operator.get("/v1/start-of-day").text("/quarantined"));
        final Reply asset =
                operator.post(
                        "/v1/feeds/BANK1/updates",
                        "{\"updates\":[{\"position\":4,\"account\":\"TEST00\",\"symbol\":\"BTC\","
                                + "\"quantity\":\"0.5\"},{\"position\":5,\"account\":\"NOBODY\","
                                + "\"currency\":\"USD\",\"amount\":\"1\"}]}");
        assertEquals("NONE", asset.text("/outcomes/0/code"), asset.body());
        assertEquals("ACCOUNT", asset.text("/outcomes/1/code"));
    }

    /** What the engine has booked it will have forgotten one day. */
    @Test
    void shouldKnowWhatAFeedBookedBeforeAGap() {
        final Reply gap =
                operator.post(
                        "/v1/feeds/BANK1/updates",
                        "{\"updates\":[" + update(1, "10") + "," + update(3, "30") + "]}");
        assertEquals(409, gap.status(), gap.body());
        assertEquals("1", operator.get("/v1/feeds/BANK1/updates").text("/position"));
    }

    @Test
    void shouldRefuseMovementsThatNoNoteCouldQuarantine() {
        final Reply refused =
                operator.post(
                        "/v1/feeds/BANK1/updates",
                        "{\"updates\":["
                                + update(1, "10")
                                + ","
                                + update(2, "x".repeat(65))
                                + "]}");
        assertEquals("/updates/1", refused.text("/errors/0/pointer"), refused.body());
        assertEquals("0", operator.get("/v1/feeds/BANK1/updates").text("/position"));
    }

    private static String update(final int position, final String amount) {
        return "{\"position\":"
                + position
                + ",\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\""
                + amount
                + "\"}";
    }
}
