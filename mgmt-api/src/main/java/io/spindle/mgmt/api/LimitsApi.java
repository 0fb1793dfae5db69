package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Role;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Limits of every scope and the rules by which orders are held for authorisation. */
final class LimitsApi {
    private static final Set<Role> RISK = EnumSet.of(Role.RISK);
    private static final int MONEY = Order.VALUE_DECIMALS;
    private static final int MAX_RULE = 64;
    private static final List<String> ACTIONS = List.of("none", "pass", "hold", "fail");
    private static final char[] ACTION_LETTERS = {0, 'P', 'A', 'F'};

    private final Writes writes;

    LimitsApi(final Writes writes) {
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.put("/v1/limits", this::limits, RISK),
                Route.put("/v1/authorisation-rules/{number}", this::rule, RISK));
    }

    /**
     * All limits of a scope; one that is absent does not limit.
     *
     * @param orderNotional in the currency, as is exposure
     * @param position lots, both signs
     * @param alike equal orders within a second
     * @param warnPercent early warning at this part of a limit
     */
    public record LimitsJson(
            String scope,
            String name,
            String openOrders,
            String orderQuantity,
            String orderNotional,
            String position,
            String exposure,
            String alike,
            Integer warnPercent) {}

    @OpenApi(
            path = "/v1/limits",
            methods = HttpMethod.PUT,
            operationId = "setLimits",
            summary = "Sets all limits of a scope from the sequence in the reply on",
            tags = "risk",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = LimitsJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void limits(final Context ctx) throws IOException, InterruptedException {
        final LimitsJson body = Json.body(ctx, LimitsJson.class);
        final Fields fields = new Fields();
        final Scope scope = fields.scope(body.scope, body.name);
        final int warn = body.warnPercent == null ? 0 : body.warnPercent;
        if (warn < 0 || warn > 100) {
            fields.error("/warnPercent", "must be from 0 to 100");
        }
        final RiskCommands.Limits limits =
                new RiskCommands.Limits(
                        fields.limit("/openOrders", body.openOrders, 0),
                        fields.limit("/orderQuantity", body.orderQuantity, 0),
                        fields.limit("/orderNotional", body.orderNotional, MONEY),
                        fields.limit("/position", body.position, 0),
                        fields.limit("/exposure", body.exposure, MONEY),
                        fields.limit("/alike", body.alike, 0),
                        warn);
        fields.check();
        writes.answer(ctx, RiskCommands.setLimits(writes.requestId(ctx), scope, limits));
    }

    /**
     * What happens to orders that fit.
     *
     * @param action pass, hold, fail, or none to take the rule away
     * @param account absent = any, as is symbol
     * @param minQuantity lots
     * @param holdSeconds how long a held order waits for its authoriser
     */
    public record RuleJson(
            String action,
            String account,
            String symbol,
            String minQuantity,
            String minNotional,
            Integer holdSeconds) {}

    @OpenApi(
            path = "/v1/authorisation-rules/{number}",
            methods = HttpMethod.PUT,
            operationId = "setAuthorisationRule",
            summary = "Sets a rule; rules are tried by number and the first that fits decides",
            tags = "risk",
            pathParams = @OpenApiParam(name = "number", type = Integer.class, required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = RuleJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void rule(final Context ctx) throws IOException, InterruptedException {
        final RuleJson body = Json.body(ctx, RuleJson.class);
        final Fields fields = new Fields();
        final String number = ctx.pathParam("number");
        final boolean numbered = number.matches("[1-9][0-9]?");
        if (!numbered || Integer.parseInt(number) > MAX_RULE) {
            fields.error("number", "must be from 1 to " + MAX_RULE);
        }
        final int action = fields.choice("/action", body.action, ACTIONS);
        final String account = fields.optionalName("/account", body.account, 16);
        final String symbol = fields.optionalName("/symbol", body.symbol, 8);
        final Long quantity = fields.limit("/minQuantity", body.minQuantity, 0);
        final Long notional = fields.limit("/minNotional", body.minNotional, MONEY);
        final int hold = body.holdSeconds == null ? 300 : body.holdSeconds;
        if (hold < 1) {
            fields.error("/holdSeconds", "must be at least 1");
        }
        fields.check();
        writes.answer(
                ctx,
                RiskCommands.setRule(
                        writes.requestId(ctx),
                        new RiskCommands.Rule(
                                Integer.parseInt(number),
                                ACTION_LETTERS[action],
                                account,
                                symbol,
                                quantity == null ? 0 : quantity,
                                notional == null ? 0 : notional,
                                TimeUnit.SECONDS.toNanos(hold))));
    }
}
