package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.function.Supplier;

/** {@code /metrics} in the Prometheus text format. */
final class MetricsApi {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> scrape;

    MetricsApi(final Supplier<String> scrape) {
        this.scrape = scrape;
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", this::metrics, Role.readers()));
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
        ctx.result(scrape.get()).contentType(CONTENT_TYPE);
    }
}
