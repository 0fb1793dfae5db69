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
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RiskView;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The limits of every scope: system, firm, account, session. */
final class LimitsApi {
    private static final Set<Role> RISK = EnumSet.of(Role.RISK);
    private static final int MONEY = Order.VALUE_DECIMALS;

    private final Readings readings;
    private final Writes writes;

    LimitsApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/limits", this::show, Role.readers()),
                Route.put("/v1/limits", this::set, RISK).versioned());
    }

    /**
     * All limits of a scope; one that is absent does not limit.
     *
     * @param orderNotional in the currency, as is exposure
     * @param position lots, both signs
     * @param alike equal orders within a second
     * @param warnPercent early warning at this part of a limit
     * @param reason needed where a second person has to agree; never shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LimitsJson(
            String scope,
            String name,
            String openOrders,
            String orderQuantity,
            String orderNotional,
            String position,
            String exposure,
            String alike,
            Integer warnPercent,
            String reason) {}

    /** The limits as they are, or null if there is no such scope. */
    static LimitsJson of(final View.Reading now, final Scope scope) {
        return now.terms()
                .limits(scope.kind().letter(), scope.name())
                .map(limits -> of(scope, limits))
                .orElse(null);
    }

    private static LimitsJson of(final Scope scope, final RiskView.Limits limits) {
        return new LimitsJson(
                scope.label(),
                scope.name().isEmpty() ? null : scope.name(),
                text(limits.openOrders(), 0),
                text(limits.orderQuantity(), 0),
                text(limits.orderNotional(), MONEY),
                text(limits.position(), 0),
                text(limits.exposure(), MONEY),
                text(limits.alike(), 0),
                limits.warnPercent(),
                null);
    }

    private static String text(final long limit, final int decimals) {
        return limit == RiskView.NO_LIMIT ? null : Decimals.text(limit, decimals);
    }

    @OpenApi(
            path = "/v1/limits",
            methods = HttpMethod.GET,
            operationId = "getLimits",
            summary = "A scope's own limits, not those above it",
            tags = "risk",
            queryParams = {
                @OpenApiParam(
                        name = "scope",
                        required = true,
                        description = "system, firm, account or session"),
                @OpenApiParam(name = "name", description = "Absent for the system")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = LimitsJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void show(final Context ctx) {
        final Fields fields = new Fields();
        final Scope scope =
                fields.scope(Parameters.text(ctx, "scope"), Parameters.text(ctx, "name"));
        fields.check();
        Writes.require(Access.caller(ctx), readings.firmOf(scope));
        final LimitsJson limits = readings.read(ctx, now -> of(now, scope));
        if (limits == null) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no such " + scope.label());
        }
        Versions.show(ctx, limits);
    }

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
    private void set(final Context ctx) throws IOException, InterruptedException {
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
        writes.answer(
                ctx,
                Write.of(RiskCommands.setLimits(writes.requestId(ctx), scope, limits))
                        .ownedBy(readings.firmOf(scope))
                        .changes(Resource.of(Resource.Kind.LIMITS, scope))
                        .needsSecondPerson(body.reason));
    }
}
