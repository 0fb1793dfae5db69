package io.spindle.perf.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.spindle.perf.demo.Appliance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A WebSocket subscriber to all orders that is cut off and goes on behind the last token it saw:
 * whether it then hears of every order that came in between.
 */
final class CutSubscriber {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In place of a message, behind the last. */
    private static final String END = "";

    /** Longer than a stream says nothing: it has a bookmark every five seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Appliance appliance;
    private final String token;

    private CutSubscriber(final Appliance appliance, final String token) {
        this.appliance = appliance;
        this.token = token;
    }

    /** Takes a snapshot, and is cut off behind its end. */
    static CutSubscriber cut(final Appliance appliance) throws IOException, InterruptedException {
        try (Stream stream = Stream.open(appliance, "")) {
            JsonNode message = stream.next();
            while (!message.path("type").asText().equals("snapshotFinish")) {
                message = stream.next();
            }
            return new CutSubscriber(appliance, message.path("token").asText());
        }
    }

    /**
     * Goes on.
     *
     * @param orders entered since
     * @param upTo the log's last command
     * @return what was not heard; empty if nothing
     */
    String missed(final long orders, final long upTo) throws InterruptedException {
        final Set<String> heard = new HashSet<>();
        try (Stream stream = Stream.open(appliance, "&resume=" + token)) {
            JsonNode message = stream.next();
            while (!isBookmarkAt(message, upTo)) {
                switch (message.path("type").asText()) {
                    case "replace", "remove" -> heard.add(message.path("key").asText());
                    case "bookmark" -> {}
                    default -> {
                        return "a subscriber who goes on is told " + message.path("type");
                    }
                }
                message = stream.next();
            }
        } catch (final IOException failure) {
            return "a subscriber who goes on: " + failure.getMessage();
        }
        return heard.size() == orders
                ? ""
                : "a subscriber who goes on heard of %,d orders of %,d"
                        .formatted(heard.size(), orders);
    }

    private static boolean isBookmarkAt(final JsonNode message, final long upTo) {
        return message.path("type").asText().equals("bookmark")
                && message.path("sequence").asLong() >= upTo;
    }

    /** An open WebSocket and what has come of it. */
    private record Stream(WebSocket socket, BlockingQueue<String> received)
            implements AutoCloseable {
        static Stream open(final Appliance appliance, final String more)
                throws IOException, InterruptedException {
            final URI api = URI.create(appliance.rest().address());
            final String key = Files.readString(appliance.folder().adminKey()).strip();
            final BlockingQueue<String> received = new LinkedBlockingQueue<>();
            final URI address =
                    URI.create("ws://" + api.getAuthority() + "/v1/stream?for=orders" + more);
            try {
                final WebSocket socket =
                        HttpClient.newHttpClient()
                                .newWebSocketBuilder()
                                .header("Authorization", "Bearer " + key)
                                .buildAsync(address, new Receiver(received))
                                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return new Stream(socket, received);
            } catch (final ExecutionException | TimeoutException failure) {
                throw new IOException("no stream", failure);
            }
        }

        JsonNode next() throws IOException, InterruptedException {
            final String text = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null || text.equals(END)) {
                throw new IOException(text == null ? "the stream says nothing" : "it ended");
            }
            return JSON.readTree(text);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    /** Hands on whole messages. */
    private static final class Receiver implements WebSocket.Listener {
        private final BlockingQueue<String> received;
        private final StringBuilder text = new StringBuilder();

        Receiver(final BlockingQueue<String> received) {
            this.received = received;
        }

        @Override
        public CompletionStage<?> onText(
                final WebSocket socket, final CharSequence data, final boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(
                final WebSocket socket, final int status, final String reason) {
            received.add(END);
            return null;
        }

        @Override
        public void onError(final WebSocket socket, final Throwable failure) {
            received.add(END);
        }
    }
}
