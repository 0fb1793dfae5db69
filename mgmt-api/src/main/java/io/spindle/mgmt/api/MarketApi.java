package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Instruments and their books. */
final class MarketApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR);
    private static final int DEFAULT_LEVELS = 20;
    private static final int MAX_LEVELS = 10_000;

    private final Readings readings;
    private final Writes writes;

    MarketApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/trading-day", this::tradingDay, Role.readers()),
                Route.get("/v1/instruments", this::instruments, Role.readers()),
                Route.get("/v1/instruments/{symbol}", this::instrument, Role.readers()),
                Route.post("/v1/instruments", this::define, EDITORS),
                Route.delete("/v1/instruments/{symbol}", this::remove, EDITORS),
                Route.get("/v1/book/{symbol}", this::book, Role.readers()),
                Route.get("/v1/top/{symbol}", this::top, Role.readers()));
    }

    @OpenApi(
            path = "/v1/trading-day",
            methods = HttpMethod.GET,
            operationId = "getTradingDay",
            summary = "The day that is traded, and whether the next begins closed",
            tags = "market",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = TradingDayJson.class)))
    private void tradingDay(final Context ctx) {
        ctx.json(TradingDayJson.of(readings.read(ctx, now -> now.ledger().day())));
    }

    /** All instruments, true at a sequence. */
    public record InstrumentsJson(long sequence, List<InstrumentJson> items) {}

    @OpenApi(
            path = "/v1/instruments",
            methods = HttpMethod.GET,
            operationId = "listInstruments",
            summary = "All instruments in the order of their definition",
            tags = "market",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = InstrumentsJson.class)))
    private void instruments(final Context ctx) {
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new InstrumentsJson(
                                        now.sequence(),
                                        now.instruments().stream()
                                                .map(InstrumentJson::of)
                                                .toList())));
    }

    @OpenApi(
            path = "/v1/instruments/{symbol}",
            methods = HttpMethod.GET,
            operationId = "getInstrument",
            summary = "One instrument",
            tags = "market",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = InstrumentJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void instrument(final Context ctx) {
        ctx.json(readings.read(ctx, now -> InstrumentJson.of(find(now, ctx))));
    }

    @OpenApi(
            path = "/v1/instruments",
            methods = HttpMethod.POST,
            operationId = "defineInstrument",
            summary =
                    "Defines an instrument, or brings one back that was removed; the reply carries"
                            + " the command's sequence",
            tags = "market",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(from = InstrumentJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "504", content = @OpenApiContent(from = Problem.class))
            })
    private void define(final Context ctx) throws IOException, InterruptedException {
        final Instrument terms = Json.body(ctx, InstrumentJson.class).terms();
        writes.answer(
                ctx,
                Write.of(Commands.defineInstrument(writes.requestId(ctx), terms))
                        .shows(Resource.Kind.INSTRUMENT, terms.symbol()));
    }

    @OpenApi(
            path = "/v1/instruments/{symbol}",
            methods = HttpMethod.DELETE,
            operationId = "removeInstrument",
            summary =
                    "Removes a closed instrument of which nobody has orders or lots; defined again"
                            + " it comes back, closed",
            tags = "market",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            queryParams =
                    @OpenApiParam(
                            name = "reason",
                            required = true,
                            description = "Why, for the audit"),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "504", content = @OpenApiContent(from = Problem.class))
            })
    private void remove(final Context ctx) throws IOException, InterruptedException {
        final Fields fields = new Fields();
        final String symbol = fields.name("symbol", ctx.pathParam("symbol"), 8);
        fields.reason("reason", ctx.queryParam("reason"));
        fields.check();
        writes.answer(
                ctx,
                Write.of(Commands.removeInstrument(writes.requestId(ctx), symbol))
                        .shows(Resource.Kind.INSTRUMENT, symbol));
    }

    @OpenApi(
            path = "/v1/book/{symbol}",
            methods = HttpMethod.GET,
            operationId = "getBook",
            summary = "The price levels of a book, best first",
            tags = "market",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            queryParams =
                    @OpenApiParam(
                            name = "levels",
                            type = Integer.class,
                            description = "Most levels a side, 20 unless told otherwise"),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = BookJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void book(final Context ctx) {
        final int levels = Parameters.integer(ctx, "levels", DEFAULT_LEVELS, 1, MAX_LEVELS);
        ctx.json(BookJson.of(readings.read(ctx, now -> now.book(find(now, ctx), levels))));
    }

    @OpenApi(
            path = "/v1/top/{symbol}",
            methods = HttpMethod.GET,
            operationId = "getTop",
            summary = "The best prices of a book, in a call its auction too; with sequence and age",
            tags = "market",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = TopJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void top(final Context ctx) {
        ctx.json(readings.read(ctx, now -> TopJson.of(now, find(now, ctx))));
    }

    private static Instrument find(final View.Reading now, final Context ctx) {
        final String symbol = ctx.pathParam("symbol");
        return now.instrument(symbol)
                .orElseThrow(() -> ApiProblem.of(ProblemCode.NOT_FOUND, "no instrument " + symbol));
    }
}
