package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.office.FeedStatus;
import io.spindle.mgmt.office.IntradayFeed;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What banks and registries report during the day. */
final class FeedsApi {
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_UPDATES = 1_000;

    /** Whatever is wrong with a movement, it fits the note that quarantines it. */
    private static final int MAX_TEXT = 64;

    private final Readings readings;
    private final IntradayFeed feed;
    private final Writes writes;
    private final BooleanSupplier secondPerson;

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    FeedsApi(
            final Readings readings,
            final IntradayFeed feed,
            final Writes writes,
            final BooleanSupplier secondPerson) {
        this.readings = readings;
        this.feed = feed;
        this.writes = writes;
        this.secondPerson = secondPerson;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/feeds", this::feeds, Role.readers()).wholeMarket(),
                Route.put("/v1/feeds/{source}", this::openFeed, OPERATORS).wholeMarket(),
                Route.get("/v1/feeds/{source}/updates", this::position, Role.readers())
                        .wholeMarket(),
                Route.post("/v1/feeds/{source}/updates", this::update, OPERATORS)
                        .wholeMarket()
                        .once());
    }

    /** Feeds, true at a sequence. */
    public record FeedsJson(long sequence, List<FeedStatus.Feed> items) {}

    @OpenApi(
            path = "/v1/feeds",
            methods = HttpMethod.GET,
            operationId = "listFeeds",
            summary = "Every feed with its status, until when that is believed, and its position",
            tags = "reconciliation",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = FeedsJson.class)))
    private void feeds(final Context ctx) {
        final boolean isPast = ctx.queryParam("asAt") != null;
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new FeedsJson(
                                        now.sequence(),
                                        FeedStatus.list(
                                                now,
                                                isPast
                                                        ? Instant.EPOCH.plusNanos(now.timeNs())
                                                        : Instant.now()))));
    }

    /** Why movements of a source are booked from now on. */
    public record OpenFeedJson(String reason) {}

    @OpenApi(
            path = "/v1/feeds/{source}",
            methods = HttpMethod.PUT,
            operationId = "openFeed",
            summary = "Opens a source, so that its movements are booked without a second person",
            tags = "reconciliation",
            pathParams = @OpenApiParam(name = "source", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = OpenFeedJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void openFeed(final Context ctx) throws IOException, InterruptedException {
        final String source = source(ctx);
        final OpenFeedJson body = Json.body(ctx, OpenFeedJson.class);
        final Fields fields = new Fields();
        final String reason = fields.reason(body.reason);
        fields.check();
        final AdminCommand opening =
                IntradayFeed.opening(
                        writes.requestId(ctx), source, reason, Access.caller(ctx).name());
        writes.answer(ctx, Write.of(opening).needsSecondPerson(reason));
    }

    /** How far a source has come: the next position is one above. */
    public record PositionJson(String source, long position) {}

    @OpenApi(
            path = "/v1/feeds/{source}/updates",
            methods = HttpMethod.GET,
            operationId = "feedPosition",
            summary = "The last position of a source that was applied; resume behind it",
            tags = "reconciliation",
            pathParams = @OpenApiParam(name = "source", required = true),
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = PositionJson.class)))
    private void position(final Context ctx) {
        final String source = source(ctx);
        ctx.json(
                new PositionJson(
                        source, readings.read(ctx, now -> IntradayFeed.position(now, source))));
    }

    private static String source(final Context ctx) {
        final String source = ctx.pathParam("source");
        if (!source.matches("[A-Za-z0-9_-]{1,32}")) {
            throw ApiProblem.field("source", "must be 1 to 32 letters, digits, - or _");
        }
        return source;
    }

    /** Movements in the order of their positions. */
    public record UpdatesJson(List<IntradayFeed.Update> updates) {}

    /** What became of each that was new. */
    public record OutcomesJson(String source, long position, List<IntradayFeed.Outcome> outcomes) {}

    @OpenApi(
            path = "/v1/feeds/{source}/updates",
            methods = HttpMethod.POST,
            operationId = "feedUpdates",
            summary = "Books movements of cash and assets reported by a source, each position once",
            tags = "reconciliation",
            pathParams = @OpenApiParam(name = "source", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = UpdatesJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = OutcomesJson.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void update(final Context ctx) throws IOException, InterruptedException {
        final String source = source(ctx);
        final List<IntradayFeed.Update> updates = Json.body(ctx, UpdatesJson.class).updates;
        if (updates == null
                || updates.isEmpty()
                || updates.size() > MAX_UPDATES
                || updates.contains(null)) {
            throw ApiProblem.field("/updates", "must be 1 to " + MAX_UPDATES + " updates");
        }
        for (int i = 0; i < updates.size(); i++) {
            checkLengths("/updates/" + i, updates.get(i));
        }
        final var outcomes =
                ExternalFiles.run(
                        () ->
                                feed.apply(
                                        source,
                                        updates,
                                        Access.caller(ctx).name(),
                                        secondPerson.getAsBoolean()));
        ctx.json(new OutcomesJson(source, feed.position(source), outcomes));
    }

    private static void checkLengths(final String pointer, final IntradayFeed.Update update) {
        if (Stream.of(
                        update.account(),
                        update.currency(),
                        update.amount(),
                        update.symbol(),
                        update.quantity())
                .anyMatch(text -> text != null && text.length() > MAX_TEXT)) {
            throw ApiProblem.field(
                    pointer, "has a text that is longer than " + MAX_TEXT + " characters");
        }
    }
}
