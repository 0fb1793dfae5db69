package io.spindle.mgmt.notify;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.stream.FeedMessage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * By POST, one message a request; anything but a 2xx status is a failure. {@code Idempotency-Key}
 * is the event's token: a receiver that has seen it may ignore the repeat.
 */
final class WebhookCarrier implements Carrier {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final HttpClient client;
    private final URI target;

    WebhookCarrier(final HttpClient client, final URI target) {
        this.client = client;
        this.target = target;
    }

    @Override
    public void carry(final FeedMessage message) throws IOException, InterruptedException {
        final HttpRequest request =
                HttpRequest.newBuilder(target)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", message.token() + "/" + message.view())
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(message)))
                        .build();
        final int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / HUNDRED != SUCCESS) {
            throw new IOException(target + " answered " + status);
        }
    }
}
