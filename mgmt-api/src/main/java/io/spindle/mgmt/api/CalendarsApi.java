package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.office.CalendarClock;
import io.spindle.mgmt.office.TradingCalendar;
import io.spindle.mgmt.office.TradingCalendar.Change;
import io.spindle.mgmt.office.TradingCalendar.SpecialDay;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When the market opens and closes by itself, now and on the days ahead. */
final class CalendarsApi {
    private static final Set<Role> KEEPERS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_DAYS = 400;

    private final Readings readings;
    private final Present present;
    private final CalendarClock clock;

    CalendarsApi(final Readings readings, final Present present, final CalendarClock clock) {
        this.readings = readings;
        this.present = present;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/calendars", this::list, Role.readers()),
                Route.get("/v1/calendars/{name}", this::show, Role.readers()),
                Route.put("/v1/calendars/{name}", present.before(this::define), KEEPERS)
                        .wholeMarket()
                        .versioned()
                        .once(),
                Route.delete("/v1/calendars/{name}", present.before(this::remove), KEEPERS)
                        .wholeMarket()
                        .versioned()
                        .once(),
                Route.get("/v1/calendars/{name}/days", this::days, Role.readers()));
    }

    /**
     * A calendar and where it stands.
     *
     * @param state of the phase that it has entered last, with its beginning; null before the first
     * @param refused instruments that the engine keeps out of the phase that has begun, and why;
     *     none of the past
     * @param nextState of the phase that begins next, with its beginning; null if there is none
     */
    public record CalendarJson(
            String name,
            TradingCalendar calendar,
            String state,
            String since,
            Map<String, String> refused,
            String nextState,
            String next) {}

    /** All calendars. */
    public record CalendarsJson(List<CalendarJson> items) {}

    @OpenApi(
            path = "/v1/calendars",
            methods = HttpMethod.GET,
            operationId = "listCalendars",
            summary = "Calendars, the phase that each has entered, and the next one",
            tags = "calendars",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = CalendarsJson.class)))
    private void list(final Context ctx) {
        final boolean isPast = ctx.queryParam("asAt") != null;
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new CalendarsJson(
                                        CalendarClock.calendars(now).entrySet().stream()
                                                .map(
                                                        one ->
                                                                json(
                                                                        now,
                                                                        isPast,
                                                                        one.getKey(),
                                                                        one.getValue()))
                                                .toList())));
    }

    private CalendarJson json(
            final View.Reading now,
            final boolean isPast,
            final String name,
            final TradingCalendar calendar) {
        final var entered = CalendarClock.entered(now, name);
        final var next =
                calendar.next(isPast ? Instant.ofEpochSecond(0, now.timeNs()) : Instant.now());
        return new CalendarJson(
                name,
                calendar,
                entered.map(CalendarClock.Phase::state).orElse(null),
                entered.map(CalendarClock.Phase::at).filter(at -> !at.isEmpty()).orElse(null),
                isPast ? Map.of() : clock.refused(name),
                next.map(Change::state).orElse(null),
                next.map(change -> change.at().toString()).orElse(null));
    }

    @OpenApi(
            path = "/v1/calendars/{name}",
            methods = HttpMethod.GET,
            operationId = "showCalendar",
            summary = "A calendar as it was defined, with its ETag",
            tags = "calendars",
            pathParams = @OpenApiParam(name = "name", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = TradingCalendar.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        Versions.show(ctx, found(ctx));
    }

    private TradingCalendar found(final Context ctx) {
        final String name = ctx.pathParam("name");
        final TradingCalendar calendar =
                readings.read(ctx, now -> CalendarClock.calendars(now).get(name));
        if (calendar == null) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no calendar " + name);
        }
        return calendar;
    }

    @OpenApi(
            path = "/v1/calendars/{name}",
            methods = HttpMethod.PUT,
            operationId = "defineCalendar",
            summary = "Defines or changes a calendar; the phase that runs now is entered at once",
            tags = "calendars",
            pathParams = @OpenApiParam(name = "name", required = true),
            headers = {
                @OpenApiParam(name = "If-Match"),
                @OpenApiParam(name = "If-None-Match", description = "* for one that is new")
            },
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = TradingCalendar.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = TradingCalendar.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private synchronized void define(final Context ctx) throws IOException, InterruptedException {
        present.require();
        final TradingCalendar calendar = Json.body(ctx, TradingCalendar.class);
        final String name = ctx.pathParam("name");
        final Map<String, TradingCalendar> others = clock.calendars();
        final TradingCalendar old = others.remove(name);
        final Fields fields = new Fields();
        if (!name.matches("[a-z0-9-]{1,32}")) {
            fields.error("name", "must be 1 to 32 of a to z, 0 to 9 and -");
        }
        CalendarFields.check(fields, calendar);
        if (Json.write(calendar).length() > Note.MAX_ATTRIBUTES) {
            fields.error("", "is too long for the log: leave out special days that are over");
        }
        CalendarFields.checkFollowers(fields, calendar, others);
        fields.check();
        Versions.require(ctx, old);
        Audit.before(ctx, old);
        ExternalFiles.run(
                () -> {
                    clock.define(name, calendar, Access.caller(ctx).name());
                    return null;
                });
        Audit.after(ctx, calendar);
        Versions.show(ctx, calendar);
    }

    @OpenApi(
            path = "/v1/calendars/{name}",
            methods = HttpMethod.DELETE,
            operationId = "removeCalendar",
            summary = "Ends a calendar; its instruments stay as they are",
            tags = "calendars",
            pathParams = @OpenApiParam(name = "name", required = true),
            headers = @OpenApiParam(name = "If-Match", required = true),
            responses = {
                @OpenApiResponse(status = "204"),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "428", content = @OpenApiContent(from = Problem.class))
            })
    private synchronized void remove(final Context ctx) throws IOException, InterruptedException {
        present.require();
        final TradingCalendar old = found(ctx);
        Versions.require(ctx, old);
        Audit.before(ctx, old);
        ExternalFiles.run(
                () -> {
                    clock.remove(ctx.pathParam("name"), Access.caller(ctx).name());
                    return null;
                });
        ctx.status(204);
    }

    /** A date: its name if it is special, and its phases with their times in UTC. */
    public record DayJson(String date, String weekday, String name, List<PhaseJson> phases) {}

    /** A phase begins. */
    public record PhaseJson(String at, String state) {}

    /** Days in order. */
    public record DaysJson(List<DayJson> items) {}

    @OpenApi(
            path = "/v1/calendars/{name}/days",
            methods = HttpMethod.GET,
            operationId = "calendarDays",
            summary = "The days ahead, or behind: which are traded, and when phases begin in UTC",
            tags = "calendars",
            pathParams = @OpenApiParam(name = "name", required = true),
            queryParams = {
                @OpenApiParam(
                        name = "from",
                        description = "yyyy-mm-dd; if not given today, or the day of asAt"),
                @OpenApiParam(name = "days", type = Integer.class, description = "1 to 400; 14")
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = DaysJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void days(final Context ctx) {
        final TradingCalendar calendar = found(ctx);
        final String from = ctx.queryParam("from");
        if (from != null && !CalendarFields.isDate(from)) {
            throw ApiProblem.field("from", "must be yyyy-mm-dd");
        }
        final int count = Parameters.integer(ctx, "days", 14, 1, MAX_DAYS);
        final Instant moment =
                ctx.queryParam("asAt") == null
                        ? Instant.now()
                        : readings.read(ctx, now -> Instant.ofEpochSecond(0, now.timeNs()));
        final LocalDate first =
                from == null
                        ? LocalDate.ofInstant(moment, ZoneId.of(calendar.zone()))
                        : LocalDate.parse(from);
        ctx.json(
                new DaysJson(
                        first.datesUntil(first.plusDays(count))
                                .map(date -> day(calendar, date))
                                .toList()));
    }

    private static DayJson day(final TradingCalendar calendar, final LocalDate date) {
        return new DayJson(
                date.toString(),
                CalendarFields.WEEKDAYS.get(date.getDayOfWeek().ordinal()),
                calendar.special(date).map(SpecialDay::name).orElse(""),
                calendar.changes(date).stream()
                        .map(change -> new PhaseJson(change.at().toString(), change.state()))
                        .toList());
    }
}
