package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.Span;
import io.spindle.mgmt.view.Queue;
import io.spindle.mgmt.view.RiskRefusals;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Explain my order: what happened to it, why, and where it stands; and books order by order. */
final class ExplainApi {
    private static final int MAX_STEPS = 10_000;
    private static final int MAX_QUEUE = 100_000;

    private final Readings readings;
    private final EventLog events;

    ExplainApi(final Readings readings, final EventLog events) {
        this.readings = readings;
        this.events = events;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/orders/{id}/explanation", this::explain, Role.readers()),
                Route.get("/v1/book/{symbol}/orders", this::orders, Role.readers()));
    }

    /**
     * What one command of the log did to the order.
     *
     * @param sinceNs since the step before, in log time
     */
    public record StepJson(
            long sequence,
            String time,
            long sinceNs,
            String cause,
            String status,
            String filled,
            String remaining,
            String reason) {}

    /**
     * Why risk refused it.
     *
     * @param passed checks that it passed first
     * @param limit in the check's own unit, as is value: lots, or 10^-4 of the currency
     */
    public record CheckJson(List<String> passed, String failed, String limit, String value) {}

    /**
     * Where it rests.
     *
     * @param ordersAhead at its price, before it
     */
    public record PlaceJson(String price, String quantity, int ordersAhead, String quantityAhead) {}

    /**
     * Everything that is known of an order.
     *
     * @param meaning of the reason why it was refused, if it was
     * @param steps from the events in memory; the database has older ones
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExplanationJson(
            long sequence,
            OrderJson order,
            String meaning,
            CheckJson check,
            PlaceJson place,
            List<StepJson> steps,
            List<TradeJson> trades) {}

    @OpenApi(
            path = "/v1/orders/{id}/explanation",
            methods = HttpMethod.GET,
            operationId = "explainOrder",
            summary =
                    "Each step, the failed check with its limit, its place in the queue, its trades",
            tags = "orders",
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = ExplanationJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void explain(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String text = ctx.pathParam("id");
        ctx.json(
                OrderId.parse(text)
                        .flatMap(id -> readings.read(ctx, now -> find(now, id, caller)))
                        .map(this::explain)
                        .orElseThrow(() -> OrdersApi.none(ctx, readings, text)));
    }

    /** What the replica knows of an order, at one sequence. */
    private record Found(
            long sequence, Order order, CheckJson check, PlaceJson place, List<TradeJson> trades) {}

    private static Optional<Found> find(
            final View.Reading now, final OrderId id, final Principal caller) {
        return now.orders()
                .find(id)
                .filter(order -> caller.maySee(order.firm()))
                .map(
                        order ->
                                new Found(
                                        now.sequence(),
                                        order,
                                        now.refusals().find(id).map(ExplainApi::check).orElse(null),
                                        order.isTerminal() ? null : place(now, order),
                                        trades(now, id, caller)));
    }

    private static List<TradeJson> trades(
            final View.Reading now, final OrderId id, final Principal caller) {
        return now
                .trades()
                .list(trade -> trade.maker().order().equals(id) || trade.taker().order().equals(id))
                .stream()
                .map(trade -> TradeJson.of(trade, caller))
                .toList();
    }

    /** Outside the view: the replica does not wait until all events are looked through. */
    private ExplanationJson explain(final Found found) {
        return new ExplanationJson(
                found.sequence,
                OrderJson.of(found.order),
                meaning(found.order),
                found.check,
                found.place,
                steps(found.sequence, found.order),
                found.trades);
    }

    private static String meaning(final Order order) {
        return Arrays.stream(RejectCode.values())
                .filter(code -> code.name().equals(order.reason()))
                .map(code -> code.meaning)
                .findFirst()
                .orElse(null);
    }

    private static CheckJson check(final RiskRefusals.Refusal refusal) {
        return new CheckJson(
                refusal.passed(),
                refusal.failed(),
                Long.toString(refusal.limit()),
                Long.toString(refusal.value()));
    }

    private static PlaceJson place(final View.Reading now, final Order order) {
        final Instrument instrument = order.instrument();
        return now.queue(instrument, order.side() == 'B' ? 'B' : 'S', MAX_QUEUE)
                .find(order.id())
                .map(
                        place ->
                                new PlaceJson(
                                        instrument.price(place.price()),
                                        instrument.quantity(place.lots()),
                                        place.ahead(),
                                        instrument.quantity(place.lotsAhead())))
                .orElse(null);
    }

    private List<StepJson> steps(final long upTo, final Order last) {
        final long[] beforeNs = {last.createdNs()};
        return events
                .find(
                        Span.until(upTo),
                        event ->
                                event.fact() instanceof final Order order
                                        && order.id().equals(last.id()),
                        MAX_STEPS)
                .orElse(List.of())
                .stream()
                .map(Event::fact)
                .map(Order.class::cast)
                .map(
                        order -> {
                            final long sinceNs = order.timeNs() - beforeNs[0];
                            beforeNs[0] = order.timeNs();
                            return step(order, sinceNs);
                        })
                .toList();
    }

    private static StepJson step(final Order order, final long sinceNs) {
        return new StepJson(
                order.sequence(),
                Times.text(order.timeNs()),
                sinceNs,
                order.cause().name().toLowerCase(Locale.ROOT),
                order.state().name().toLowerCase(Locale.ROOT),
                order.instrument().quantity(order.executed()),
                order.instrument().quantity(order.leaves()),
                order.reason());
    }

    /**
     * An order in a book.
     *
     * @param order its id; absent if it belongs to another firm
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RestingJson(String price, String quantity, String order) {}

    /** A book order by order, best price first, first in time first. */
    public record RestingOrdersJson(
            String symbol, long sequence, List<RestingJson> bids, List<RestingJson> asks) {}

    @OpenApi(
            path = "/v1/book/{symbol}/orders",
            methods = HttpMethod.GET,
            operationId = "getBookOrders",
            summary = "A book order by order; ids of the caller's firms only",
            tags = "market",
            pathParams = @OpenApiParam(name = "symbol", required = true),
            queryParams =
                    @OpenApiParam(
                            name = "count",
                            type = Integer.class,
                            description = "Most orders a side, 100 unless told otherwise"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = RestingOrdersJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void orders(final Context ctx) {
        final int count = Parameters.integer(ctx, "count", 100, 1, 10_000);
        final Principal caller = Access.caller(ctx);
        final String symbol = ctx.pathParam("symbol");
        ctx.json(
                readings.read(
                                ctx,
                                now ->
                                        now.instrument(symbol)
                                                .map(
                                                        it ->
                                                                new RestingOrdersJson(
                                                                        symbol,
                                                                        now.sequence(),
                                                                        side(
                                                                                now, it, 'B', count,
                                                                                caller),
                                                                        side(
                                                                                now, it, 'S', count,
                                                                                caller))))
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.NOT_FOUND, "no instrument " + symbol)));
    }

    private static List<RestingJson> side(
            final View.Reading now,
            final Instrument instrument,
            final char side,
            final int count,
            final Principal caller) {
        return now.queue(instrument, side, count).places().stream()
                .map(place -> resting(instrument, place, caller))
                .toList();
    }

    private static RestingJson resting(
            final Instrument instrument, final Queue.Place place, final Principal caller) {
        return new RestingJson(
                instrument.price(place.price()),
                instrument.quantity(place.lots()),
                caller.maySee(place.firm()) ? place.order().toString() : null);
    }
}
