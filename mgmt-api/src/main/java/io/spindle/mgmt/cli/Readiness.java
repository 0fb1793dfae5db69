package io.spindle.mgmt.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the management API whether the order port is open. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long POLL_MS = 100;
    private final HttpRequest request;

    Readiness(final String api) {
        request =
                HttpRequest.newBuilder(URI.create("http://" + api + "/readyz"))
                        .timeout(PATIENCE)
                        .build();
    }

    /** Waits until it is, however long that takes; false if interrupted before. */
    boolean await() {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            while (!isReady(client)) {
                Thread.sleep(POLL_MS);
            }
            return true;
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isReady(final HttpClient client) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (final IOException notYet) {
            return false;
        }
    }
}
