package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Every operation of the document with values that nobody should send: in its path, its parameters,
 * its body. Whatever comes back is an answer that the document promises, and never a fault of ours.
 */
@Timeout(300)
class ApiFuzzTest {
    private static final long SEED = 20_261_120;
    private static final int ROUNDS = 3;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "1e9",
                    "NaN",
                    "9223372036854775807",
                    "9223372036854775808",
                    "99999999999999999999999999",
                    "0.000000001",
                    "true",
                    "null",
                    "SPDL",
                    "TEST00",
                    "TEST00-0-1",
                    "system",
                    "2026-01-01T00:00:00Z",
                    "%00",
                    "..",
                    "../../etc/passwd",
                    "'; DROP TABLE orders; --",
                    "ÄÖÜ€𝄞",
                    "\u0000\u0007",
                    "x".repeat(1_500));
    private static final List<String> BODIES =
            List.of(
                    "",
                    "null",
                    "[]",
                    "{}",
                    "0",
                    "\"text\"",
                    "{",
                    "{\"a\":{\"b\":[[[[]]]]}}",
                    "\u0000",
                    "{\"reason\":1e400}",
                    "[".repeat(5_000));

    private final ApiOnMarket api =
            new ApiOnMarket(new ApiEndpoint("127.0.0.1", 0, null, 1_000_000), Authenticator.NOBODY);
    private final Call admin = api.as(Role.ADMIN);
    private final Random random = new Random(SEED);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerNonsenseWithDocumentedProblems() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final JsonNode document = admin.get("/openapi.json").json();
        final List<String> wrong = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                it ->
                                                        fuzz(
                                                                document,
                                                                path.getKey(),
                                                                it.getKey(),
                                                                it.getValue(),
                                                                wrong)));
        assertEquals(List.of(), wrong, "seed " + SEED);
    }

    private void fuzz(
            final JsonNode document,
            final String path,
            final String method,
            final JsonNode operation,
            final List<String> wrong) {
        if (path.equals("/v1/stream")) {
            return; // its answer has no end: StreamApiTest
        }
        final JsonNode schema =
                document.at(
                        operation
                                .at("/requestBody/content/application~1json/schema/$ref")
                                .asText("#/none")
                                .substring(1));
        for (int round = 0; round < ROUNDS; round++) {
            final String target = path(path) + query(operation);
            final String body = operation.has("requestBody") ? body(schema) : null;
            final String verb = method.toUpperCase(Locale.ROOT);
            final Reply reply = send(verb, target, body);
            final String status = Integer.toString(reply.status());
            final boolean promised =
                    operation.path("responses").has(status) || isRouting(reply.status());
            if (!promised || reply.status() == 500 && !path.equals("/readyz")) {
                wrong.add(verb + " " + target + " " + body + " gave " + status);
            } else if (reply.status() >= 400 && !path.equals("/readyz")) {
                assertProblem(reply, target);
            }
        }
    }

    /** Jetty ends a connection after a bad URI, and the client may not have noticed yet. */
    private Reply send(final String verb, final String target, final String body) {
        try {
            return admin.send(verb, target, body);
        } catch (final AssertionError ended) {
            return admin.send(verb, target, body);
        }
    }

    /** A path that was fuzzed may be another one, or none. */
    private static boolean isRouting(final int status) {
        return status == 404 || status == 405 || status == 400;
    }

    private static void assertProblem(final Reply reply, final String target) {
        if (!reply.contentType().startsWith("application/problem+json")) {
            assertEquals(400, reply.status(), "Jetty's own answer to a bad URI: " + target);
            return;
        }
        assertEquals(reply.status(), reply.json().path("status").asInt(), target);
        assertTrue(reply.text("/type").startsWith("urn:spindle:problem:"), target);
        assertTrue(!reply.text("/code").isEmpty(), target);
    }

    private String path(final String template) {
        final StringBuilder path = new StringBuilder();
        for (final String part : template.split("/", -1)) {
            path.append('/').append(part.startsWith("{") ? encode(text()) : part);
        }
        return path.substring(1);
    }

    private String query(final JsonNode operation) {
        final StringBuilder query = new StringBuilder("?");
        for (final JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
                query.append(parameter.path("name").asText())
                        .append('=')
                        .append(encode(text()))
                        .append('&');
            }
        }
        return query.toString();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Nonsense, or an object of the right fields with nonsense in them. */
    private String body(final JsonNode schema) {
        if (random.nextInt(3) == 0) {
            return BODIES.get(random.nextInt(BODIES.size()));
        }
        final StringBuilder body = new StringBuilder("{");
        schema.path("properties")
                .properties()
                .forEach(
                        property -> {
                            if (random.nextInt(4) != 0) {
                                body.append(body.length() > 1 ? "," : "")
                                        .append(Json.write(property.getKey()))
                                        .append(':')
                                        .append(value(property.getValue()));
                            }
                        });
        return body.append('}').toString();
    }

    private String value(final JsonNode schema) {
        return switch (random.nextInt(6)) {
            case 0 -> "null";
            case 1 -> Long.toString(random.nextLong());
            case 2 -> "[" + Json.write(text()) + "]";
            case 3 ->
                    schema.path("type").asText().equals("integer")
                            ? Integer.toString(random.nextInt(100))
                            : Json.write(text());
            default -> Json.write(text());
        };
    }
}
