package io.spindle.mgmt.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Handler;
import io.spindle.mgmt.api.Problem.FieldError;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Which query parameters each route knows, as the OpenAPI document says. Any other is refused: a
 * misspelt {@code validate} that nobody reads would do what was only to be tried, a misspelt filter
 * would show everything.
 */
final class KnownParameters {
    private final JsonNode paths;

    KnownParameters(final List<Route> routes) {
        try {
            paths = Json.MAPPER.readTree(Description.of(routes)).path("paths");
        } catch (final JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the document says of a route; missing if that is nothing. */
    JsonNode operation(final Route route) {
        return paths.path(route.path()).path(route.method().name().toLowerCase(Locale.ROOT));
    }

    /** The handler of a route, behind the check; what the document leaves out is not checked. */
    Handler before(final Route route) {
        final Handler handler = route.handler();
        final JsonNode operation = operation(route);
        if (operation.isMissingNode() || route.isOpen()) {
            return handler;
        }
        final TreeSet<String> known = new TreeSet<>();
        for (final JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                known.add(parameter.path("name").asText());
            }
        }
        final String detail =
                known.isEmpty()
                        ? "not known here, where no parameter is"
                        : "not known here; known are " + String.join(", ", known);
        return ctx -> {
            final List<FieldError> unknown =
                    ctx.queryParamMap().keySet().stream()
                            .filter(name -> !known.contains(name))
                            .map(name -> new FieldError(name, detail))
                            .toList();
            if (!unknown.isEmpty()) {
                throw ApiProblem.fields(unknown);
            }
            handler.handle(ctx);
        };
    }
}
