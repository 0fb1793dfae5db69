package io.spindle.mgmt.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/** Asks the management API whether the order port is open. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long POLL_MS = 100;
    private final HttpRequest request;
    private final SSLContext tls;

    /**
     * @param console the API's address, with its scheme
     * @param tls the client's side of it, or null without TLS
     */
    Readiness(final String console, final SSLContext tls) {
        this.tls = tls;
        request = HttpRequest.newBuilder(URI.create(console + "/readyz")).timeout(PATIENCE).build();
    }

    /** Waits until it is, however long that takes; false if interrupted before. */
    boolean await() {
        final HttpClient.Builder settings = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (tls != null) {
            settings.sslContext(tls);
        }
        try (HttpClient client = settings.build()) {
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
