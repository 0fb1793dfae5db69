package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.office.ReportClock;
import io.spindle.mgmt.office.ReportClock.Retention;
import io.spindle.mgmt.report.Report;
import io.spindle.mgmt.report.ReportKind;
import io.spindle.mgmt.report.ReportScope;
import io.spindle.mgmt.report.ReportText;
import io.spindle.mgmt.security.Role;

import org.jdbi.v3.core.ConnectionException;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reports of a day, for whoever may see the accounts in them. */
final class ReportsApi {
    private static final int MAX_DAYS = 36_525;
    private static final long CATCH_UP_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_MS = 20;
    private static final String PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Readings readings;
    private final Present present;
    private final BackOffice office;

    ReportsApi(final Readings readings, final Present present, final BackOffice office) {
        this.readings = readings;
        this.present = present;
        this.office = office;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/reports/{kind}", this::report, Role.readers()),
                Route.get("/v1/report-retention", this::retention, Role.readers()),
                Route.put(
                                "/v1/report-retention",
                                present.before(this::retain),
                                EnumSet.of(Role.ADMIN))
                        .wholeMarket()
                        .versioned()
                        .once());
    }

    @OpenApi(
            path = "/v1/reports/{kind}",
            methods = HttpMethod.GET,
            operationId = "report",
            summary =
                    "trades, positions, statement, contract-notes or best-execution of a day; made"
                            + " again it is the same, byte for byte",
            tags = "reports",
            pathParams = @OpenApiParam(name = "kind", required = true),
            queryParams = {
                @OpenApiParam(name = "date", description = "yyyy-mm-dd, in UTC", required = true),
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "symbol"),
                @OpenApiParam(name = "format", description = "csv (default) or html")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = {
                            @OpenApiContent(mimeType = "text/csv"),
                            @OpenApiContent(mimeType = "text/html")
                        }),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(
                        status = "503",
                        description =
                                "The database is not open yet, does not answer, or has not got to"
                                        + " the end of the day; of a day that is not over, to what"
                                        + " is known when it is asked for",
                        content = @OpenApiContent(from = Problem.class))
            })
    private void report(final Context ctx) throws InterruptedException {
        final ReportKind kind =
                ReportKind.of(ctx.pathParam("kind"))
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no report " + ctx.pathParam("kind")));
        final String format = ctx.queryParam("format") == null ? "csv" : ctx.queryParam("format");
        if (!format.equals("csv") && !format.equals("html")) {
            throw ApiProblem.field("format", "must be csv or html");
        }
        final Report report = make(ctx, kind, scope(ctx));
        if (format.equals("csv")) {
            ctx.result(ReportText.csv(report)).contentType("text/csv; charset=utf-8");
        } else {
            ctx.header("Content-Security-Policy", PAGE_POLICY)
                    .result(ReportText.html(report))
                    .contentType("text/html; charset=utf-8");
        }
        ctx.header("X-Content-Type-Options", "nosniff");
    }

    private Report make(final Context ctx, final ReportKind kind, final ReportScope scope)
            throws InterruptedException {
        try {
            Readings.name(ctx, awaitStored(ctx, scope));
            return office.reports().make(kind, scope);
        } catch (final ConnectionException away) {
            throw ApiProblem.of(ProblemCode.UNAVAILABLE, "the database does not answer");
        }
    }

    /**
     * Waits until the database has all of a scope that the log had when it was asked for, for a
     * while; returns up to where it has everything.
     */
    private long awaitStored(final Context ctx, final ReportScope scope)
            throws InterruptedException {
        final long end = office.knownEnd();
        final long startNs = System.nanoTime();
        long position = office.reports().position();
        while (position < end && !office.reports().isOver(scope)) {
            if (System.nanoTime() - startNs > CATCH_UP_NS) {
                ctx.header("Retry-After", "1");
                throw ApiProblem.of(
                        ProblemCode.UNAVAILABLE,
                        "the database has everything up to sequence %d, and %s may go on to %d"
                                .formatted(position, scope.date(), end));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            position = office.reports().position();
        }
        return position;
    }

    private static ReportScope scope(final Context ctx) {
        final Fields fields = new Fields();
        LocalDate date = LocalDate.EPOCH;
        try {
            final String text = ctx.queryParam("date");
            date = LocalDate.parse(text == null ? "" : text);
            if (Math.abs(date.toEpochDay()) > MAX_DAYS * 2L) {
                fields.error("date", "is no day of trading");
            }
        } catch (final DateTimeParseException wrong) {
            fields.error("date", "must be yyyy-mm-dd");
        }
        final String account = fields.optionalName("account", ctx.queryParam("account"), 16);
        final String symbol = fields.optionalName("symbol", ctx.queryParam("symbol"), 8);
        fields.check();
        return new ReportScope(date, account, symbol, Access.caller(ctx).owners());
    }

    @OpenApi(
            path = "/v1/report-retention",
            methods = HttpMethod.GET,
            operationId = "reportRetention",
            summary = "How many days filed reports are kept; trades are kept for ever",
            tags = "reports",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = Retention.class)))
    private void retention(final Context ctx) {
        Versions.show(ctx, readings.read(ctx, ReportClock::retention));
    }

    @OpenApi(
            path = "/v1/report-retention",
            methods = HttpMethod.PUT,
            operationId = "setReportRetention",
            summary = "Sets how many days filed reports are kept",
            tags = "reports",
            headers = @OpenApiParam(name = "If-Match", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = Retention.class)),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Retention.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private synchronized void retain(final Context ctx) throws IOException, InterruptedException {
        present.require();
        final Retention retention = Json.body(ctx, Retention.class);
        if (retention.days() < 1 || retention.days() > MAX_DAYS) {
            throw ApiProblem.field("/days", "must be from 1 to " + MAX_DAYS);
        }
        final Retention before = readings.present(ReportClock::retention);
        Versions.require(ctx, before);
        Audit.before(ctx, before);
        ExternalFiles.run(() -> office.reportClock().retain(retention, Access.caller(ctx).name()));
        Audit.after(ctx, retention);
        Versions.show(ctx, retention);
    }
}
