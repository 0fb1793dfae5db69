package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Subscribers over real connections: strangers, and one that never reads. */
@Timeout(120)
class StreamSubscribersTest {
    private static final int SMALL = 4_096;

    /** What they cause is more than a queue and the connection's buffers hold. */
    private static final int ORDERS = 30_000;

    private final ApiOnMarket api = new ApiOnMarket();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldDescribeItsMessagesBesideTheOpenApiDocument() {
        final Call.Reply described = api.as(Role.PERFORMANCE).get("/asyncapi.json");
        assertEquals(200, described.status());
        assertEquals("3.0.0", described.text("/asyncapi"));
        assertEquals("/v1/stream", described.text("/channels/stream/address"));
    }

    @Test
    void shouldServeNoStranger() {
        final Call stranger = new Call(api.port()).with("Accept", "text/event-stream");
        assertEquals(401, stranger.get("/v1/stream").status());
        final ExecutionException refused =
                assertThrows(
                        ExecutionException.class,
                        () ->
                                HttpClient.newHttpClient()
                                        .newWebSocketBuilder()
                                        .buildAsync(uri(""), new WebSocket.Listener() {})
                                        .get(60, TimeUnit.SECONDS));
        final WebSocketHandshakeException handshake =
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
        assertEquals(401, handshake.getResponse().statusCode());
        assertEquals(0, api.market.events.subscribers());
    }

    @Test
    void shouldTimeTheWayToASubscriber() throws Exception {
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final WebSocket socket = listen("?for=updates", heard);
        awaitSubscribers(1);
        api.market.enter(0, 'B', "SPDL", 1, 9_0000);
        final long sequence = api.market.log.lastSequence();
        api.market.enter(0, 'B', "SPDL", 1, 9_0000);
        String news = "";
        while (!news.contains("TEST00-0-2")) {
            news = heard.poll(30, TimeUnit.SECONDS);
            assertNotNull(news, "the second order");
        }
        final Call.Reply latency = api.as(Role.PERFORMANCE).get("/v1/latency");
        assertEquals("stream", latency.text("/stages/3/stage"));
        assertTrue(latency.json().at("/stages/3/count").asLong() >= 1, latency.body());
        assertTrue(
                latency.json()
                        .at("/stages/3/outliers")
                        .findValuesAsText("sequence")
                        .contains(Long.toString(sequence)),
                latency.body());
        socket.abort();
    }

    @Test
    void shouldCutOffWhoNeverReadsWhileOthersGoOn() throws Exception {
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final WebSocket other = listen("?for=updates&account=FOES00", heard);
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(SMALL);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
            deaf.getOutputStream().write(upgrade().getBytes(StandardCharsets.US_ASCII));
            awaitSubscribers(2);
            for (int i = 0; i < ORDERS; i++) {
                api.market.cancel(0, api.market.enter(0, 'B', "SPDL", 1, 9_0000), 0);
            }
            api.market.enter(2, 'B', "SPDL", 1, 9_0000);
            String news = "";
            while (!news.contains("FOES00-0-1")) {
                news = heard.poll(30, TimeUnit.SECONDS);
                assertNotNull(news, "the other one goes on");
            }
            awaitEnd(deaf.getInputStream());
            awaitSubscribers(1);
        }
        other.abort();
    }

    /** Reads at last, if it is not cut off yet, to where it is told that events were lost. */
    private void awaitEnd(final InputStream in) throws IOException {
        final byte[] chunk = new byte[SMALL];
        String tail = "";
        while (api.market.events.subscribers() > 1 && !tail.contains("\"resync\"")) {
            final int count = in.read(chunk);
            assertTrue(count > 0, "closed without a word");
            final String text = tail + new String(chunk, 0, count, StandardCharsets.ISO_8859_1);
            tail = text.substring(Math.max(0, text.length() - SMALL));
        }
    }

    private String upgrade() {
        return String.join(
                "\r\n",
                "GET /v1/stream?for=updates HTTP/1.1",
                "Host: 127.0.0.1:" + api.port(),
                "Authorization: Bearer VIEWER",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "",
                "");
    }

    private WebSocket listen(final String query, final LinkedBlockingQueue<String> heard)
            throws Exception {
        final WebSocket.Listener listener =
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                            final WebSocket socket, final CharSequence text, final boolean last) {
                        heard.add(text.toString());
                        socket.request(1);
                        return null;
                    }
                };
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer VIEWER")
                .buildAsync(uri(query), listener)
                .get(60, TimeUnit.SECONDS);
    }

    private URI uri(final String query) {
        return URI.create("ws://127.0.0.1:" + api.port() + "/v1/stream" + query);
    }

    private void awaitSubscribers(final int count) throws InterruptedException {
        while (api.market.events.subscribers() != count) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
