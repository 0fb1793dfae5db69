package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.VenueTable;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Other venues: what they are, how their links stand, and comparing with them. */
final class VenuesApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR, Role.RISK);
    private static final List<String> STATES = List.of("removed", "down", "cancel_only", "open");
    private static final int MAX_RATE = 10_000_000;

    private final Readings readings;
    private final Writes writes;

    VenuesApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/venues", this::venues, Role.readers()),
                Route.get("/v1/venues/{venue}", this::show, Role.readers()),
                Route.put("/v1/venues/{venue}", this::define, EDITORS).versioned(),
                Route.post("/v1/venues/{venue}/sync", this::sync, EDITORS));
    }

    /**
     * A venue; what follows the timeout is its state, absent when setting.
     *
     * @param venue four characters; from the path when setting
     * @param perSecond orders sent to it, 0 = as many as it announces
     * @param timeoutMs an order not answered so long is told of, 0 = never
     * @param state removed, down, cancel_only (until compared) or open
     * @param adapter which connector has the link
     * @param reports of the venue's stream that were taken
     * @param comparisons begun so far
     * @param differences found so far, each told by an event and put right if it could be
     * @param unanswered orders that were not answered in time
     * @param tokens left of its rate; absent without a limit
     */
    public record VenueJson(
            String venue,
            Boolean enabled,
            Integer perSecond,
            Integer burst,
            Integer timeoutMs,
            String state,
            Integer adapter,
            Long reports,
            Integer comparisons,
            Long differences,
            Long unanswered,
            Long tokens) {
        static VenueJson of(final TradingEngine engine, final int venue) {
            final VenueTable venues = engine.venues();
            final long tokens = engine.venueTokens(venue);
            return new VenueJson(
                    Ascii.unpack(venues.code(venue)).strip(),
                    venues.state(venue) != VenueTable.REMOVED,
                    venues.perSecond(venue),
                    venues.burst(venue),
                    (int) TimeUnit.NANOSECONDS.toMillis(venues.timeoutNs(venue)),
                    STATES.get(venues.state(venue)),
                    venues.adapter(venue),
                    venues.lastSequence(venue),
                    venues.sync(venue),
                    venues.differences(venue),
                    venues.unanswered(venue),
                    tokens == Long.MAX_VALUE ? null : tokens);
        }

        @OpenApiIgnore
        VenueJson terms() {
            return new VenueJson(
                    venue, enabled, perSecond, burst, timeoutMs, null, null, null, null, null, null,
                    null);
        }
    }

    /** Venues in the order of their definition, true at a sequence. */
    public record VenuesJson(long sequence, List<VenueJson> items) {}

    @OpenApi(
            path = "/v1/venues",
            methods = HttpMethod.GET,
            operationId = "listVenues",
            summary = "Other venues, and how their links stand",
            tags = "routing",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = VenuesJson.class)))
    private void venues(final Context ctx) {
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new VenuesJson(
                                        now.sequence(),
                                        IntStream.range(0, now.engine().venues().count())
                                                .mapToObj(
                                                        venue -> VenueJson.of(now.engine(), venue))
                                                .toList())));
    }

    private static VenueJson find(final View.Reading now, final String name) {
        final int venue = now.engine().venues().find(Ascii.packInt(name));
        return venue == VenueTable.NONE ? null : VenueJson.of(now.engine(), venue);
    }

    /** The venue's terms without its state, which changes all the time. */
    static VenueJson terms(final View.Reading now, final String name) {
        final VenueJson venue = find(now, name);
        return venue == null ? null : venue.terms();
    }

    private static String name(final Context ctx, final Fields fields) {
        return fields.name("venue", ctx.pathParam("venue"), Integer.BYTES);
    }

    @OpenApi(
            path = "/v1/venues/{venue}",
            methods = HttpMethod.GET,
            operationId = "getVenue",
            summary = "One venue; its ETag is that of its terms, not of its state",
            tags = "routing",
            pathParams = @OpenApiParam(name = "venue", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = VenueJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final Fields fields = new Fields();
        final String name = name(ctx, fields);
        fields.check();
        final VenueJson venue = readings.read(ctx, now -> find(now, name));
        if (venue == null) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no venue " + name);
        }
        ctx.header("ETag", Versions.tag(venue.terms())).json(venue);
    }

    @OpenApi(
            path = "/v1/venues/{venue}",
            methods = HttpMethod.PUT,
            operationId = "setVenue",
            summary = "Defines a venue, or changes how it is treated",
            tags = "routing",
            pathParams = @OpenApiParam(name = "venue", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = VenueJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void define(final Context ctx) throws IOException, InterruptedException {
        final VenueJson body = Json.body(ctx, VenueJson.class);
        final Fields fields = new Fields();
        final String name = name(ctx, fields);
        final int perSecond = fields.whole("/perSecond", body.perSecond, 0, MAX_RATE);
        final int burst = fields.whole("/burst", body.burst, 0, MAX_RATE);
        final int timeoutMs = fields.whole("/timeoutMs", body.timeoutMs, 0, Integer.MAX_VALUE);
        if (body.enabled == null) {
            fields.error("/enabled", "is needed");
        }
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                RoutingCommands.defineVenue(
                                        writes.requestId(ctx),
                                        name,
                                        perSecond,
                                        burst,
                                        TimeUnit.MILLISECONDS.toNanos(timeoutMs),
                                        body.enabled))
                        .changes(new Resource(Resource.Kind.VENUE, name)));
    }

    @OpenApi(
            path = "/v1/venues/{venue}/sync",
            methods = HttpMethod.POST,
            operationId = "syncVenue",
            summary = "Compares with the venue: cancel only until it is done, differences are told",
            tags = "routing",
            pathParams = @OpenApiParam(name = "venue", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void sync(final Context ctx) throws IOException, InterruptedException {
        final Fields fields = new Fields();
        final String name = name(ctx, fields);
        fields.check();
        writes.answer(ctx, Write.of(RoutingCommands.syncVenue(writes.requestId(ctx), name)));
    }
}
