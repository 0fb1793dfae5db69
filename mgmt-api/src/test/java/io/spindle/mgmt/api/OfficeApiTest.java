package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Reports and notifications over HTTP. */
@Timeout(60)
class OfficeApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call admin = api.as(Role.ADMIN);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldServeReportsAsCsvAndAsPages() {
        final Reply csv = admin.get("/v1/reports/trades?date=2026-11-20");
        assertTrue(csv.contentType().startsWith("text/csv"), csv.contentType());
        assertTrue(csv.body().startsWith("Time,Fill,Order"), csv.body());
        final Reply page = admin.get("/v1/reports/statement?date=2026-11-20&format=html");
        assertTrue(page.body().contains("Nothing to report"), page.body());
        assertEquals(csv.body(), admin.get("/v1/reports/trades?date=2026-11-20").body());
        assertEquals(404, admin.get("/v1/reports/gossip?date=2026-11-20").status());
        assertEquals(422, admin.get("/v1/reports/trades").status());
        assertEquals(422, admin.get("/v1/reports/trades?date=2026-11-20&format=pdf").status());
    }

    @Test
    void shouldReportNothingThatTheDatabaseDoesNotHaveWholly() {
        final String today = "/v1/reports/trades?date=2025-11-20";
        final long last = api.market.log.lastSequence();
        api.market.stored(last - 1);
        final Reply behind = admin.get(today);
        assertEquals(503, behind.status(), behind.body());
        assertEquals("UNAVAILABLE", behind.text("/code"));
        api.market.stored(last);
        final Reply whole = admin.get(today);
        assertEquals(200, whole.status(), whole.body());
        assertEquals(
                Long.toString(last),
                whole.response().headers().firstValue("Sequence").orElse("none"));
    }

    @Test
    void shouldSayThatTheDatabaseDoesNotAnswer(@TempDir final Path folder) throws IOException {
        final Market market = new Market();
        final Database gone = Database.sqlite(folder.resolve("spindle.db"));
        gone.close();
        try (BackOffice office =
                        new BackOffice(
                                folder,
                                market.view,
                                market.events,
                                market.desk,
                                new Reports(gone::jdbi),
                                () -> true,
                                () -> 0);
                ApiOnMarket served = new ApiOnMarket(market, context(market, office))) {
            final Reply reply = served.as(Role.ADMIN).get("/v1/reports/trades?date=2026-11-20");
            assertEquals(503, reply.status(), reply.body());
            assertEquals("UNAVAILABLE", reply.text("/code"));
        }
    }

    private static ApiContext context(final Market market, final BackOffice office) {
        final ApiContext whole = market.context();
        return new ApiContext(
                whole.view(),
                whole.past(),
                whole.events(),
                whole.control(),
                whole.checks(),
                whole.alive(),
                whole.metrics(),
                whole.nic(),
                whole.keys(),
                office,
                whole.audit(),
                whole.secondPerson(),
                whole.tokens(),
                whole.latencies(),
                whole.folder(),
                whole.counters());
    }

    @Test
    void shouldKeepReportsAsLongAsToldTo() {
        final String path = "/v1/report-retention";
        final String month = "{\"days\":30}";
        assertEquals("2557", admin.get(path).text("/days"));
        assertEquals(428, admin.put(path, month).status());
        final Call seen = admin.seen(path).with("Idempotency-Key", "month");
        assertEquals("30", seen.put(path, month).text("/days"));
        final long done = api.market.log.lastSequence();
        assertEquals("30", seen.put(path, month).text("/days"), "a repeat");
        assertEquals(done, api.market.log.lastSequence());
        assertEquals(412, admin.with("If-Match", "\"old\"").put(path, month).status());
        assertEquals(422, admin.seen(path).put(path, "{\"days\":0}").status());
        assertEquals("2557", admin.get(path + "?asAt=" + (done - 1)).text("/days"));
    }

    @Test
    void shouldDefineAndRemoveChannels() throws InterruptedException {
        final String path = "/v1/notifications/desk";
        final String log = "{\"type\":\"log\"}";
        assertEquals(428, admin.put(path, log).status());
        assertEquals(201, admin.with("If-None-Match", "*").put(path, log).status());
        assertEquals(201, admin.seen(path).put(path, log).status());
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!admin.get("/v1/notifications").body().contains("desk")) {
            assertTrue(System.nanoTime() - deadline < 0);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertEquals(428, admin.delete(path).status());
        assertEquals(204, admin.seen(path).delete(path).status());
        assertEquals(404, admin.delete(path).status());
        assertEquals(0, admin.get("/v1/dead-letters").json().path("items").size());
        assertEquals(404, admin.post("/v1/dead-letters/desk.1.0", null).status());
    }

    @Test
    void shouldRefuseChannelsThatLeadNowhere() {
        final Call fresh = admin.with("If-None-Match", "*");
        for (final String body :
                new String[] {
                    "{\"type\":\"pigeon\"}",
                    "{\"type\":\"webhook\",\"target\":\"file:///etc/passwd\"}",
                    "{\"type\":\"email\",\"target\":\"nobody\"}",
                    "{\"type\":\"log\",\"topics\":[\"weather\"]}"
                }) {
            assertEquals(422, fresh.put("/v1/notifications/x", body).status(), body);
        }
        assertEquals(422, fresh.put("/v1/notifications/X!", "{\"type\":\"log\"}").status());
    }
}
