package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.TradeCommands;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Trades taken back and corrected; a second person has to agree where the appliance asks one. */
final class TradesApi {
    private static final Set<Role> SUPERVISORS = EnumSet.of(Role.OPERATOR, Role.RISK);
    private static final List<String> CAUSES =
            List.of("erroneous", "consent", "supervisory", "external");
    private static final String CAUSE_LETTERS = "ECSX";

    private final Readings readings;
    private final Writes writes;

    TradesApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/trades/{matchNumber}/bust", this::bust, SUPERVISORS),
                Route.post("/v1/trades/{matchNumber}/correct", this::correct, SUPERVISORS));
    }

    /**
     * Why a trade is taken back.
     *
     * @param cause erroneous, consent, supervisory or external: what both sides are told
     */
    public record BustJson(String cause, String reason) {}

    @OpenApi(
            path = "/v1/trades/{matchNumber}/bust",
            methods = HttpMethod.POST,
            operationId = "bustTrade",
            summary = "Takes a trade back: cash, lots and fees return, both sides are told",
            tags = "controls",
            pathParams = @OpenApiParam(name = "matchNumber", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = BustJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void bust(final Context ctx) throws IOException, InterruptedException {
        final BustJson body = Json.body(ctx, BustJson.class);
        final Trade trade = trade(ctx);
        final Fields fields = new Fields();
        final char cause = CAUSE_LETTERS.charAt(fields.choice("/cause", body.cause, CAUSES));
        fields.reason(body.reason);
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                TradeCommands.bust(
                                        writes.requestId(ctx),
                                        trade.matchNumber(),
                                        cause,
                                        Access.caller(ctx).name()))
                        .shows(Resource.Kind.TRADE, Long.toString(trade.matchNumber()))
                        .needsSecondPerson(body.reason));
    }

    /** The price that the trade should have had, and why. */
    public record CorrectJson(String price, String cause, String reason) {}

    @OpenApi(
            path = "/v1/trades/{matchNumber}/correct",
            methods = HttpMethod.POST,
            operationId = "correctTrade",
            summary = "Takes a trade back and makes it again at another price, under a new number",
            tags = "controls",
            pathParams = @OpenApiParam(name = "matchNumber", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = CorrectJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void correct(final Context ctx) throws IOException, InterruptedException {
        final CorrectJson body = Json.body(ctx, CorrectJson.class);
        final Trade trade = trade(ctx);
        final Fields fields = new Fields();
        final long price = fields.amount("/price", body.price, trade.instrument().priceDecimals());
        final char cause = CAUSE_LETTERS.charAt(fields.choice("/cause", body.cause, CAUSES));
        fields.reason(body.reason);
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                TradeCommands.correct(
                                        writes.requestId(ctx),
                                        trade.matchNumber(),
                                        price,
                                        cause,
                                        Access.caller(ctx).name()))
                        .shows(Resource.Kind.TRADE, Long.toString(trade.matchNumber()))
                        .needsSecondPerson(body.reason));
    }

    private Trade trade(final Context ctx) {
        return find(ctx, readings).orElseThrow(() -> none(ctx, readings));
    }

    /** The trade that the path names. */
    static Optional<Trade> find(final Context ctx, final Readings readings) {
        return number(ctx).flatMap(number -> readings.read(ctx, now -> now.trades().find(number)));
    }

    private static Optional<Long> number(final Context ctx) {
        try {
            return Optional.of(Long.valueOf(ctx.pathParam("matchNumber")));
        } catch (final NumberFormatException no) {
            return Optional.empty();
        }
    }

    /** There is no such trade, or it may be one from before those in memory. */
    static ApiProblem none(final Context ctx, final Readings readings) {
        final String text = ctx.pathParam("matchNumber");
        return number(ctx)
                .filter(number -> readings.read(ctx, now -> now.trades().isForgotten(number)))
                .map(
                        number ->
                                ApiProblem.of(
                                        ProblemCode.FORGOTTEN,
                                        "trade "
                                                + text
                                                + " comes before those in memory; it is in the"
                                                + " database (table trades) and in"
                                                + " /v1/reports/trades"))
                .orElseGet(() -> ApiProblem.of(ProblemCode.NOT_FOUND, "no trade " + text));
    }
}
