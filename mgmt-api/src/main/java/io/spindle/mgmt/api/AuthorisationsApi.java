package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;
import io.spindle.oms.OrderTable;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/** Orders that a rule holds until somebody releases or refuses them. */
final class AuthorisationsApi {
    private final Readings readings;
    private final Writes writes;

    AuthorisationsApi(final Readings readings, final Writes writes) {
        this.readings = readings;
        this.writes = writes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/authorisations", this::queue, Role.readers()),
                Route.post("/v1/authorisations/{id}", this::decide, EnumSet.of(Role.AUTHORISER)));
    }

    /**
     * An order that waits.
     *
     * @param expiresAt when it is rejected if nobody has decided
     */
    public record HeldJson(@JsonUnwrapped OrderJson order, String expiresAt) {}

    /** Orders that wait, true at a sequence. */
    public record QueueJson(long sequence, String time, List<HeldJson> items) {}

    @OpenApi(
            path = "/v1/authorisations",
            methods = HttpMethod.GET,
            operationId = "listAuthorisations",
            summary = "Orders that wait for an authoriser, the latest first, and until when",
            tags = "controls",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = QueueJson.class)))
    private void queue(final Context ctx) {
        final var caller = Access.caller(ctx);
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new QueueJson(
                                        now.sequence(),
                                        Times.text(now.timeNs()),
                                        now
                                                .orders()
                                                .list(
                                                        true,
                                                        order ->
                                                                order.cause() == Order.Cause.HELD
                                                                        && caller.maySee(
                                                                                order.firm()))
                                                .stream()
                                                .map(order -> held(now, order))
                                                .toList())));
    }

    private static HeldJson held(final View.Reading now, final Order order) {
        final OrderId id = order.id();
        final var engine = now.engine();
        final int slot =
                engine.orders()
                        .find(
                                engine.sessions().find(Ascii.pack(id.session())),
                                id.userRefIdx(),
                                (int) id.userRefNum());
        final long deadlineNs =
                slot == OrderTable.NONE ? Long.MAX_VALUE : engine.orderDeadlineNs(slot);
        return new HeldJson(
                OrderJson.of(order), deadlineNs == Long.MAX_VALUE ? null : Times.text(deadlineNs));
    }

    /** The decision on a held order. */
    public record DecisionJson(String decision, String reason) {}

    @OpenApi(
            path = "/v1/authorisations/{id}",
            methods = HttpMethod.POST,
            operationId = "decideAuthorisation",
            summary = "Releases a held order to the book, or refuses it",
            tags = "controls",
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = DecisionJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void decide(final Context ctx) throws IOException, InterruptedException {
        if (writes.repeats(ctx)) {
            return;
        }
        final DecisionJson body = Json.body(ctx, DecisionJson.class);
        final Fields fields = new Fields();
        final boolean release =
                fields.choice("/decision", body.decision, List.of("refuse", "release")) == 1;
        fields.reason(body.reason);
        fields.check();
        final ControlsApi.OpenOrder order = ControlsApi.order(ctx, readings);
        final AdminCommand command =
                RiskCommands.authorise(
                        writes.requestId(ctx), order.target(), release, Access.caller(ctx).name());
        writes.answer(
                ctx,
                Write.of(command)
                        .ownedBy(order.firm())
                        .shows(Resource.Kind.ORDER, ctx.pathParam("id")));
    }
}
