package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.office.LoadReport;
import io.spindle.mgmt.office.StartOfDay;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The morning: close, load, look, sign off. */
final class StartOfDayApi {
    private static final Set<Role> LOADERS = EnumSet.of(Role.OPERATOR);
    private static final Set<Role> SIGNERS = EnumSet.of(Role.RISK);
    private static final int MAX_EXPECTED = 100;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9_999;

    private final Readings readings;
    private final Present present;
    private final StartOfDay day;
    private final Writes writes;
    private final BooleanSupplier secondPerson;

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    StartOfDayApi(
            final Readings readings,
            final Present present,
            final StartOfDay day,
            final Writes writes,
            final BooleanSupplier secondPerson) {
        this.readings = readings;
        this.present = present;
        this.day = day;
        this.writes = writes;
        this.secondPerson = secondPerson;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/start-of-day", this::status, Role.readers()).wholeMarket(),
                Route.get("/v1/start-of-day/gate", this::showGate, Role.readers()).wholeMarket(),
                Route.put("/v1/start-of-day/gate", this::require, SIGNERS)
                        .wholeMarket()
                        .versioned(),
                Route.post("/v1/start-of-day", present.before(this::open), LOADERS)
                        .wholeMarket()
                        .once(),
                Route.post("/v1/start-of-day/files", this::load, LOADERS).wholeMarket().once(),
                Route.get("/v1/start-of-day/reports/{date}/{label}", this::report, Role.readers())
                        .wholeMarket(),
                Route.delete("/v1/quarantine/{key}", this::settle, SIGNERS).wholeMarket().once(),
                Route.post("/v1/start-of-day/sign-off", present.before(this::signOff), SIGNERS)
                        .wholeMarket()
                        .once());
    }

    @OpenApi(
            path = "/v1/start-of-day",
            methods = HttpMethod.GET,
            operationId = "startOfDay",
            summary = "Whether the market is closed, what was loaded, and what is missing",
            tags = "start-of-day",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = StartOfDay.Status.class)))
    private void status(final Context ctx) {
        ctx.json(readings.read(ctx, now -> StartOfDay.status(now)));
    }

    /**
     * Whether every new day begins closed.
     *
     * @param reason never shown
     */
    public record GateJson(Boolean required, String reason) {}

    static GateJson gate(final View.Reading now) {
        return new GateJson(now.engine().isDayGateRequired(), null);
    }

    @OpenApi(
            path = "/v1/start-of-day/gate",
            methods = HttpMethod.GET,
            operationId = "getStartOfDayGate",
            summary = "Whether every new day begins closed, with its ETag",
            tags = "start-of-day",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = GateJson.class)))
    private void showGate(final Context ctx) {
        Versions.show(ctx, readings.read(ctx, StartOfDayApi::gate));
    }

    @OpenApi(
            path = "/v1/start-of-day/gate",
            methods = HttpMethod.PUT,
            operationId = "requireStartOfDay",
            summary = "Makes every new day begin closed until it is signed off, or no longer",
            tags = "start-of-day",
            headers = {
                @OpenApiParam(name = "Idempotency-Key"),
                @OpenApiParam(name = "If-Match", required = true)
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = GateJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void require(final Context ctx) throws IOException, InterruptedException {
        final GateJson body = Json.body(ctx, GateJson.class);
        final Fields fields = new Fields();
        if (body.required == null) {
            fields.error("/required", "must be true or false");
        }
        fields.reason(body.reason);
        fields.check();
        final Write write =
                Write.of(DayCommands.requireGate(writes.requestId(ctx), body.required))
                        .changes(new Resource(Resource.Kind.DAY_GATE, ""));
        writes.answer(ctx, body.required ? write : write.needsSecondPerson(body.reason));
    }

    /**
     * The day to begin.
     *
     * @param date yyyy-mm-dd
     * @param expected files without which it cannot be signed off, for instance {@code cash.BANK1}
     */
    public record OpenJson(String date, List<String> expected, String reason) {}

    @OpenApi(
            path = "/v1/start-of-day",
            methods = HttpMethod.POST,
            operationId = "openStartOfDay",
            summary =
                    "Closes the market for all but cancels, and begins the day if it is a new one",
            tags = "start-of-day",
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = OpenJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = StartOfDay.Status.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void open(final Context ctx) throws IOException, InterruptedException {
        final OpenJson body = Json.body(ctx, OpenJson.class);
        final Fields fields = new Fields();
        final LocalDate date = date(fields, "/date", body.date);
        final List<String> expected = body.expected == null ? List.of() : body.expected;
        if (expected.size() > MAX_EXPECTED || !expected.stream().allMatch(ExternalFiles::isLabel)) {
            fields.error("/expected", "must be labels such as cash.BANK1");
        }
        fields.reason(body.reason);
        fields.check();
        final var status =
                ExternalFiles.run(() -> day.open(date, expected, Access.caller(ctx).name()));
        ctx.status(201).json(status);
    }

    private static LocalDate date(final Fields fields, final String pointer, final String text) {
        try {
            final LocalDate date = LocalDate.parse(text == null ? "" : text);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                return date;
            }
        } catch (final DateTimeParseException wrong) {
            fields.error(pointer, wrong.getMessage());
            return LocalDate.EPOCH;
        }
        fields.error(pointer, "must be yyyy-mm-dd, from " + FIRST_YEAR + " to " + LAST_YEAR);
        return LocalDate.EPOCH;
    }

    @OpenApi(
            path = "/v1/start-of-day/files",
            methods = HttpMethod.POST,
            operationId = "loadFile",
            summary =
                    "Loads a file of accounts, cash, holdings or orders; faults by line and field",
            tags = "start-of-day",
            queryParams = {
                @OpenApiParam(name = "name", description = "The file's name, for messages"),
                @OpenApiParam(
                        name = "validate",
                        type = Boolean.class,
                        description = "Only say what it would do")
            },
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(mimeType = "text/csv")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = LoadReport.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "413", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void load(final Context ctx) throws IOException, InterruptedException {
        final boolean validate = Parameters.flag(ctx, "validate");
        final String name = ExternalFiles.name(ctx);
        final byte[] content = ExternalFiles.content(ctx);
        ctx.json(
                ExternalFiles.run(
                        () -> day.load(name, content, validate, Access.caller(ctx).name())));
    }

    @OpenApi(
            path = "/v1/start-of-day/reports/{date}/{label}",
            methods = HttpMethod.GET,
            operationId = "loadReport",
            summary = "What became of a file, for instance of cash.BANK1",
            tags = "start-of-day",
            pathParams = {
                @OpenApiParam(name = "date", required = true),
                @OpenApiParam(name = "label", required = true)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = LoadReport.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void report(final Context ctx) throws IOException {
        final Fields fields = new Fields();
        final LocalDate date = date(fields, "date", ctx.pathParam("date"));
        fields.check();
        ctx.json(
                day.report(date, ctx.pathParam("label"))
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no such file was loaded on " + date)));
    }

    @OpenApi(
            path = "/v1/quarantine/{key}",
            methods = HttpMethod.DELETE,
            operationId = "settleQuarantined",
            summary = "Takes a settled row out of quarantine; metadata of that kind lists them",
            tags = "start-of-day",
            pathParams =
                    @OpenApiParam(
                            name = "key",
                            required = true,
                            description = "As listed, for instance feed.BANK1.7"),
            queryParams =
                    @OpenApiParam(
                            name = "reason",
                            required = true,
                            description = "How it was settled, for the audit"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = StartOfDay.Status.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void settle(final Context ctx) throws IOException, InterruptedException {
        final Fields fields = new Fields();
        fields.reason("reason", ctx.queryParam("reason"));
        fields.check();
        final String key = ctx.pathParam("key");
        final StartOfDay.Settled settled =
                ExternalFiles.run(() -> day.settle(key, Access.caller(ctx).name()));
        Audit.before(ctx, MetadataJson.of(settled.row()));
        Audit.sequence(ctx, settled.sequence());
        ctx.json(day.status());
    }

    /**
     * The signature that opens the market.
     *
     * @param acceptQuarantine although rows are quarantined or were refused
     */
    public record SignOffJson(Boolean acceptQuarantine, String reason) {}

    @OpenApi(
            path = "/v1/start-of-day/sign-off",
            methods = HttpMethod.POST,
            operationId = "signOff",
            summary =
                    "Opens the market once everything expected is loaded; by somebody who has"
                            + " neither opened the day nor loaded, where there is somebody else",
            tags = "start-of-day",
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = SignOffJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = StartOfDay.Status.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void signOff(final Context ctx) throws IOException, InterruptedException {
        final SignOffJson body = Json.body(ctx, SignOffJson.class);
        final Fields fields = new Fields();
        fields.reason(body.reason);
        fields.check();
        final boolean accept = Boolean.TRUE.equals(body.acceptQuarantine);
        final String caller = Access.caller(ctx).name();
        ctx.status(201)
                .json(
                        ExternalFiles.run(
                                () -> day.signOff(accept, caller, secondPerson.getAsBoolean())));
    }
}
