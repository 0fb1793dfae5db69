package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spindle.mgmt.testing.ApiOnMarket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** No key takes all the streams that there are. */
@Timeout(60)
class StreamShareTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<InputStream> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (final InputStream stream : open) {
            stream.close();
        }
        client.shutdownNow();
        api.close();
    }

    private int begin(final String key) throws Exception {
        final HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + api.port() + "/v1/stream?for=trades"))
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "text/event-stream")
                        .build();
        final HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        open.add(response.body());
        return response.statusCode();
    }

    @Test
    void shouldRefuseOneMoreThanAShareAndNobodyElse() throws Exception {
        for (int i = 0; i < StreamApi.MOST_OF_CALLER; i++) {
            assertEquals(200, begin("VIEWER"));
        }
        assertEquals(429, begin("VIEWER"));
        final ExecutionException refused =
                assertThrows(
                        ExecutionException.class,
                        () ->
                                client.newWebSocketBuilder()
                                        .header("Authorization", "Bearer VIEWER")
                                        .buildAsync(
                                                URI.create(
                                                        "ws://127.0.0.1:"
                                                                + api.port()
                                                                + "/v1/stream"),
                                                new WebSocket.Listener() {})
                                        .get());
        final var handshake =
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
        assertEquals(429, handshake.getResponse().statusCode());
        assertEquals(200, begin("OPERATOR"));
    }
}
