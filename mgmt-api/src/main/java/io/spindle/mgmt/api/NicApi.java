package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/nic}: by what the order port reaches the wire, and why by that. */
public final class NicApi {
    /**
     * The trading process's network queue, as it described itself when it was opened.
     *
     * @param mode the backend's own words, such as "native, copy"
     * @param interfaceName kernel name, or the bind address of a socket
     * @param queue hardware queue number
     * @param rxRing receive ring entries
     * @param txRing transmit ring entries
     * @param timestamps clock of the receive stamps, none if there are none
     * @param reason why this backend was chosen over the ones before it
     * @param counters frames received, sent, lost, by reason; since the process began
     */
    public record Nic(
            String backend,
            String mode,
            String interfaceName,
            String driver,
            int queue,
            int rxRing,
            int txRing,
            String mac,
            String address,
            int port,
            String timestamps,
            String reason,
            Map<String, Long> counters) {}

    private final Supplier<Optional<Nic>> nic;

    NicApi(final Supplier<Optional<Nic>> nic) {
        this.nic = nic;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/nic", this::show, Role.all()));
    }

    @OpenApi(
            path = "/v1/nic",
            methods = HttpMethod.GET,
            operationId = "nic",
            summary = "Backend, mode, driver, queue, rings and stamps of the order port, and why",
            tags = "health",
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Nic.class)),
                @OpenApiResponse(
                        status = "404",
                        description = "No trading process has opened one yet",
                        content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        ctx.json(
                nic.get()
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no trading process has opened its queue yet")));
    }
}
