package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.office.ExternalFile;
import io.spindle.mgmt.office.ExternalFileReader;
import io.spindle.mgmt.office.IntradayFeed;
import io.spindle.mgmt.office.Reconciliation;
import io.spindle.mgmt.office.ReconciliationSchedule;
import io.spindle.mgmt.office.ReconciliationSchedule.Setting;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Ours against theirs; and what banks and registries report during the day. */
final class ReconciliationApi {
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_UPDATES = 1_000;
    private static final int MAX_SECONDS = 86_400;

    /** Whatever is wrong with a movement, it fits the note that quarantines it. */
    private static final int MAX_TEXT = 64;

    private final BackOffice office;
    private final Writes writes;
    private final BooleanSupplier secondPerson;

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    ReconciliationApi(
            final BackOffice office, final Writes writes, final BooleanSupplier secondPerson) {
        this.office = office;
        this.writes = writes;
        this.secondPerson = secondPerson;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/reconciliation", this::status, Role.readers()).wholeMarket(),
                Route.post("/v1/reconciliation", this::run, OPERATORS).wholeMarket(),
                Route.get("/v1/reconciliation/results/{label}", this::result, Role.readers())
                        .wholeMarket(),
                Route.put("/v1/reconciliation/schedule", this::schedule, OPERATORS).wholeMarket(),
                Route.put("/v1/feeds/{source}", this::openFeed, OPERATORS).wholeMarket(),
                Route.get("/v1/feeds/{source}/updates", this::position, Role.readers())
                        .wholeMarket(),
                Route.post("/v1/feeds/{source}/updates", this::update, OPERATORS).wholeMarket());
    }

    /** A result in a line. */
    public record LineJson(
            String label, String date, long sequence, int ours, int theirs, int differences) {}

    /**
     * Schedule and last runs.
     *
     * @param faults files that could not be read, and why
     */
    public record StatusJson(Setting schedule, List<LineJson> last, Map<String, String> faults) {}

    @OpenApi(
            path = "/v1/reconciliation",
            methods = HttpMethod.GET,
            operationId = "reconciliation",
            summary = "The schedule, and the last run of each file kind and source",
            tags = "reconciliation",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = StatusJson.class)))
    private void status(final Context ctx) {
        ctx.json(
                new StatusJson(
                        office.schedule().setting(),
                        office.reconciliation().last().stream()
                                .map(
                                        one ->
                                                new LineJson(
                                                        one.label(),
                                                        one.date(),
                                                        one.sequence(),
                                                        one.ours(),
                                                        one.theirs(),
                                                        one.differences().size()))
                                .toList(),
                        office.schedule().faults()));
    }

    @OpenApi(
            path = "/v1/reconciliation",
            methods = HttpMethod.POST,
            operationId = "reconcile",
            summary = "Holds a file of orders, fills, cash or holdings against ours",
            tags = "reconciliation",
            queryParams = {
                @OpenApiParam(name = "name", description = "The file's name, for messages"),
                @OpenApiParam(
                        name = "settle",
                        type = Boolean.class,
                        description =
                                "Close orders that they do not have, book fills that we do not"
                                        + " have; somebody else has to have compared the same file"
                                        + " in the last 15 minutes, where there is somebody else"),
                @OpenApiParam(name = "reason", description = "Why, for the audit; with settle")
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(mimeType = "text/csv")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = Reconciliation.Result.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void run(final Context ctx) throws IOException, InterruptedException {
        final boolean settle = Parameters.flag(ctx, "settle");
        if (settle) {
            final Fields fields = new Fields();
            fields.reason("reason", ctx.queryParam("reason"));
            fields.check();
        }
        final String name = ExternalFiles.name(ctx);
        final byte[] content = ExternalFiles.content(ctx);
        final String caller = Access.caller(ctx).name();
        final Reconciliation desk = office.reconciliation();
        ctx.json(
                ExternalFiles.run(
                        () -> {
                            final ExternalFile file = ExternalFileReader.read(name, content);
                            return settle
                                    ? desk.settle(file, caller, secondPerson.getAsBoolean())
                                    : desk.compare(file, caller);
                        }));
    }

    @OpenApi(
            path = "/v1/reconciliation/results/{label}",
            methods = HttpMethod.GET,
            operationId = "reconciliationResult",
            summary = "Every difference of the last run, for instance of orders.VENUE",
            tags = "reconciliation",
            pathParams = @OpenApiParam(name = "label", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = Reconciliation.Result.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void result(final Context ctx) {
        final String label = ctx.pathParam("label");
        ctx.json(
                office.reconciliation()
                        .last(label)
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND, "no result of " + label)));
    }

    /**
     * How often, and whether to settle what can be settled.
     *
     * @param everySeconds 0 for never
     * @param reason why, where it settles
     */
    public record ScheduleJson(int everySeconds, boolean settle, String reason) {}

    @OpenApi(
            path = "/v1/reconciliation/schedule",
            methods = HttpMethod.PUT,
            operationId = "scheduleReconciliation",
            summary = "How often DATA/reconciliation/*.csv are reconciled; 0 seconds for never",
            tags = "reconciliation",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = ScheduleJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void schedule(final Context ctx) throws IOException, InterruptedException {
        final ScheduleJson body = Json.body(ctx, ScheduleJson.class);
        final Fields fields = new Fields();
        final int seconds = fields.whole("/everySeconds", body.everySeconds, 0, MAX_SECONDS);
        if (body.settle) {
            fields.reason(body.reason);
        }
        fields.check();
        final Write write =
                Write.of(
                        ReconciliationSchedule.command(
                                writes.requestId(ctx),
                                new Setting(seconds, body.settle),
                                Access.caller(ctx).name()));
        writes.answer(ctx, body.settle ? write.needsSecondPerson(body.reason) : write);
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
        ctx.json(new PositionJson(source, office.intradayFeed().position(source)));
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
                                office.intradayFeed()
                                        .apply(
                                                source,
                                                updates,
                                                Access.caller(ctx).name(),
                                                secondPerson.getAsBoolean()));
        ctx.json(new OutcomesJson(source, office.intradayFeed().position(source), outcomes));
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
