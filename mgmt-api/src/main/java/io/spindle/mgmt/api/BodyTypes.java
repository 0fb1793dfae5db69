package io.spindle.mgmt.api;

import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Handler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Of which media types a route takes a body, as the OpenAPI document says. A body that is said to
 * be something else is not read; one of which nothing is said is taken for what the route reads.
 */
final class BodyTypes {
    private static final String CHARSET = "charset";
    private static final String UTF_8 = CHARSET + "=utf-8";

    private BodyTypes() {}

    /**
     * The handler of a write, behind the check. Where no body is asked for, any may come, but none
     * that cannot be written down.
     */
    static Handler before(final JsonNode operation, final Handler handler) {
        final List<String> types = new ArrayList<>();
        operation.at("/requestBody/content").fieldNames().forEachRemaining(types::add);
        final String wanted = types.isEmpty() ? "" : String.join(" or ", types) + ", ";
        return ctx -> {
            final String given = ctx.header("Content-Type");
            if (given != null && !given.isBlank() && !isTaken(types, given)) {
                throw ApiProblem.of(ProblemCode.UNSUPPORTED_TYPE, "send " + wanted + "in UTF-8");
            }
            handler.handle(ctx);
        };
    }

    private static boolean isTaken(final List<String> types, final String given) {
        final String[] parts = given.toLowerCase(Locale.ROOT).split(";", -1);
        return (types.isEmpty() || types.contains(parts[0].strip()))
                && Arrays.stream(parts)
                        .skip(1)
                        .map(String::strip)
                        .filter(parameter -> parameter.startsWith(CHARSET))
                        .allMatch(UTF_8::equals);
    }
}
