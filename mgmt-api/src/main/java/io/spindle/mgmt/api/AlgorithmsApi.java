package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AlgorithmCommands;
import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.oms.OrderState;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Orders that the engine enters by itself, slice by slice. */
final class AlgorithmsApi {
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_SLICES = 10_000;
    private static final int MAX_INTERVAL_MS = 24 * 3_600_000;
    private static final int WHOLE_BPS = 10_000;
    private static final long NS_PER_MS = 1_000_000;

    private final Readings readings;
    private final Writes writes;
    private final Pages pages;

    AlgorithmsApi(final Readings readings, final Writes writes, final Pages pages) {
        this.readings = readings;
        this.writes = writes;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/algorithms", this::list, Role.readers()),
                Route.post("/v1/algorithms", this::start, OPERATORS),
                Route.get("/v1/algorithms/{id}", this::read, Role.readers()),
                Route.delete("/v1/algorithms/{id}", this::stop, OPERATORS));
    }

    /** A page of algorithms, all true at one sequence. */
    public record AlgorithmsJson(long sequence, List<AlgorithmJson> items, String nextPageToken) {}

    @OpenApi(
            path = "/v1/algorithms",
            methods = HttpMethod.GET,
            operationId = "listAlgorithms",
            summary = "Algorithms at work and those that ended recently, the latest first",
            tags = "algorithms",
            queryParams = {
                @OpenApiParam(name = "session"),
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "status", description = "accepted, filled, cancelled, …"),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = AlgorithmsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void list(final Context ctx) {
        final Predicate<Algorithm> filter = filter(ctx);
        final var page =
                pages.list(ctx, readings, Algorithm.class, now -> now.algorithms().list(filter));
        ctx.json(
                new AlgorithmsJson(
                        page.sequence(),
                        page.items().stream().map(AlgorithmJson::of).toList(),
                        page.nextPageToken()));
    }

    private static Predicate<Algorithm> filter(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String session = Parameters.text(ctx, "session");
        final String account = Parameters.text(ctx, "account");
        final OrderState status = Parameters.choice(ctx, "status", OrderState.class);
        return one ->
                caller.maySee(one.firm())
                        && (session == null || session.equals(one.id().session()))
                        && (account == null || account.equals(one.account()))
                        && (status == null || status == one.state());
    }

    @OpenApi(
            path = "/v1/algorithms/{id}",
            methods = HttpMethod.GET,
            operationId = "getAlgorithm",
            summary = "One algorithm by its id, for instance TEST00-254-1",
            tags = "algorithms",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = AlgorithmJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void read(final Context ctx) {
        ctx.json(AlgorithmJson.of(find(ctx)));
    }

    private Algorithm find(final Context ctx) {
        final String id = ctx.pathParam("id");
        return OrderId.parse(id)
                .flatMap(parsed -> readings.read(ctx, now -> now.algorithms().find(parsed)))
                .filter(found -> Access.caller(ctx).maySee(found.firm()))
                .orElseThrow(() -> ApiProblem.of(ProblemCode.NOT_FOUND, "no algorithm " + id));
    }

    /**
     * An algorithm to be started; side, quantity, price, account and clientOrderId as in a ticket.
     *
     * @param kind twap, which follows the clock, or pov, which follows the market's volume
     * @param price limit of every order; required
     * @param delayMs until the first slice; absent = at once
     * @param intervalMs from slice to slice, and from the last to the end
     * @param participationBps of the volume traded since the start, in hundredths of a per cent;
     *     pov only
     */
    public record NewAlgorithmJson(
            String session,
            String kind,
            String side,
            String symbol,
            String quantity,
            String price,
            String account,
            String clientOrderId,
            Integer delayMs,
            Integer intervalMs,
            Integer slices,
            Integer participationBps) {
        @OpenApiIgnore
        TicketJson ticket() {
            return new TicketJson(
                    session,
                    side,
                    symbol,
                    quantity,
                    price,
                    null,
                    clientOrderId,
                    account,
                    null,
                    null,
                    null);
        }

        @OpenApiIgnore
        AlgorithmCommands.Schedule schedule(final Fields fields) {
            final boolean byVolume = fields.choice("/kind", kind, List.of("twap", "pov")) == 1;
            if (!byVolume && participationBps != null) {
                fields.error("/participationBps", "is for pov only");
            }
            final int delay =
                    delayMs == null ? 0 : fields.whole("/delayMs", delayMs, 0, MAX_INTERVAL_MS);
            return new AlgorithmCommands.Schedule(
                    delay * NS_PER_MS,
                    fields.whole("/intervalMs", intervalMs, 1, MAX_INTERVAL_MS) * NS_PER_MS,
                    fields.whole("/slices", slices, 1, MAX_SLICES),
                    byVolume
                            ? fields.whole("/participationBps", participationBps, 1, WHOLE_BPS)
                            : 0);
        }
    }

    @OpenApi(
            path = "/v1/algorithms",
            methods = HttpMethod.POST,
            operationId = "startAlgorithm",
            summary = "Enters an order for a client session slice by slice (slow path)",
            tags = "algorithms",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = NewAlgorithmJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = AlgorithmJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void start(final Context ctx) throws IOException, InterruptedException {
        final NewAlgorithmJson body = Json.body(ctx, NewAlgorithmJson.class);
        final Fields fields = new Fields();
        if (body.price == null) {
            fields.error("/price", "is missing: an algorithm has a limit");
        }
        final TicketJson.Checked order =
                readings.present(now -> body.ticket().check(now, fields, ""));
        final AlgorithmCommands.Schedule schedule = body.schedule(fields);
        fields.check();
        final UUID request = writes.requestId(ctx);
        writes.answer(
                ctx,
                Write.of(
                                AlgorithmCommands.start(
                                        request, order.username(), order.ticket(), schedule))
                        .ownedBy(order.firm()));
        if (ctx.statusCode() == 201) {
            readings.present(now -> now.algorithms().find(request))
                    .ifPresent(started -> ctx.json(AlgorithmJson.of(started)));
        }
    }

    @OpenApi(
            path = "/v1/algorithms/{id}",
            methods = HttpMethod.DELETE,
            operationId = "stopAlgorithm",
            summary = "Ends an algorithm and cancels the orders that it has in the market",
            tags = "algorithms",
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void stop(final Context ctx) throws IOException, InterruptedException {
        final Algorithm algorithm = find(ctx);
        final OrderId id = algorithm.id();
        writes.answer(
                ctx,
                Write.of(
                                AlgorithmCommands.stop(
                                        writes.requestId(ctx),
                                        id.session(),
                                        id.userRefNum(),
                                        Access.caller(ctx).name()))
                        .ownedBy(algorithm.firm()));
    }
}
