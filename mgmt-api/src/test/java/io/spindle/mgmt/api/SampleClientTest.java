package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Fifty lines of Python that know nothing of the business keep their views right. */
@Timeout(120)
class SampleClientTest {
    private static final Path CLIENT =
            Path.of(System.getProperty("spindle.root"), "clients", "python", "spindle_view.py");
    private static final long SEED = 99;
    private static final int ORDERS = 300;

    private final ApiOnMarket api = new ApiOnMarket();

    @AfterEach
    void stop() {
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
        trade(ORDERS / 3, new Random(SEED));
        final Process client = start(api.market.log.lastSequence() + ORDERS);
        trade(ORDERS, new Random(SEED + 1));
        final byte[] printed = client.getInputStream().readAllBytes();
        assertTrue(client.waitFor(60, TimeUnit.SECONDS));
        final JsonNode views = Json.MAPPER.readTree(printed);
        final JsonNode balances = api.as(Role.VIEWER).get("/v1/balances").json().path("items");
        assertEquals(3, balances.size());
        for (final JsonNode balance : balances) {
            final String key = balance.path("account").asText() + "/USD";
            assertEquals(
                    balance.path("balance"), views.path("balances").path(key).path("balance"), key);
        }
        final JsonNode orders =
                api.as(Role.VIEWER).get("/v1/orders?onlyActive=true&pageSize=1000").json();
        assertEquals(orders.path("items").size(), views.path("orders").size());
        for (final JsonNode order : orders.path("items")) {
            final JsonNode held = views.path("orders").path(order.path("id").asText());
            assertEquals(order.path("remaining"), held.path("remaining"), order.toString());
        }
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
                        "http://127.0.0.1:" + api.port(),
                        "balances,orders",
                        Long.toString(sequence));
        builder.environment().put("KEY", Role.VIEWER.name());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
