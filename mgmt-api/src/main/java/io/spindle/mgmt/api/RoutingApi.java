package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.RouteTable;
import io.spindle.oms.VenueTable;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How orders find their venue: for an account, else for an instrument, else for all. */
final class RoutingApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR, Role.RISK);
    private static final List<String> SCOPES = List.of("market", "instrument", "account");
    private static final List<String> STRATEGIES =
            List.of("none", "configured", "best_price", "liquidity", "split");
    private static final String STRATEGY_LETTERS = "\0CPLS";
    private static final String HOME = "HOME";

    private final Readings readings;
    private final Writes writes;

    RoutingApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/routing/{scope}/{name}", this::show, Role.readers()),
                Route.put("/v1/routing/{scope}/{name}", this::set, EDITORS).versioned());
    }

    /**
     * A line of routing.
     *
     * @param strategy none, configured, best_price, liquidity or split
     * @param venue where orders go that name none; HOME is here
     * @param maxAgeMs older quotes do not count
     */
    public record RoutingJson(String strategy, String venue, Integer maxAgeMs) {}

    /** An account's, an instrument's or the market's line, by name. */
    private record Line(int scope, String name) {
        String account() {
            return scope == 2 ? name : "";
        }

        String symbol() {
            return scope == 1 ? name : "";
        }
    }

    private static Line line(final Context ctx, final Fields fields) {
        final int scope = fields.choice("scope", ctx.pathParam("scope"), SCOPES);
        return new Line(scope, fields.name("name", ctx.pathParam("name"), scope == 2 ? 16 : 8));
    }

    /** The line of this scope and name, null if there is nothing of that name. */
    static RoutingJson find(final View.Reading now, final String scope, final String name) {
        return find(now, new Line(SCOPES.indexOf(scope), name));
    }

    private static RoutingJson find(final View.Reading now, final Line line) {
        final int account =
                line.scope == 2
                        ? now.engine()
                                .accounts()
                                .find(Ascii.pack(line.name), Ascii.pack(line.name, Long.BYTES))
                        : AccountTable.NONE;
        final int instrument =
                line.scope == 1
                        ? now.engine().instruments().find(Ascii.pack(line.name))
                        : InstrumentTable.NONE;
        if (line.scope == 2 && account == AccountTable.NONE
                || line.scope == 1 && instrument == InstrumentTable.NONE) {
            return null;
        }
        final RouteTable routes = now.engine().routes();
        final int at = routes.lineOf(account, instrument);
        if (routes.strategy(at) == 0) {
            return new RoutingJson(STRATEGIES.getFirst(), HOME, 0);
        }
        final int venue = routes.venue(at);
        return new RoutingJson(
                STRATEGIES.get(STRATEGY_LETTERS.indexOf(routes.strategy(at))),
                venue == VenueTable.NONE
                        ? HOME
                        : Ascii.unpack(now.engine().venues().code(venue)).strip(),
                (int) TimeUnit.NANOSECONDS.toMillis(routes.maxAgeNs(at)));
    }

    @OpenApi(
            path = "/v1/routing/{scope}/{name}",
            methods = HttpMethod.GET,
            operationId = "getRouting",
            summary = "A line of routing: scope market (any name), instrument or account",
            tags = "routing",
            pathParams = {
                @OpenApiParam(name = "scope", required = true),
                @OpenApiParam(name = "name", required = true)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = RoutingJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final Fields fields = new Fields();
        final Line line = line(ctx, fields);
        fields.check();
        final RoutingJson found = readings.read(ctx, now -> find(now, line));
        if (found == null || !readings.mayShowAccount(ctx, line.account())) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "nothing is called " + line.name);
        }
        Versions.show(ctx, found);
    }

    @OpenApi(
            path = "/v1/routing/{scope}/{name}",
            methods = HttpMethod.PUT,
            operationId = "setRouting",
            summary = "Sets how orders find their venue from the sequence in the reply on",
            tags = "routing",
            pathParams = {
                @OpenApiParam(name = "scope", required = true),
                @OpenApiParam(name = "name", required = true)
            },
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = RoutingJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void set(final Context ctx) throws IOException, InterruptedException {
        final RoutingJson body = Json.body(ctx, RoutingJson.class);
        final Fields fields = new Fields();
        final Line line = line(ctx, fields);
        final int strategy = fields.choice("/strategy", body.strategy, STRATEGIES);
        final String venue = fields.name("/venue", body.venue, Integer.BYTES);
        final int maxAgeMs = fields.whole("/maxAgeMs", body.maxAgeMs, 0, Integer.MAX_VALUE);
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                RoutingCommands.setRouting(
                                        writes.requestId(ctx),
                                        line.account(),
                                        line.symbol(),
                                        STRATEGY_LETTERS.charAt(strategy),
                                        venue,
                                        TimeUnit.MILLISECONDS.toNanos(maxAgeMs)))
                        .changes(
                                Resource.of(
                                        Resource.Kind.ROUTING, SCOPES.get(line.scope), line.name)));
    }
}
