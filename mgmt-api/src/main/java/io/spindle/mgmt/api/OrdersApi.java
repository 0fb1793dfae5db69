package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.OrderState;

import java.util.List;
import java.util.function.Predicate;

/** Orders and trades: who sees what is decided by the firm. */
final class OrdersApi {
    private static final long ANY = -1;
    private static final long UINT_MAX = 0xFFFF_FFFFL;

    private final Readings readings;
    private final Pages pages;

    OrdersApi(final Readings readings, final Pages pages) {
        this.readings = readings;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/orders", this::orders, Role.readers()),
                Route.get("/v1/orders/{id}", this::order, Role.readers()),
                Route.get("/v1/trades", this::trades, Role.readers()),
                Route.get("/v1/trades/{matchNumber}", this::trade, Role.readers()));
    }

    /** A page of orders, all true at one sequence. */
    public record OrdersJson(long sequence, List<OrderJson> items, String nextPageToken) {}

    /** A page of trades, all true at one sequence. */
    public record TradesJson(long sequence, List<TradeJson> items, String nextPageToken) {}

    @OpenApi(
            path = "/v1/orders",
            methods = HttpMethod.GET,
            operationId = "listOrders",
            summary = "Open orders and those that ended recently, the latest change first",
            tags = "orders",
            queryParams = {
                @OpenApiParam(name = "exchange"),
                @OpenApiParam(name = "symbol"),
                @OpenApiParam(name = "strategy", description = "The client's number for it"),
                @OpenApiParam(name = "session"),
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "firm"),
                @OpenApiParam(name = "side", description = "B, S, T or E"),
                @OpenApiParam(name = "status", description = "accepted, filled, cancelled, …"),
                @OpenApiParam(name = "onlyActive", type = Boolean.class),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = OrdersJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void orders(final Context ctx) {
        final boolean onlyActive = Parameters.flag(ctx, "onlyActive");
        final Predicate<Order> filter = orderFilter(ctx);
        final var page =
                pages.page(
                        ctx,
                        Order.class,
                        () ->
                                readings.read(
                                        ctx,
                                        now ->
                                                new Pages.Whole<>(
                                                        now.sequence(),
                                                        now.orders().list(onlyActive, filter))));
        ctx.json(
                new OrdersJson(
                        page.sequence(),
                        page.items().stream().map(OrderJson::of).toList(),
                        page.nextPageToken()));
    }

    private static Predicate<Order> orderFilter(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String exchange = Parameters.text(ctx, "exchange");
        final String symbol = Parameters.text(ctx, "symbol");
        final long strategy = Parameters.number(ctx, "strategy", ANY, 0, UINT_MAX);
        final String session = Parameters.text(ctx, "session");
        final String account = Parameters.text(ctx, "account");
        final String firm = Parameters.text(ctx, "firm");
        final String side = Parameters.text(ctx, "side");
        final OrderState status = Parameters.choice(ctx, "status", OrderState.class);
        return order ->
                caller.maySee(order.firm())
                        && (exchange == null || Order.EXCHANGE.equals(exchange))
                        && (symbol == null || order.instrument().symbol().equals(symbol))
                        && (strategy == ANY
                                || Integer.toUnsignedLong(order.kind().strategyId()) == strategy)
                        && (session == null || order.id().session().equals(session))
                        && (account == null || order.account().equals(account))
                        && (firm == null || order.firm().equals(firm))
                        && (side == null || side.equals(Character.toString(order.side())))
                        && (status == null || order.state() == status);
    }

    @OpenApi(
            path = "/v1/orders/{id}",
            methods = HttpMethod.GET,
            operationId = "getOrder",
            summary = "One order by its id, for instance TEST00-0-17",
            tags = "orders",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = OrderJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void order(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String id = ctx.pathParam("id");
        final Order order =
                OrderId.parse(id)
                        .flatMap(parsed -> readings.read(ctx, now -> now.orders().find(parsed)))
                        .filter(found -> caller.maySee(found.firm()))
                        .orElseThrow(() -> none(ctx, readings, id));
        ctx.json(OrderJson.of(order));
    }

    /** There is no such order, or it may be one that ended too long ago. */
    static ApiProblem none(final Context ctx, final Readings readings, final String id) {
        final Principal caller = Access.caller(ctx);
        final boolean mayBeForgotten =
                OrderId.parse(id)
                        .filter(one -> readings.read(ctx, now -> isForgotten(now, one, caller)))
                        .isPresent();
        return mayBeForgotten
                ? ApiProblem.of(
                        ProblemCode.FORGOTTEN,
                        id
                                + " is none of the orders in memory, which are the open ones and"
                                + " those that ended last. If it is older, it is"
                                + " in the database (table orders), its trades are in"
                                + " /v1/reports/trades")
                : ApiProblem.of(ProblemCode.NOT_FOUND, "no order " + id);
    }

    private static boolean isForgotten(
            final View.Reading now, final OrderId id, final Principal caller) {
        return now.orders().hasForgotten()
                && now.orders().find(id).isEmpty()
                && now.ledger().sessions().stream()
                        .filter(one -> one.username().equals(id.session()))
                        .filter(one -> caller.maySee(one.firm()))
                        .anyMatch(one -> isUsed(now, one.session(), id));
    }

    /** Numbers rise; one that was left out is not told from one that was used. */
    private static boolean isUsed(final View.Reading now, final int session, final OrderId id) {
        final int last = now.engine().sessions().lastUserRefNum(session, id.userRefIdx());
        return id.userRefNum() > 0 && id.userRefNum() <= Integer.toUnsignedLong(last);
    }

    @OpenApi(
            path = "/v1/trades",
            methods = HttpMethod.GET,
            operationId = "listTrades",
            summary = "Recent trades, the latest first",
            tags = "orders",
            queryParams = {
                @OpenApiParam(name = "symbol"),
                @OpenApiParam(name = "account"),
                @OpenApiParam(name = "firm"),
                @OpenApiParam(name = "order", description = "An order's id"),
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = TradesJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void trades(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final Predicate<Trade> filter = tradeFilter(ctx, caller);
        final var page =
                pages.page(
                        ctx,
                        Trade.class,
                        () ->
                                readings.read(
                                        ctx,
                                        now ->
                                                new Pages.Whole<>(
                                                        now.sequence(),
                                                        now.trades().list(filter))));
        ctx.json(
                new TradesJson(
                        page.sequence(),
                        page.items().stream().map(trade -> TradeJson.of(trade, caller)).toList(),
                        page.nextPageToken()));
    }

    /** A side that the caller may not see never passes, so that no filter tells who it is. */
    private static Predicate<Trade> tradeFilter(final Context ctx, final Principal caller) {
        final String symbol = Parameters.text(ctx, "symbol");
        final String account = Parameters.text(ctx, "account");
        final String firm = Parameters.text(ctx, "firm");
        final String order = Parameters.text(ctx, "order");
        final Predicate<Trade.Leg> leg =
                one ->
                        caller.maySee(one.firm())
                                && (account == null || one.account().equals(account))
                                && (firm == null || one.firm().equals(firm))
                                && (order == null || one.order().toString().equals(order));
        return trade ->
                (symbol == null || trade.instrument().symbol().equals(symbol))
                        && (leg.test(trade.maker()) || leg.test(trade.taker()));
    }

    @OpenApi(
            path = "/v1/trades/{matchNumber}",
            methods = HttpMethod.GET,
            operationId = "getTrade",
            summary = "One trade by its match number",
            tags = "orders",
            pathParams = @OpenApiParam(name = "matchNumber", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = TradeJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void trade(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final Trade trade =
                TradesApi.find(ctx, readings)
                        .filter(
                                found ->
                                        caller.maySee(found.maker().firm())
                                                || caller.maySee(found.taker().firm()))
                        .orElseThrow(() -> TradesApi.none(ctx, readings));
        ctx.json(TradeJson.of(trade, caller));
    }
}
