package io.spindle.perf.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Asks an appliance's management API, as any outside tool would. */
public final class RestReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String address;
    private final Path keyFile;

    RestReader(final String address, final Path keyFile) {
        this.address = address;
        this.keyFile = keyFile;
    }

    public String address() {
        return address;
    }

    boolean isReady() throws InterruptedException {
        try {
            return send(request("/readyz").build()).statusCode() == OK;
        } catch (final IOException notYet) {
            return false;
        }
    }

    /** The JSON behind a path; throws when the answer is not 200. */
    public JsonNode get(final String path) throws IOException, InterruptedException {
        return json.readTree(text(authorised(path).build()));
    }

    /** Text behind a path. */
    public String text(final String path) throws IOException, InterruptedException {
        return text(authorised(path).build());
    }

    /** Posts JSON; throws when it was not taken. */
    public void post(final String path, final String body)
            throws IOException, InterruptedException {
        final HttpRequest request =
                authorised(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        final HttpResponse<String> response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw failure(request, response);
        }
    }

    private String text(final HttpRequest request) throws IOException, InterruptedException {
        final HttpResponse<String> response = send(request);
        if (response.statusCode() != OK) {
            throw failure(request, response);
        }
        return response.body();
    }

    private static IOException failure(
            final HttpRequest request, final HttpResponse<String> response) {
        return new IOException(
                request.method()
                        + ' '
                        + request.uri()
                        + ": "
                        + response.statusCode()
                        + ' '
                        + response.body());
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder authorised(final String path) throws IOException {
        final String key = Files.readString(keyFile).strip();
        return request(path).header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(final HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
