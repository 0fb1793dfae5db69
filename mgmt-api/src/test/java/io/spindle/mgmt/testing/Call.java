package io.spindle.mgmt.testing;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.api.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** One HTTP call, written as a sentence: {@code call.as(key).get("/v1/orders")}. */
public final class Call {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String root;
    private final List<String> headers;

    public Call(final int port) {
        this("http://127.0.0.1:" + port, List.of());
    }

    private Call(final String root, final List<String> headers) {
        this.root = root;
        this.headers = headers;
    }

    /** What came back. */
    public record Reply(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (final IOException noJson) {
                throw new AssertionError("no JSON: " + body, noJson);
            }
        }

        public String contentType() {
            return response.headers().firstValue("content-type").orElse("");
        }

        /** The field, as text. */
        public String text(final String pointer) {
            return json().at(pointer).asText();
        }
    }

    public Call as(final String key) {
        return with("Authorization", "Bearer " + key);
    }

    public Call with(final String name, final String value) {
        final List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Call(root, more);
    }

    /** With the version of what is there now: {@code If-Match}. */
    public Call seen(final String path) {
        final Reply now = get(path);
        return with(
                "If-Match",
                now.response()
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow(() -> new AssertionError(path + ": " + now.body())));
    }

    public Reply get(final String path) {
        return send("GET", path, null);
    }

    public Reply post(final String path, final String body) {
        return send("POST", path, body);
    }

    public Reply put(final String path, final String body) {
        return send("PUT", path, body);
    }

    public Reply delete(final String path) {
        return send("DELETE", path, null);
    }

    public Reply send(final String method, final String path, final String body) {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            final HttpResponse<String> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (final IOException failure) {
            throw new AssertionError(method + " " + path, failure);
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new AssertionError(end);
        }
    }
}
