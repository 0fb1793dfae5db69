package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.RiskCommands.Target;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stops things and lets them go on: mass cancel, halts; {@link KillSwitchApi} the rest. */
final class ControlsApi {
    private static final Set<Role> STOPPERS = EnumSet.of(Role.OPERATOR, Role.RISK);

    private final Readings readings;
    private final Writes writes;

    ControlsApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/mass-cancel", this::massCancel, STOPPERS).stopping(),
                Route.delete("/v1/orders/{id}", this::cancel, STOPPERS),
                Route.post("/v1/instruments/{symbol}/state", this::state, STOPPERS).stopping());
    }

    /** Whose open orders to cancel, of one symbol or of all. */
    public record MassCancelJson(String scope, String name, String symbol, String reason) {}

    @OpenApi(
            path = "/v1/mass-cancel",
            methods = HttpMethod.POST,
            operationId = "massCancel",
            summary = "Cancels the open orders of a scope; entry stays as it is",
            tags = "controls",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = MassCancelJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void massCancel(final Context ctx) throws IOException, InterruptedException {
        final MassCancelJson body = Json.body(ctx, MassCancelJson.class);
        final Fields fields = new Fields();
        final Scope scope = fields.scope(body.scope, body.name);
        final String symbol = fields.optionalName("/symbol", body.symbol, 8);
        fields.reason(body.reason);
        fields.check();
        final AdminCommand command =
                RiskCommands.cancelAll(
                        writes.requestId(ctx), scope, symbol, Access.caller(ctx).name());
        writes.stop(
                ctx,
                Write.of(command)
                        .ownedBy(readings.ownerOf(scope, Access.caller(ctx)))
                        .shows(Resource.of(Resource.Kind.ENTRY_STATE, scope)));
    }

    @OpenApi(
            path = "/v1/orders/{id}",
            methods = HttpMethod.DELETE,
            operationId = "cancelOrder",
            summary = "Cancels one open order on its owner's behalf",
            tags = "controls",
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void cancel(final Context ctx) throws IOException, InterruptedException {
        if (writes.repeats(ctx)) {
            return;
        }
        final OpenOrder order = order(ctx, readings);
        final AdminCommand command =
                RiskCommands.cancelOrder(
                        writes.requestId(ctx), order.target, Access.caller(ctx).name());
        writes.answer(
                ctx,
                Write.of(command)
                        .ownedBy(order.firm)
                        .shows(Resource.Kind.ORDER, ctx.pathParam("id")));
    }

    /** An open order and whose it is. */
    record OpenOrder(Target target, String firm) {}

    /** The open order that the path names. */
    static OpenOrder order(final Context ctx, final Readings readings) {
        final String id = ctx.pathParam("id");
        return OrderId.parse(id)
                .flatMap(parsed -> readings.read(ctx, now -> find(now, parsed)))
                .filter(order -> Access.caller(ctx).maySee(order.firm))
                .orElseThrow(() -> ApiProblem.of(ProblemCode.NOT_FOUND, "no open order " + id));
    }

    private static Optional<OpenOrder> find(final View.Reading now, final OrderId id) {
        return Target.find(now, id)
                .flatMap(
                        target ->
                                now.orders()
                                        .find(id)
                                        .map(order -> new OpenOrder(target, order.firm())));
    }

    /**
     * The state an instrument shall be in.
     *
     * @param state halted, cancel_only or closed; trading; or a call, in which orders gather for an
     *     auction: quotation_only, paused, closing_auction. Trading ends a call by its auction. Out
     *     of the first three into the others needs a second person; so does out of halted into any
     *     other, and out of cancel_only into closed, since a calendar opens what is closed
     * @param reason may be missing of halted
     */
    public record TradingStateJson(String state, String reason) {}

    @OpenApi(
            path = "/v1/instruments/{symbol}/state",
            methods = HttpMethod.POST,
            operationId = "setTradingState",
            summary = "Halts an instrument, opens a call for an auction, or lets it trade again",
            tags = "controls",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = TradingStateJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "412", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void state(final Context ctx) throws IOException, InterruptedException {
        final TradingStateJson body = Json.body(ctx, TradingStateJson.class);
        final Fields fields = new Fields();
        final String symbol = fields.name("/symbol", ctx.pathParam("symbol"), 8);
        final TradingState state =
                TradingState.values()[fields.choice("/state", body.state, TradingState.WORDS)];
        if (state == TradingState.HALTED) {
            Audit.haltReason(ctx, body.reason);
        } else {
            fields.reason(body.reason);
        }
        fields.check();
        if (state == TradingState.HALTED) {
            writes.stop(ctx, write(ctx, symbol, state, Commands.ANY_STATE));
            return;
        }
        final char present = present(symbol);
        final boolean lifts = TradingState.isLifted(present, state);
        final Write write = write(ctx, symbol, state, lifts ? Commands.ANY_STATE : present);
        writes.answer(ctx, lifts ? write.needsSecondPerson(body.reason) : write);
    }

    private Write write(
            final Context ctx, final String symbol, final TradingState state, final char expected) {
        return Write.of(
                        Commands.setTradingState(
                                writes.requestId(ctx), symbol, state.letter, expected))
                .shows(Resource.Kind.TRADING_STATE, symbol);
    }

    /** As far as this process knows; the engine may be in another state already. */
    private char present(final String symbol) {
        return readings.present(now -> now.instrument(symbol))
                .map(Instrument::tradingState)
                .orElse(Instrument.REMOVED);
    }
}
