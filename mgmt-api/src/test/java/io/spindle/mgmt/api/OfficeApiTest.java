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
        assertEquals(404, admin.get("/v1/reports/gossip?date=2026-11-20").status());
        assertEquals(422, admin.get("/v1/reports/trades").status());
        assertEquals(422, admin.get("/v1/reports/trades?date=2026-11-20&format=pdf").status());
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
        assertEquals("2557", admin.get("/v1/report-retention").text("/days"));
        assertEquals(
                "30", admin.send("PUT", "/v1/report-retention", "{\"days\":30}").text("/days"));
        assertEquals(422, admin.send("PUT", "/v1/report-retention", "{\"days\":0}").status());
    }

    @Test
    void shouldDefineAndRemoveChannels() throws InterruptedException {
        assertEquals(
                201, admin.send("PUT", "/v1/notifications/desk", "{\"type\":\"log\"}").status());
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!admin.get("/v1/notifications").body().contains("desk")) {
            assertTrue(System.nanoTime() - deadline < 0);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertEquals(204, admin.send("DELETE", "/v1/notifications/desk", null).status());
        assertEquals(404, admin.send("DELETE", "/v1/notifications/desk", null).status());
        assertEquals(0, admin.get("/v1/dead-letters").json().path("items").size());
        assertEquals(404, admin.post("/v1/dead-letters/desk.1.0", null).status());
    }

    @Test
    void shouldRefuseChannelsThatLeadNowhere() {
        for (final String body :
                new String[] {
                    "{\"type\":\"pigeon\"}",
                    "{\"type\":\"webhook\",\"target\":\"file:///etc/passwd\"}",
                    "{\"type\":\"email\",\"target\":\"nobody\"}",
                    "{\"type\":\"log\",\"topics\":[\"weather\"]}"
                }) {
            assertEquals(422, admin.send("PUT", "/v1/notifications/x", body).status(), body);
        }
        assertEquals(422, admin.send("PUT", "/v1/notifications/X!", "{\"type\":\"log\"}").status());
    }
}
