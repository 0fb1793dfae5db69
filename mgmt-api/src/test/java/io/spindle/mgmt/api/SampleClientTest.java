package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.CutLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fifty lines of Python that know nothing of the business keep their views right. */
@Timeout(120)
class SampleClientTest {
    private static final Path CLIENT =
            Path.of(System.getProperty("spindle.root"), "clients", "python", "spindle_view.py");
    private static final long SEED = 99;

    /** Few enough for the events of two rounds to be kept: who comes back can go on. */
    private static final int ORDERS = 40;

    private final ApiOnMarket api = new ApiOnMarket();
    private CutLine line;

    @BeforeEach
    void connect() throws IOException {
        line = new CutLine(api.port());
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        api.close();
    }

    @Test
    void shouldHoldTheSameViewAsTheServerByReplaceAndRemoveOnly()
            throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/python3"))) {
            System.out.println("SampleClientTest: skipped, python3 is not installed");
            Assumptions.abort("no python3");
        }
        assertTrue(Files.readAllLines(CLIENT).size() <= 50, "short enough to be read at once");
        trade(ORDERS, new Random(SEED));
        final Process client = start(api.market.log.lastSequence() + 2 * ORDERS);
        line.connection(0).await("event: snapshotFinish");
        trade(ORDERS, new Random(SEED + 1));
        line.connection(0).await("\"event\":\"order_filled\"");
        line.connection(0).cut();
        trade(ORDERS, new Random(SEED + 2));
        final byte[] printed = client.getInputStream().readAllBytes();
        assertTrue(client.waitFor(60, TimeUnit.SECONDS));
        assertTrue(line.connection(1).asked().matches("(?si).*Last-Event-ID: [0-9].*"), "resumed");
        assertFalse(line.connection(1).answered().contains("snapshotStart"), "gone on");
        final JsonNode views = Json.MAPPER.readTree(printed);
        verify(views, "balances", "/v1/balances", one -> key(one, "account", "currency"));
        verify(views, "holdings", "/v1/holdings", one -> key(one, "account", "symbol"));
        verify(views, "orders", "/v1/orders?onlyActive=true&pageSize=1000", one -> key(one, "id"));
        verify(views, "status", "/v1/sessions", one -> "session/" + key(one, "session"));
        final JsonNode metadata = views.path("metadata");
        assertEquals(5, metadata.size(), metadata.toString());
        hold(metadata, "/v1/accounts", one -> "account/" + key(one, "account"));
        hold(metadata, "/v1/instruments", one -> "instrument/" + key(one, "symbol"));
    }

    /** Each entry whole, and no other. */
    private void verify(
            final JsonNode views,
            final String view,
            final String path,
            final Function<JsonNode, String> key) {
        assertEquals(hold(views.path(view), path, key), views.path(view).size(), view);
    }

    private int hold(final JsonNode held, final String path, final Function<JsonNode, String> key) {
        final JsonNode items = api.as(Role.VIEWER).get(path).json().path("items");
        assertTrue(items.size() > 0, path);
        for (final JsonNode item : items) {
            assertEquals(item, held.path(key.apply(item)), path);
        }
        return items.size();
    }

    private static String key(final JsonNode item, final String... fields) {
        return Stream.of(fields)
                .map(field -> item.path(field).asText())
                .collect(Collectors.joining("/"));
    }

    private void trade(final int count, final Random random) {
        for (int i = 0; i < count; i++) {
            final char side = random.nextBoolean() ? 'B' : 'S';
            final long price = 10_0000 + 100L * random.nextInt(9);
            api.market.enter(random.nextInt(3), side, "SPDL", 1 + random.nextInt(50), price);
        }
    }

    private Process start(final long sequence) throws IOException {
        final ProcessBuilder builder =
                new ProcessBuilder(
                        "/usr/bin/python3",
                        CLIENT.toString(),
                        "http://127.0.0.1:" + line.port(),
                        "balances,holdings,orders,status,metadata",
                        Long.toString(sequence));
        builder.environment().put("KEY", Role.VIEWER.name());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
