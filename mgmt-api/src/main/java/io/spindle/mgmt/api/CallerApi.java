package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Who is calling, and which routes are theirs to use: a client offers no others. */
final class CallerApi {
    private final Supplier<List<Route>> routes;

    /**
     * @param routes all that are served, known only when they have been put together
     */
    CallerApi(final Supplier<List<Route>> routes) {
        this.routes = routes;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/caller", this::show, Role.all()));
    }

    /**
     * The holder of the key or token that came with the call.
     *
     * @param owners firms whose data they may see and change; empty = all
     * @param routes that they may use and not everybody, as {@code POST /v1/tickets}
     */
    public record CallerJson(
            String name, List<String> roles, List<String> owners, List<String> routes) {}

    @OpenApi(
            path = "/v1/caller",
            methods = HttpMethod.GET,
            operationId = "getCaller",
            summary = "Who is calling, and which routes they may use",
            tags = "security",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = CallerJson.class)))
    private void show(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        ctx.json(
                new CallerJson(
                        caller.name(),
                        caller.roles().stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList(),
                        caller.owners().stream().sorted().toList(),
                        routes.get().stream()
                                .filter(route -> mayUse(caller, route))
                                .map(route -> route.method().name() + " " + route.path())
                                .toList()));
    }

    private static boolean mayUse(final Principal caller, final Route route) {
        final boolean isWhole = route.marks().contains(Route.Mark.WHOLE_MARKET);
        return !route.isOpen()
                && caller.mayUse(route.roles())
                && (caller.owners().isEmpty() || !isWhole);
    }
}
