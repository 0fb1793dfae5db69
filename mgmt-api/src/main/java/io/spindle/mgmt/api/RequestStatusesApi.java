package io.spindle.mgmt.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.model.Operations;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.OrderRequest;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.AlgorithmTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.OrderLegs;
import io.spindle.oms.OrderState;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which operations each stage of a request, and of the order that it became, supports. */
final class RequestStatusesApi {
    /** The kind of metadata that speaks of stages, too. */
    static final String KIND = "request-status";

    private static final Map<String, Operations> STATUSES = statuses();

    private final Readings readings;

    RequestStatusesApi(final Readings readings) {
        this.readings = readings;
    }

    /** What a request and an order both can be allows the same of both. */
    private static Map<String, Operations> statuses() {
        final Map<String, Operations> statuses = new LinkedHashMap<>();
        for (final OrderRequest.Status status : OrderRequest.Status.values()) {
            statuses.put(label(status), Operations.of(status));
        }
        for (final OrderState state : OrderState.values()) {
            statuses.put(label(state), Operations.of(state));
        }
        return statuses;
    }

    private static String label(final Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/request-statuses", this::list, Role.readers()));
    }

    /**
     * What a stage supports.
     *
     * @param status of a request or an order
     * @param amendAllowed it may be replaced, modified or cancelled in part
     * @param cancelAllowed it may be cancelled whole
     */
    public record RequestStatusJson(String status, boolean amendAllowed, boolean cancelAllowed) {}

    /** All stages. */
    public record RequestStatusesJson(long sequence, List<RequestStatusJson> items) {}

    @OpenApi(
            path = "/v1/request-statuses",
            methods = HttpMethod.GET,
            operationId = "listRequestStatuses",
            summary = "Whether what is in a status may be amended and cancelled",
            tags = "orders",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = RequestStatusesJson.class)))
    private void list(final Context ctx) {
        final List<RequestStatusJson> items =
                STATUSES.entrySet().stream()
                        .map(
                                stage ->
                                        new RequestStatusJson(
                                                stage.getKey(),
                                                stage.getValue().amendAllowed(),
                                                stage.getValue().cancelAllowed()))
                        .toList();
        ctx.json(readings.read(ctx, now -> new RequestStatusesJson(now.sequence(), items)));
    }

    /** What may be asked now of a request, or of the order that it became. */
    static Operations of(final View.Reading now, final OrderRequest request) {
        final OrderRequest.Status status = request.last().status();
        return status == OrderRequest.Status.ACCEPTED
                ? now.orders().find(request.id()).map(it -> of(now, it)).orElse(Operations.NONE)
                : Operations.of(status);
    }

    /**
     * What may be asked of an order now. Some may be less than their stage: nothing of a symbol on
     * the move; and what was sent to other venues, or by an algorithm, is not amended.
     */
    static Operations of(final View.Reading now, final Order order) {
        final Operations stage = Operations.of(order.state());
        final TradingEngine engine = now.engine();
        final OrderTable orders = engine.orders();
        final OrderId id = order.id();
        final int index =
                orders.find(
                        engine.sessions().find(Ascii.pack(id.session())),
                        id.userRefIdx(),
                        (int) id.userRefNum());
        if (index == OrderTable.NONE) {
            return Operations.NONE;
        }
        final int flags = engine.instruments().riskFlags(orders.instrument(index));
        final boolean isMoving = (flags & InstrumentTable.FLAG_MOVING) != 0;
        final boolean isOurs =
                orders.options().algorithm(index) == AlgorithmTable.NONE
                        && !new OrderLegs(orders).isRouted(index);
        return new Operations(
                stage.amendAllowed() && isOurs && !isMoving, stage.cancelAllowed() && !isMoving);
    }

    /** Refuses metadata of a status that says of its operations what is not so. */
    static void check(final String status, final String attributes) {
        final Operations operations = STATUSES.get(status.toLowerCase(Locale.ROOT));
        if (operations != null) {
            final Fields fields = new Fields();
            final JsonNode said = Json.read(attributes, JsonNode.class);
            check(fields, said, "amendAllowed", operations.amendAllowed());
            check(fields, said, "cancelAllowed", operations.cancelAllowed());
            fields.check();
        }
    }

    private static void check(
            final Fields fields, final JsonNode said, final String flag, final boolean isSo) {
        if (said.has(flag) && !said.path(flag).equals(BooleanNode.valueOf(isSo))) {
            fields.error("/" + flag, "is " + isSo + " in this status: the engine sees to it");
        }
    }
}
