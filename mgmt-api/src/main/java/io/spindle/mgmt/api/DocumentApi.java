package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.StreamDescription;

import java.util.List;
import java.util.function.Supplier;

/** {@code /openapi.json} and {@code /asyncapi.json}: what describes this API and its stream. */
final class DocumentApi {
    private final Supplier<List<Route>> routes;
    private volatile String text;

    /**
     * @param routes all that are served, known only when they have been put together
     */
    DocumentApi(final Supplier<List<Route>> routes) {
        this.routes = routes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/openapi.json", this::document, Role.all()),
                Route.get("/asyncapi.json", this::streams, Role.all()));
    }

    @OpenApi(
            path = "/openapi.json",
            methods = HttpMethod.GET,
            operationId = "openapi",
            summary = "This description",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = "application/json")))
    private void document(final Context ctx) {
        if (text == null) {
            text = Description.of(routes.get());
        }
        ctx.result(text).contentType("application/json");
    }

    @OpenApi(
            path = "/asyncapi.json",
            methods = HttpMethod.GET,
            operationId = "asyncapi",
            summary = "The messages of the stream, as AsyncAPI 3",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = "application/json")))
    private void streams(final Context ctx) {
        ctx.result(StreamDescription.of(StreamApi.PATH)).contentType("application/json");
    }
}
