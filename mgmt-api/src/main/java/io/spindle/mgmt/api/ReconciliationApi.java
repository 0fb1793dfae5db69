package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.office.ExternalFile;
import io.spindle.mgmt.office.ExternalFileReader;
import io.spindle.mgmt.office.Reconciliation;
import io.spindle.mgmt.office.ReconciliationSchedule;
import io.spindle.mgmt.office.ReconciliationSchedule.Setting;
import io.spindle.mgmt.office.ReconciliationSummary;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Ours against theirs. */
final class ReconciliationApi {
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_SECONDS = 86_400;

    private final Readings readings;
    private final Present present;
    private final BackOffice office;
    private final Writes writes;
    private final BooleanSupplier secondPerson;

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    ReconciliationApi(
            final Readings readings,
            final Present present,
            final BackOffice office,
            final Writes writes,
            final BooleanSupplier secondPerson) {
        this.readings = readings;
        this.present = present;
        this.office = office;
        this.writes = writes;
        this.secondPerson = secondPerson;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/reconciliation", this::status, Role.readers()).wholeMarket(),
                Route.post("/v1/reconciliation", present.before(this::run), OPERATORS)
                        .wholeMarket()
                        .once(),
                Route.get("/v1/reconciliation/results/{label}", this::result, Role.readers())
                        .wholeMarket(),
                Route.get("/v1/reconciliation/schedule", this::showSchedule, Role.readers())
                        .wholeMarket(),
                Route.put("/v1/reconciliation/schedule", this::schedule, OPERATORS)
                        .wholeMarket()
                        .versioned());
    }

    /**
     * A result in a line.
     *
     * @param ranAt when it ran, ISO-8601; of a run before this process began, when what it found
     *     was first found
     * @param ours rows compared, absent where the log does not say it, as is {@code theirs}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LineJson(
            String label,
            String date,
            String ranAt,
            long sequence,
            Integer ours,
            Integer theirs,
            int differences) {
        static LineJson of(final String label, final ReconciliationSummary run) {
            return new LineJson(
                    label,
                    run.date(),
                    run.ranAt(),
                    run.sequence(),
                    run.ours(),
                    run.theirs(),
                    run.differences());
        }
    }

    /**
     * Schedule and last runs.
     *
     * @param last of a past, what the log says of it
     * @param faults files that could not be read, and why; none of the past
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
        final boolean isPast = ctx.queryParam("asAt") != null;
        final Map<String, ReconciliationSummary> present =
                isPast ? Map.of() : office.reconciliation().summaries();
        final Map<String, String> faults = isPast ? Map.of() : office.schedule().faults();
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new StatusJson(
                                        ReconciliationSchedule.setting(now),
                                        (isPast ? Reconciliation.noted(now) : present)
                                                .entrySet().stream()
                                                        .map(
                                                                run ->
                                                                        LineJson.of(
                                                                                run.getKey(),
                                                                                run.getValue()))
                                                        .toList(),
                                        faults)));
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
                                                ProblemCode.NOT_FOUND,
                                                "no result of " + label + " since mgmt began")));
    }

    @OpenApi(
            path = "/v1/reconciliation/schedule",
            methods = HttpMethod.GET,
            operationId = "reconciliationSchedule",
            summary = "How often DATA/reconciliation/*.csv are reconciled, with its ETag",
            tags = "reconciliation",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = Setting.class)))
    private void showSchedule(final Context ctx) {
        Versions.show(ctx, readings.read(ctx, ReconciliationSchedule::setting));
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
            headers = {
                @OpenApiParam(name = "Idempotency-Key"),
                @OpenApiParam(name = "If-Match", required = true)
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = ScheduleJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class)),
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
                                        Access.caller(ctx).name()))
                        .changes(new Resource(Resource.Kind.RECONCILIATION_SCHEDULE, ""));
        writes.answer(ctx, body.settle ? write.needsSecondPerson(body.reason) : write);
    }
}
