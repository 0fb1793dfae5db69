package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /openapi.json}: the description of this API, made from the handlers in the build. */
final class DocumentApi {
    private static final String RESOURCE = "/openapi-plugin/openapi-default.json";

    List<Route> routes() {
        return List.of(Route.get("/openapi.json", this::document, Role.readers()));
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
        ctx.result(text()).contentType("application/json");
    }

    static String text() {
        try (InputStream resource = DocumentApi.class.getResourceAsStream(RESOURCE)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
