package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code /metrics} in the Prometheus text format. A caller bound to firms is shown no series of
 * other firms.
 */
final class MetricsApi {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Pattern OF_FIRM = Pattern.compile("[{,]firm=\"([^\"]*)\"");

    private final Supplier<String> scrape;

    MetricsApi(final Supplier<String> scrape) {
        this.scrape = scrape;
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", this::metrics, Role.all()));
    }

    @OpenApi(
            path = "/metrics",
            methods = HttpMethod.GET,
            operationId = "metrics",
            summary = "Counters and gauges for Prometheus",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = "text/plain")))
    private void metrics(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String all = scrape.get();
        ctx.result(caller.owners().isEmpty() ? all : of(caller, all)).contentType(CONTENT_TYPE);
    }

    private static String of(final Principal caller, final String all) {
        return all.lines()
                .filter(line -> maySee(caller, line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean maySee(final Principal caller, final String line) {
        final Matcher series = OF_FIRM.matcher(line);
        return !series.find() || caller.maySee(series.group(1));
    }
}
