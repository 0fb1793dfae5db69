package io.spindle.mgmt.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI document: what the build made from the handlers' annotations, completed from the
 * route table with what holds for many routes: who may use them, what every caller may meet, which
 * parameters all reads and all commands share.
 */
final class Description {
    private static final String RESOURCE = "/openapi-plugin/openapi-default.json";
    private static final String PROBLEM = "#/components/schemas/Problem";

    /** Reads of the market's state, which has a past. */
    private static final Set<String> WITH_PAST =
            Set.of(
                    "market",
                    "orders",
                    "members",
                    "risk",
                    "terms",
                    "metadata",
                    "algorithms",
                    "routing");

    /** Replies that show the fields of another among their own: schema, and which of its fields. */
    private static final Map<String, String> UNWRAPPED =
            Map.of("AccountAtJson", "account", "SessionAtJson", "session", "HeldJson", "order");

    private static final String QUEUE_WITH_PAST = "/v1/authorisations";

    private Description() {}

    static String of(final List<Route> routes) {
        final ObjectNode document = generated();
        final ObjectNode info = document.putObject("info");
        info.put("title", "Spindle management API").put("version", "1");
        info.put(
                "description",
                "Every reply is true at the sequence that it names. Writes are commands of the"
                        + " log. Problems follow RFC 9457; their codes are stable.");
        final ObjectNode scheme =
                document.withObject("/components/securitySchemes").putObject("bearer");
        scheme.put("type", "http").put("scheme", "bearer");
        UNWRAPPED.forEach((schema, field) -> unwrap(document, schema, field));
        for (final Route route : routes) {
            final JsonNode operation =
                    document.path("paths")
                            .path(route.path())
                            .path(route.method().name().toLowerCase(Locale.ROOT));
            if (operation instanceof final ObjectNode found) {
                complete(found, route);
            }
        }
        return document.toString();
    }

    private static ObjectNode generated() {
        try (InputStream resource = Description.class.getResourceAsStream(RESOURCE)) {
            return (ObjectNode) Json.MAPPER.readTree(resource);
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What is in a field is said to be beside it, as the reply has it. */
    private static void unwrap(final ObjectNode document, final String name, final String field) {
        final ObjectNode schema = document.withObject("/components/schemas/" + name);
        final ObjectNode properties = schema.withObject("/properties");
        final JsonNode inner =
                document.at(properties.remove(field).path("$ref").asText().substring(1));
        inner.path("properties")
                .properties()
                .forEach(it -> properties.set(it.getKey(), it.getValue()));
        final ArrayNode required = schema.withArray("/required");
        required.removeIf(it -> it.asText().equals(field));
        inner.path("required").forEach(required::add);
        if (required.isEmpty()) {
            schema.remove("required");
        }
    }

    private static void complete(final ObjectNode operation, final Route route) {
        final ArrayNode security = operation.putArray("security");
        problem(operation, ProblemCode.TOO_MANY);
        problem(operation, ProblemCode.INTERNAL);
        if (route.isOpen()) {
            return;
        }
        security.addObject().putArray("bearer");
        final ArrayNode roles = operation.putArray("x-roles");
        Access.names(route.roles()).forEach(role -> roles.add(role.toLowerCase(Locale.ROOT)));
        problem(operation, ProblemCode.UNAUTHENTICATED);
        problem(operation, ProblemCode.FORBIDDEN);
        problem(operation, ProblemCode.UNPROCESSABLE);
        if (route.isWrite()) {
            completeWrite(operation);
            return;
        }
        if (WITH_PAST.contains(operation.at("/tags/0").asText())
                || route.path().equals(QUEUE_WITH_PAST)) {
            parameter(operation, "asAt", "query", "A sequence, nanoseconds or an ISO-8601 instant");
        }
    }

    private static void completeWrite(final ObjectNode operation) {
        problem(operation, ProblemCode.BAD_REQUEST);
        problem(operation, ProblemCode.TOO_LARGE);
        problem(operation, ProblemCode.UNAVAILABLE);
        if (!isCommand(operation)) {
            return;
        }
        parameter(operation, "validate", "query", "true: only tried, on a copy");
        problem(operation, ProblemCode.IN_PROGRESS);
        problem(operation, ProblemCode.NO_ANSWER);
        response(
                operation, "202", "Waits for a second person", "#/components/schemas/ProposalJson");
        if (operation.path("operationId").asText().startsWith("set")) {
            parameter(operation, "If-Match", "header", "ETag of what is there");
            parameter(operation, "If-None-Match", "header", "`*` for what is not there yet");
            problem(operation, ProblemCode.PRECONDITION_FAILED);
            problem(operation, ProblemCode.PRECONDITION_REQUIRED);
        }
    }

    private static boolean isCommand(final ObjectNode operation) {
        return operation.path("parameters").findValuesAsText("name").contains("Idempotency-Key");
    }

    private static void parameter(
            final ObjectNode operation,
            final String name,
            final String in,
            final String description) {
        if (!operation.path("parameters").findValuesAsText("name").contains(name)) {
            final ObjectNode parameter = operation.withArray("parameters").addObject();
            parameter.put("name", name).put("in", in).put("description", description);
            parameter.putObject("schema").put("type", "string");
        }
    }

    private static void problem(final ObjectNode operation, final ProblemCode code) {
        response(operation, Integer.toString(code.status), code.title, PROBLEM);
    }

    private static void response(
            final ObjectNode operation,
            final String status,
            final String description,
            final String schema) {
        final ObjectNode responses = operation.withObject("/responses");
        if (!responses.has(status)) {
            final ObjectNode response = responses.putObject(status);
            response.put("description", description);
            final String type = schema.equals(PROBLEM) ? Problem.CONTENT_TYPE : "application/json";
            response.withObject("content").withObject(type).putObject("schema").put("$ref", schema);
        }
    }
}
