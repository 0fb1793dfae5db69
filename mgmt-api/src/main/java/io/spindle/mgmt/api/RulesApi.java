package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RiskView;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rules by which orders are held for authorisation. */
final class RulesApi {
    private static final int MONEY = Order.VALUE_DECIMALS;
    private static final List<String> ACTIONS = List.of("none", "pass", "hold", "fail");
    private static final String ACTION_LETTERS = "\0PAF";
    private static final int USUAL_HOLD_S = 300;

    private final Readings readings;
    private final Writes writes;

    RulesApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/authorisation-rules", this::list, Role.readers()),
                Route.get("/v1/authorisation-rules/{number}", this::show, Role.readers()),
                Route.put("/v1/authorisation-rules/{number}", this::set, EnumSet.of(Role.RISK))
                        .versioned());
    }

    /**
     * What happens to orders that fit.
     *
     * @param number its place in the order in which rules are tried; taken from the path
     * @param action pass, hold, fail, or none to take the rule away
     * @param account absent = any, as is symbol
     * @param minQuantity lots
     * @param holdSeconds how long a held order waits for its authoriser
     * @param reason needed where a second person has to agree; never shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RuleJson(
            Integer number,
            String action,
            String account,
            String symbol,
            String minQuantity,
            String minNotional,
            Integer holdSeconds,
            String reason) {
        static RuleJson of(final Terms.Rule rule) {
            final RiskView.Rule terms = rule.terms();
            return new RuleJson(
                    terms.number(),
                    ACTIONS.get(ACTION_LETTERS.indexOf(terms.action())),
                    rule.account().isEmpty() ? null : rule.account(),
                    rule.symbol().isEmpty() ? null : rule.symbol(),
                    Long.toString(terms.minQuantity()),
                    Decimals.text(terms.minNotional(), MONEY),
                    (int) TimeUnit.NANOSECONDS.toSeconds(terms.holdNs()),
                    null);
        }
    }

    /** Rules in the order in which they are tried, true at a sequence. */
    public record RulesJson(long sequence, List<RuleJson> items) {}

    @OpenApi(
            path = "/v1/authorisation-rules",
            methods = HttpMethod.GET,
            operationId = "listAuthorisationRules",
            summary = "The rules that the caller may see; the first that fits an order decides",
            tags = "risk",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = RulesJson.class)))
    private void list(final Context ctx) {
        final RulesJson all =
                readings.read(
                        ctx,
                        now ->
                                new RulesJson(
                                        now.sequence(),
                                        now.terms().rules().stream().map(RuleJson::of).toList()));
        final List<RuleJson> shown =
                all.items.stream()
                        .filter(rule -> readings.mayShowAccount(ctx, rule.account))
                        .toList();
        ctx.json(new RulesJson(all.sequence, shown));
    }

    static RuleJson find(final View.Reading now, final int number) {
        return now.terms().rule(number).map(RuleJson::of).orElse(null);
    }

    @OpenApi(
            path = "/v1/authorisation-rules/{number}",
            methods = HttpMethod.GET,
            operationId = "getAuthorisationRule",
            summary = "One rule",
            tags = "risk",
            pathParams = @OpenApiParam(name = "number", type = Integer.class, required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = RuleJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final Fields fields = new Fields();
        final int number = fields.index("number", ctx.pathParam("number"), 1, RiskView.MAX_RULES);
        fields.check();
        final RuleJson rule = readings.read(ctx, now -> find(now, number));
        if (rule == null || !readings.mayShowAccount(ctx, rule.account)) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no rule " + number);
        }
        Versions.show(ctx, rule);
    }

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
    private void set(final Context ctx) throws IOException, InterruptedException {
        final RuleJson body = Json.body(ctx, RuleJson.class);
        final Fields fields = new Fields();
        final int number = fields.index("number", ctx.pathParam("number"), 1, RiskView.MAX_RULES);
        if (body.number != null && body.number != number) {
            fields.error("/number", "is not the path's");
        }
        final int action = fields.choice("/action", body.action, ACTIONS);
        final String account = fields.optionalName("/account", body.account, 16);
        final String symbol = fields.optionalName("/symbol", body.symbol, 8);
        final Long quantity = fields.limit("/minQuantity", body.minQuantity, 0);
        final Long notional = fields.limit("/minNotional", body.minNotional, MONEY);
        final int hold = body.holdSeconds == null ? USUAL_HOLD_S : body.holdSeconds;
        if (hold < 1) {
            fields.error("/holdSeconds", "must be at least 1");
        }
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                RiskCommands.setRule(
                                        writes.requestId(ctx),
                                        new RiskCommands.Rule(
                                                number,
                                                ACTION_LETTERS.charAt(action),
                                                account,
                                                symbol,
                                                quantity == null ? 0 : quantity,
                                                notional == null ? 0 : notional,
                                                TimeUnit.SECONDS.toNanos(hold))))
                        .changes(new Resource(Resource.Kind.RULE, Integer.toString(number)))
                        .needsSecondPerson(body.reason));
    }
}
