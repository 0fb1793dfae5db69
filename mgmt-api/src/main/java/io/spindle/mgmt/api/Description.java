package io.spindle.mgmt.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.javalin.http.HandlerType;

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
    private static final String KEY = "Idempotency-Key";
    private static final String IF_MATCH = "If-Match";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final String DRY_RUN = "#/components/schemas/DryRunJson";

    /** Reads of what is not in the log, or of a past of its own that they are asked for. */
    private static final Set<String> WITHOUT_PAST =
            Set.of(
                    "/asyncapi.json",
                    "/metrics",
                    "/openapi.json",
                    "/v1/audit",
                    "/v1/audit/calls",
                    "/v1/caller",
                    "/v1/dead-letters",
                    "/v1/event-audit",
                    "/v1/events",
                    "/v1/keys",
                    "/v1/latency",
                    "/v1/latency.hlog",
                    "/v1/nic",
                    "/v1/notifications",
                    "/v1/profile",
                    "/v1/proposals",
                    "/v1/proposals/{id}",
                    "/v1/reconciliation/results/{label}",
                    "/v1/reports/{kind}",
                    "/v1/snapshots",
                    "/v1/standby",
                    "/v1/start-of-day/reports/{date}/{label}",
                    "/v1/status",
                    "/v1/stream");

    /** Replies that show the fields of another among their own: schema, and which of its fields. */
    private static final Map<String, String> UNWRAPPED =
            Map.of("AccountAtJson", "account", "SessionAtJson", "session", "HeldJson", "order");

    private Description() {}

    static String of(final List<Route> routes) {
        final ObjectNode document = generated();
        final ObjectNode info = document.putObject("info");
        info.put("title", "Spindle management API").put("version", "1");
        info.put(
                "description",
                "Every reply is true at the sequence that its header Sequence names. Writes are"
                        + " commands of the log. Problems follow RFC 9457; their codes are"
                        + " stable.");
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
            completeWrite(operation, route);
            return;
        }
        sequence(operation);
        if (!WITHOUT_PAST.contains(route.path())) {
            parameter(operation, "asAt", "query", "A sequence, nanoseconds or an ISO-8601 instant");
        }
    }

    /** Each answer of a reading names where it was true. */
    private static void sequence(final ObjectNode operation) {
        operation
                .path("responses")
                .properties()
                .forEach(
                        response -> {
                            if (response.getKey().startsWith("2")) {
                                final ObjectNode header =
                                        ((ObjectNode) response.getValue())
                                                .withObject("headers")
                                                .putObject(Readings.SEQUENCE);
                                header.put(
                                        "description",
                                        "The sequence at which it is true; of a report, up to which"
                                                + " the database has everything");
                                header.putObject("schema").put("type", "string");
                            }
                        });
    }

    private static void completeWrite(final ObjectNode operation, final Route route) {
        problem(operation, ProblemCode.BAD_REQUEST);
        problem(operation, ProblemCode.TOO_LARGE);
        problem(operation, ProblemCode.UNSUPPORTED_TYPE);
        problem(operation, ProblemCode.UNAVAILABLE);
        if (route.isVersioned()) {
            completeVersioned(operation, route);
        }
        if (route.isOnce()) {
            parameter(
                    operation,
                    KEY,
                    "header",
                    "A repeat with the same one does nothing and gets the first answer");
            problem(operation, ProblemCode.IN_PROGRESS);
            return;
        }
        if (!isCommand(operation)) {
            return;
        }
        parameter(operation, "validate", "query", "true: only tried, on a copy");
        response(operation, "200", "Only tried: what would come of it", DRY_RUN);
        problem(operation, ProblemCode.IN_PROGRESS);
        problem(operation, ProblemCode.NO_ANSWER);
        response(
                operation, "202", "Waits for a second person", "#/components/schemas/ProposalJson");
    }

    /** Who may change it has seen it; where there is always something, nothing can be new. */
    private static void completeVersioned(final ObjectNode operation, final Route route) {
        parameter(operation, IF_MATCH, "header", "ETag of what is there");
        if (route.method() == HandlerType.PUT && !isRequired(operation, IF_MATCH)) {
            parameter(operation, "If-None-Match", "header", "`*` for what is not there yet");
        }
        problem(operation, ProblemCode.PRECONDITION_FAILED);
        problem(operation, ProblemCode.PRECONDITION_REQUIRED);
    }

    private static boolean isRequired(final ObjectNode operation, final String name) {
        for (final JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("required").asBoolean();
            }
        }
        return false;
    }

    private static boolean isCommand(final ObjectNode operation) {
        return operation.path("parameters").findValuesAsText("name").contains(KEY);
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
