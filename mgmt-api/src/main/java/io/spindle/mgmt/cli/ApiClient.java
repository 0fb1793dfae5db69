package io.spindle.mgmt.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.security.PinnedCertificate;
import io.spindle.mgmt.supervisor.RunFolder;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** The management API of the appliance on a data folder, called with the folder's own key. */
final class ApiClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FIRST_FAILURE = 400;

    private final HttpClient client;
    private final String root;
    private final String key;

    private ApiClient(final HttpClient client, final String root, final String key) {
        this.client = client;
        this.root = root;
        this.key = key;
    }

    /** Finds address, certificate and key in the folder of an appliance that runs. */
    static ApiClient of(final Path data) throws IOException {
        final Properties description = RunFolder.of(data).description();
        final String api = description.getProperty("--api");
        final Path keyFile = new DataFolder(data).adminKey();
        if (api == null || !Files.exists(keyFile)) {
            throw new IOException("no appliance was started on " + data);
        }
        final HttpClient.Builder settings = HttpClient.newBuilder().connectTimeout(PATIENCE);
        final String certificate = description.getProperty("--tls-certificate");
        if (certificate != null) {
            final Path chain = Path.of(certificate);
            settings.sslContext(
                    description.containsKey("--tls-clients")
                            ? PinnedCertificate.context(
                                    chain, chain, Path.of(description.getProperty("--tls-key")))
                            : PinnedCertificate.context(chain));
        }
        return new ApiClient(
                settings.build(),
                (certificate == null ? "http://" : "https://") + api,
                Files.readString(keyFile).strip());
    }

    static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    JsonNode get(final String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(final String path, final String type, final HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(body));
    }

    /** Changes the configuration that is there now. */
    JsonNode change(final String path, final Object body) throws IOException, InterruptedException {
        final HttpResponse<String> present = reply(request(path).GET());
        return json(
                reply(
                        request(path)
                                .header("Content-Type", "application/json")
                                .header(
                                        "If-Match",
                                        present.headers().firstValue("ETag").orElse("none"))
                                .PUT(HttpRequest.BodyPublishers.ofString(Json.write(body)))));
    }

    JsonNode post(final String path, final Object body) throws IOException, InterruptedException {
        return post(
                path, "application/json", HttpRequest.BodyPublishers.ofString(Json.write(body)));
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create(root + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    private JsonNode send(final HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return json(reply(request));
    }

    private HttpResponse<String> reply(final HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What came back; a problem becomes an exception that says all that is wrong. */
    private static JsonNode json(final HttpResponse<String> reply) throws IOException {
        final JsonNode json = Json.MAPPER.readTree(reply.body());
        if (reply.statusCode() < FIRST_FAILURE) {
            return json;
        }
        final StringBuilder problem = new StringBuilder(json.path("detail").asText());
        json.path("errors")
                .forEach(
                        error ->
                                problem.append("\n  ")
                                        .append(error.path("pointer").asText())
                                        .append(": ")
                                        .append(error.path("detail").asText()));
        throw new IOException(problem.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
