package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(120)
class StreamApiTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldKeepAViewRightByReplaceAndRemoveOnly() throws Exception {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final WebSocket socket = open("ADMIN", "for=orders");
        final Map<String, JsonNode> orders = new HashMap<>();
        assertEquals("snapshotStart", next().at("/type").asText());
        JsonNode message = next();
        while (!message.at("/type").asText().equals("snapshotFinish")) {
            keep(orders, message);
            message = next();
        }
        api.market.enter(1, 'B', "SPDL", 50, 10_0000);
        api.market.cancel(0, 1, 0);
        while (orders.containsKey("TEST00-0-1") || !orders.containsKey("TEST01-0-1")) {
            keep(orders, next());
        }
        assertEquals(1, orders.size());
        assertEquals("50", orders.get("TEST01-0-1").at("/quantity").asText());
        socket.abort();
    }

    @Test
    void shouldGoOnBehindTheTokenOfTheLastEventSeen() throws Exception {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long seen = api.market.log.lastSequence();
        api.market.enter(1, 'B', "SPDL", 50, 10_0000);
        api.market.enter(2, 'S', "SPDL", 10, 10_0000);
        final WebSocket socket = open("ADMIN", "for=updates&resume=" + seen);
        assertEquals("TEST01-0-1", next().at("/value/id").asText());
        assertEquals("FOES00-0-1", next().at("/value/id").asText());
        final JsonNode fill = next();
        assertEquals("partially_filled", fill.at("/value/status").asText());
        socket.abort();
        final WebSocket again = open("ADMIN", "for=updates&resume=" + fill.at("/token").asText());
        assertEquals("filled", next().at("/value/status").asText());
        again.abort();
    }

    @Test
    void shouldTellACallerTheirOwnFirmsEventsOnly() throws Exception {
        final WebSocket socket = open("foe", "for=orders,status");
        while (!next().at("/type").asText().equals("snapshotFinish")) {
            continue;
        }
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'B', "SPDL", 100, 10_0000);
        assertEquals("FOES00-0-1", next().at("/key").asText());
        socket.abort();
    }

    @Test
    void shouldStreamServerSentEventsWithTokens() throws Exception {
        final HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + api.port()
                                                + "/v1/stream?for=transactions"))
                        .header("Authorization", "Bearer ADMIN")
                        .header("Accept", "text/event-stream")
                        .build();
        final HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertTrue(find(lines, "event: ").contains("snapshotStart"));
            assertTrue(find(lines, "event: ").contains("snapshotFinish"));
            api.market.enter(0, 'B', "SPDL", 100, 10_0000);
            api.market.enter(2, 'S', "SPDL", 10, 10_0000);
            assertTrue(find(lines, "data: ").contains("\"snapshotFinish\""));
            assertTrue(find(lines, "data: ").contains("\"matchNumber\":\"1\""));
        }
    }

    @Test
    void shouldEndAStreamWhenItsKeyIsRevoked() throws Exception {
        final Reply made =
                api.as(Role.ADMIN)
                        .post(
                                "/v1/keys",
                                "{\"name\":\"desk\",\"roles\":[\"viewer\"],\"reason\":\"r\"}");
        final HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/v1/stream"))
                        .header("Authorization", "Bearer " + made.text("/key"))
                        .header("Accept", "text/event-stream")
                        .build();
        final CompletableFuture<HttpResponse<String>> stream =
                HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        while (api.market.events.subscribers() == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        final String path = "/v1/keys/" + made.text("/details/id");
        assertEquals(200, api.as(Role.ADMIN).send("DELETE", path, null).status());
        while (!stream.isDone()) {
            api.market.enter(0, 'B', "SPDL", 1, 9_0000);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertEquals(200, stream.get().statusCode());
        assertEquals(0, api.market.events.subscribers());
    }

    @Test
    void shouldShowBooksAndTheTapeToEverybody() throws Exception {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final WebSocket socket = open("foe", "for=top,depth,trades");
        assertEquals("snapshotStart", next().at("/type").asText());
        final JsonNode top = next();
        assertEquals("top", top.at("/view").asText());
        assertEquals("10.0000", top.at("/value/bid/price").asText());
        assertTrue(top.at("/value/ageMs").isNumber());
        while (!next().at("/type").asText().equals("snapshotFinish")) {
            continue;
        }
        api.market.enter(1, 'S', "SPDL", 40, 10_0000);
        final Map<String, JsonNode> seen = new HashMap<>();
        while (!"60".equals(quantity(seen)) || seen.size() < 3) {
            final JsonNode message = next();
            seen.put(message.at("/view").asText(), message.at("/value"));
        }
        assertEquals("40", seen.get("trades").at("/quantity").asText());
        assertTrue(seen.get("trades").at("/maker").isMissingNode(), "no parties");
        assertEquals("60", seen.get("depth").at("/bids/0/quantity").asText());
        socket.abort();
        assertEquals(1, api.as("foe").get("/v1/events?for=trades").json().at("/items").size());
        assertEquals(
                0, api.as("foe").get("/v1/events?for=transactions").json().at("/items").size());
    }

    private static String quantity(final Map<String, JsonNode> seen) {
        return seen.containsKey("top") ? seen.get("top").at("/bid/quantity").asText() : "";
    }

    @Test
    void shouldListPastEventsByRangeAndView() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long before = api.market.log.lastSequence();
        api.market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Reply events = api.as(Role.VIEWER).get("/v1/events?for=transactions&from=" + before);
        assertEquals(1, events.json().at("/items").size(), events.body());
        assertEquals("40", events.text("/items/0/value/quantity"));
        assertEquals(0, count("/v1/events?for=transactions&to=" + before));
        assertEquals(1, count("/v1/events?for=transactions&count=1"));
        assertTrue(count("/v1/events") > 5);
        assertEquals(422, api.as(Role.VIEWER).get("/v1/events?for=secrets").status());
        assertEquals(422, api.as(Role.VIEWER).get("/v1/events?from=then").status());
    }

    @Test
    void shouldShowAdminCommandsToAuditorsOnly() {
        api.as(Role.OPERATOR).post("/v1/owners", "{\"firm\":\"NEWF\"}");
        final Reply audit = api.as(Role.AUDITOR).get("/v1/audit");
        assertTrue(audit.body().contains("DefineFirm"), audit.body());
        assertEquals(403, api.as(Role.VIEWER).get("/v1/audit").status());
        assertEquals(403, api.as(Role.VIEWER).get("/v1/event-audit").status());
        assertEquals(200, api.as(Role.AUDITOR).get("/v1/event-audit").status());
    }

    @Test
    void shouldStreamToWhoTakesAStreamOnly() {
        assertEquals(400, api.as(Role.VIEWER).get("/v1/stream").status());
    }

    @Test
    void shouldNarrowAStreamAndLetItGoOnNarrowed() throws Exception {
        final WebSocket socket = open("ADMIN", "for=updates&event=order_filled&account=FOES00");
        assertEquals("snapshotStart", next().at("/type").asText());
        assertEquals("snapshotFinish", next().at("/type").asText());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 10, 10_0000);
        api.market.enter(1, 'S', "SPDL", 10, 10_0000);
        final JsonNode filled = next();
        assertEquals("order_filled", filled.at("/event").asText());
        assertEquals("FOES00-0-1", filled.at("/value/id").asText());
        socket.abort();
        api.market.enter(2, 'S', "SPDL", 20, 10_0000);
        api.market.enter(1, 'S', "SPDL", 20, 10_0000);
        final String behind = "&resume=" + filled.at("/token").asText();
        final WebSocket again =
                open("ADMIN", "for=updates&event=order_filled&account=FOES00" + behind);
        assertEquals("FOES00-0-2", next().at("/value/id").asText());
        again.abort();
    }

    @Test
    void shouldShowTheBooksOfTheSymbolsAskedForOnly() throws Exception {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final WebSocket socket = open("foe", "for=top&symbol=BTC");
        assertEquals("snapshotStart", next().at("/type").asText());
        assertEquals("BTC", next().at("/key").asText());
        assertEquals("snapshotFinish", next().at("/type").asText());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(0, 'B', "BTC", 1, 1);
        assertEquals("BTC", next().at("/key").asText());
        socket.abort();
    }

    @Test
    void shouldRefuseAWebSocketWhoseParametersItDoesNotKnow() {
        for (final String wrong : List.of("symbl=SPDL", "event=order_lost", "for=x", "resume=x")) {
            final ExecutionException refused =
                    assertThrows(ExecutionException.class, () -> open("ADMIN", wrong));
            assertEquals(
                    422,
                    ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode(),
                    wrong);
        }
    }

    private static void keep(final Map<String, JsonNode> view, final JsonNode message) {
        switch (message.at("/type").asText()) {
            case "replace" -> view.put(message.at("/key").asText(), message.at("/value"));
            case "remove" -> view.remove(message.at("/key").asText());
            default -> assertEquals("bookmark", message.at("/type").asText());
        }
    }

    private JsonNode next() throws InterruptedException {
        JsonNode message;
        do {
            message = messages.poll(60, TimeUnit.SECONDS);
        } while (message != null && message.at("/type").asText().equals("bookmark"));
        return message;
    }

    private WebSocket open(final String key, final String query) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + api.port() + "/v1/stream?" + query),
                        new Collector())
                .get(60, TimeUnit.SECONDS);
    }

    private final class Collector implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(
                final WebSocket socket, final CharSequence data, final boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(Json.MAPPER.readTree(text.toString()));
                } catch (final IOException broken) {
                    throw new AssertionError(broken);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private static String find(final BufferedReader lines, final String prefix) throws IOException {
        String line;
        do {
            line = lines.readLine();
        } while (!line.startsWith(prefix));
        return line;
    }

    private int count(final String path) {
        return api.as(Role.VIEWER).get(path).json().at("/items").size();
    }
}
