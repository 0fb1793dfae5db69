package io.spindle.mgmt.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operations of the OpenAPI document, each with a call that makes sense. */
record ApiDocument(List<Operation> all) {
    /** Values of parameters and fields on the small market, by name. */
    static final Map<String, String> EXAMPLES =
            Map.ofEntries(
                    Map.entry("symbol", "SPDL"),
                    Map.entry("other", "BTC"),
                    Map.entry("account", "TEST00"),
                    Map.entry("session", "TEST00"),
                    Map.entry("name", "TEST00"),
                    Map.entry("scope", "session"),
                    Map.entry("firm", "TEST"),
                    Map.entry("firms", "TEST"),
                    Map.entry("owners", "TEST"),
                    Map.entry("currency", "USD"),
                    Map.entry("id", "TEST00-0-1"),
                    Map.entry("side", "buy"),
                    Map.entry("quantity", "1"),
                    Map.entry("price", "10.0000"),
                    Map.entry("amount", "1.00"),
                    Map.entry("number", "1"),
                    Map.entry("schedule", "1"),
                    Map.entry("matchNumber", "1"),
                    Map.entry("date", "2025-11-20"),
                    Map.entry("label", "cash.BANK1"),
                    Map.entry("expected", "cash.BANK1"),
                    Map.entry("source", "BANK1"),
                    Map.entry("zone", "UTC"),
                    Map.entry("weekdays", "monday"),
                    Map.entry("at", "09:00"),
                    Map.entry("state", "halted"),
                    Map.entry("roles", "viewer"),
                    Map.entry("decision", "refuse"),
                    Map.entry("timeInForce", "day"),
                    Map.entry("reason", "to try it"));

    static ApiDocument of(final ApiOnMarket api) {
        final JsonNode document = api.as(Role.ADMIN).get("/openapi.json").json();
        final List<Operation> all = new ArrayList<>();
        for (final Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (final Map.Entry<String, JsonNode> one : path.getValue().properties()) {
                final String method = one.getKey().toUpperCase(Locale.ROOT);
                all.add(new Operation(document, method, path.getKey(), one.getValue()));
            }
        }
        all.removeIf(operation -> operation.path().equals("/v1/stream")); // has no end
        return new ApiDocument(List.copyOf(all));
    }

    /** The path with examples in the places that are left. */
    static String filled(final String path) {
        String filled = path;
        for (final Map.Entry<String, String> value : EXAMPLES.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled.replaceAll("\\{[^}]*}", "x");
    }

    /** One of them. */
    record Operation(JsonNode document, String method, String path, JsonNode described) {
        boolean isRead() {
            return method.equals("GET");
        }

        /** Whether all that it changes is in the log. */
        boolean isCommand() {
            return parameters("query").contains("validate") && !path.contains("start-of-day/files");
        }

        boolean isOpen() {
            return !described.has("x-roles");
        }

        boolean promises(final int status) {
            return described.path("responses").has(Integer.toString(status));
        }

        List<String> parameters(final String in) {
            final List<String> names = new ArrayList<>();
            for (final JsonNode parameter : described.path("parameters")) {
                if (parameter.path("in").asText().equals(in)) {
                    names.add(parameter.path("name").asText());
                }
            }
            return names;
        }

        String examplePath() {
            return filled(path);
        }

        boolean hasBody() {
            return described.has("requestBody");
        }

        /** The list that it changes; of one that has none, some list. */
        String collection() {
            String at = path;
            while (!at.isEmpty()) {
                if (!at.contains("{") && document.path("paths").path(at).has("get")) {
                    return at;
                }
                at = at.substring(0, at.lastIndexOf('/'));
            }
            return "/v1/owners";
        }

        /** A body that makes sense; of what is no JSON, of few lines. */
        String example() {
            if (!hasBody()) {
                return null;
            }
            return described.at("/requestBody/content").has("text/csv")
                    ? "HEADER,cash,BANK1,2025-11-20\naccount,currency,balance\nTRAILER,0\n"
                    : Json.write(exampleBody());
        }

        JsonNode exampleBody() {
            if (described.at("/requestBody/content").has("text/csv")) {
                return JsonNodeFactory.instance.missingNode();
            }
            return example("", described.at("/requestBody/content/application~1json/schema"));
        }

        private JsonNode example(final String name, final JsonNode schema) {
            final JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (schema.has("$ref")) {
                return example(name, document.at(schema.path("$ref").asText().substring(1)));
            }
            return switch (schema.path("type").asText()) {
                case "integer" -> nodes.numberNode(1);
                case "boolean" -> nodes.booleanNode(false);
                case "array" -> nodes.arrayNode().add(example(name, schema.path("items")));
                case "string" -> nodes.textNode(EXAMPLES.getOrDefault(name, "x"));
                default -> {
                    final ObjectNode object = nodes.objectNode();
                    schema.path("properties")
                            .properties()
                            .forEach(
                                    it ->
                                            object.set(
                                                    it.getKey(),
                                                    example(it.getKey(), it.getValue())));
                    yield object;
                }
            };
        }
    }
}
