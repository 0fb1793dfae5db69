package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /livez} and {@code /readyz}: open to anyone, and they say no more than they must. */
public final class HealthApi {
    /**
     * One condition of readiness.
     *
     * @param ok true when it holds
     */
    public record Check(String name, boolean ok, String detail) {}

    private final Supplier<List<Check>> checks;
    private final BooleanSupplier alive;

    /**
     * @param alive whether the loop that keeps this process true still turns; waits for nothing
     */
    public HealthApi(final Supplier<List<Check>> checks, final BooleanSupplier alive) {
        this.checks = checks;
        this.alive = alive;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/livez", this::live, Set.of(Role.ANYONE)),
                Route.get("/readyz", this::ready, Set.of(Role.ANYONE)));
    }

    @OpenApi(
            path = "/livez",
            methods = HttpMethod.GET,
            operationId = "livez",
            summary = "Is the management process alive?",
            tags = "health",
            responses = {
                @OpenApiResponse(status = "200", description = "It is"),
                @OpenApiResponse(
                        status = "503",
                        description = "It has not looked at the log for a while: restart it")
            })
    private void live(final Context ctx) {
        final boolean isAlive = alive.getAsBoolean();
        ctx.status(isAlive ? 200 : 503).json(Map.of("status", isAlive ? "alive" : "stuck"));
    }

    @OpenApi(
            path = "/readyz",
            methods = HttpMethod.GET,
            operationId = "readyz",
            summary = "Is the order port open?",
            tags = "health",
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "Orders are taken",
                        content = @OpenApiContent(from = Readiness.class)),
                @OpenApiResponse(
                        status = "503",
                        description = "Not yet, or no longer; the checks say why",
                        content = @OpenApiContent(from = Readiness.class))
            })
    private void ready(final Context ctx) {
        final List<Check> results = checks.get();
        final boolean ready = results.stream().allMatch(Check::ok);
        ctx.status(ready ? 200 : 503).json(new Readiness(ready ? "ready" : "not ready", results));
    }

    /** The answer of {@code /readyz}. */
    public record Readiness(String status, List<Check> checks) {}
}
