package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Operations;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Order tickets: one, many, a bracket, a replacement. The slow path of order entry. */
final class TicketsApi {
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
    private static final int MAX_BULK = 1_000;

    private final Readings readings;
    private final TicketDesk desk;
    private final TicketTrial trial;
    private final TicketEntry entry;

    TicketsApi(final Readings readings, final Writes writes, final TicketDesk desk) {
        this.readings = readings;
        this.desk = desk;
        this.trial = new TicketTrial(writes);
        this.entry = new TicketEntry(readings, writes, desk);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/tickets", this::one, OPERATORS),
                Route.post("/v1/tickets/bulk", this::bulk, OPERATORS),
                Route.post("/v1/tickets/bracket", this::bracket, OPERATORS),
                Route.put("/v1/tickets/{id}", this::replace, OPERATORS).once());
    }

    /**
     * What became of a ticket.
     *
     * @param order as it is now: accepted, held, filled, rejected; absent if there was no answer
     * @param code NO_ANSWER if there was none: the order may still be entered; those behind it in a
     *     list were not sent and are not in the answer. CONFLICT of a bracket's others when its
     *     take-profit was refused: they were not entered. UNAVAILABLE of one that was only tried
     *     and would not be answered at once
     * @param top of the book when it was answered; absent if it was only tried
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlacedJson(OrderJson order, String code, TopJson top) {}

    /** Results in the order of the tickets. */
    public record PlacedAllJson(List<PlacedJson> items) {}

    @OpenApi(
            path = "/v1/tickets",
            methods = HttpMethod.POST,
            operationId = "placeTicket",
            summary = "Enters an order for a client session (slow path)",
            tags = "tickets",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = TicketJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "With validate=true: what it would become",
                        content = @OpenApiContent(from = OrderJson.class)),
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = PlacedJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "504", content = @OpenApiContent(from = Problem.class))
            })
    private void one(final Context ctx) throws IOException, InterruptedException {
        final List<TicketJson.Checked> tickets =
                check(ctx, List.of(Json.body(ctx, TicketJson.class)), false);
        if (isTrial(ctx)) {
            ctx.json(trial.one(tickets.getFirst()));
            return;
        }
        final PlacedJson result = place(ctx, tickets).getFirst();
        if (result.order == null) {
            throw ApiProblem.of(
                    ProblemCode.NO_ANSWER, "repeat it with the same Idempotency-Key, or look");
        }
        ctx.status(201).json(result);
    }

    /** Several tickets; each has its own result. */
    public record BulkJson(List<TicketJson> tickets) {}

    @OpenApi(
            path = "/v1/tickets/bulk",
            methods = HttpMethod.POST,
            operationId = "placeTickets",
            summary = "Enters orders one after the other; each has its own result (slow path)",
            tags = "tickets",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = BulkJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "With validate=true: what each would become",
                        content = @OpenApiContent(from = PlacedAllJson.class)),
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = PlacedAllJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void bulk(final Context ctx) throws IOException, InterruptedException {
        final BulkJson body = Json.body(ctx, BulkJson.class);
        if (body.tickets == null || body.tickets.isEmpty() || body.tickets.size() > MAX_BULK) {
            throw ApiProblem.field("/tickets", "must be 1 to " + MAX_BULK);
        }
        final List<TicketJson.Checked> tickets = check(ctx, body.tickets, true);
        if (isTrial(ctx)) {
            ctx.json(trial.each(tickets));
            return;
        }
        ctx.status(201).json(new PlacedAllJson(place(ctx, tickets)));
    }

    /** A parent and the two orders that its fill wakes up; all of one session, symbol and size. */
    public record BracketJson(TicketJson parent, TicketJson takeProfit, TicketJson stopLoss) {}

    @OpenApi(
            path = "/v1/tickets/bracket",
            methods = HttpMethod.POST,
            operationId = "placeBracket",
            summary = "Enters a bracket: parent, take-profit, stop-loss (slow path)",
            tags = "tickets",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = BracketJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "With validate=true: what each would become",
                        content = @OpenApiContent(from = PlacedAllJson.class)),
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = PlacedAllJson.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void bracket(final Context ctx) throws IOException, InterruptedException {
        final BracketJson body = Json.body(ctx, BracketJson.class);
        if (body.parent == null || body.takeProfit == null || body.stopLoss == null) {
            throw ApiProblem.field("", "a bracket has parent, takeProfit and stopLoss");
        }
        final List<TicketJson.Checked> tickets =
                check(ctx, List.of(body.parent, body.takeProfit, body.stopLoss), true);
        if (tickets.stream().map(TicketJson.Checked::username).distinct().count() > 1) {
            throw ApiProblem.field("/parent/session", "all three are of one session");
        }
        if (isTrial(ctx)) {
            ctx.json(trial.bracket(tickets));
            return;
        }
        final List<Optional<Order>> orders = entry.bracket(ctx, tickets);
        // Behind a take-profit that was refused nothing is sent.
        final boolean isRefused = orders.get(1).filter(Order::isTerminal).isPresent();
        final ProblemCode missing = isRefused ? ProblemCode.CONFLICT : ProblemCode.NO_ANSWER;
        ctx.status(201).json(new PlacedAllJson(results(ctx, orders, tickets, missing)));
    }

    @OpenApi(
            path = "/v1/tickets/{id}",
            methods = HttpMethod.PUT,
            operationId = "replaceTicket",
            summary = "Replaces an open order that was a ticket; it loses its place (slow path)",
            tags = "tickets",
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = TicketJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        content = @OpenApiContent(from = PlacedJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "409", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void replace(final Context ctx) throws IOException, InterruptedException {
        final String id = ctx.pathParam("id");
        final Order original =
                OrderId.parse(id)
                        .filter(parsed -> parsed.userRefIdx() == Ticket.SERIES)
                        .flatMap(parsed -> readings.read(ctx, now -> now.orders().find(parsed)))
                        .filter(order -> Access.caller(ctx).maySee(order.firm()))
                        .filter(order -> !order.isTerminal())
                        .orElseThrow(
                                () -> ApiProblem.of(ProblemCode.NOT_FOUND, "no open ticket " + id));
        requireAmendable(original);
        Audit.before(ctx, Shown.of(original));
        KeptAnswer.ownedBy(ctx, original.firm());
        final TicketJson wanted = Json.body(ctx, TicketJson.class).onto(original);
        final TicketJson.Checked ticket = check(ctx, List.of(wanted), false).getFirst();
        final boolean same =
                ticket.username().equals(original.id().session())
                        && ticket.ticket().symbol().equals(original.instrument().symbol())
                        && ticket.ticket().side() == original.side();
        if (!same) {
            throw ApiProblem.field("/symbol", "session, symbol and side are the original's");
        }
        final Order replaced =
                desk.replace(original.id(), ticket.ticket())
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.CONFLICT,
                                                "it ended before it could be replaced"));
        ctx.status(201).json(results(ctx, List.of(Optional.of(replaced)), List.of(ticket)).get(0));
    }

    /** The engine would refuse it as well, and cancel the original. */
    private void requireAmendable(final Order original) {
        final Operations operations = readings.present(now -> RequestStatusesApi.of(now, original));
        if (!operations.amendAllowed()) {
            throw ApiProblem.refused(
                    RejectCode.REPLACE_NOT_ALLOWED.name(),
                    original.id() + " cannot be replaced as it is now; it stays as it was");
        }
    }

    private List<TicketJson.Checked> check(
            final Context ctx, final List<TicketJson> tickets, final boolean numbered) {
        final Fields fields = new Fields();
        final List<TicketJson.Checked> checked =
                readings.present(
                        now -> {
                            final List<TicketJson.Checked> all = new ArrayList<>();
                            for (int i = 0; i < tickets.size(); i++) {
                                final String at = numbered ? "/" + i : "";
                                final TicketJson ticket = tickets.get(i);
                                if (ticket == null) {
                                    fields.error(at, "is missing");
                                } else {
                                    all.add(ticket.check(now, fields, at));
                                }
                            }
                            return all;
                        });
        fields.check();
        checked.forEach(ticket -> Writes.require(Access.caller(ctx), ticket.firm()));
        return checked;
    }

    private static boolean isTrial(final Context ctx) {
        return Parameters.flag(ctx, "validate");
    }

    private List<PlacedJson> place(final Context ctx, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return results(ctx, entry.each(ctx, tickets), tickets);
    }

    private List<PlacedJson> results(
            final Context ctx,
            final List<Optional<Order>> orders,
            final List<TicketJson.Checked> tickets) {
        return results(ctx, orders, tickets, ProblemCode.NO_ANSWER);
    }

    private List<PlacedJson> results(
            final Context ctx,
            final List<Optional<Order>> orders,
            final List<TicketJson.Checked> tickets,
            final ProblemCode missing) {
        final List<TopJson> tops = readings.read(ctx, now -> tops(now, tickets));
        Audit.after(ctx, orders.stream().flatMap(Optional::stream).map(Shown::of).toList());
        return IntStream.range(0, orders.size())
                .mapToObj(i -> placed(orders.get(i), missing, tops.get(i)))
                .toList();
    }

    private static PlacedJson placed(
            final Optional<Order> order, final ProblemCode missing, final TopJson top) {
        return new PlacedJson(
                order.map(OrderJson::of).orElse(null),
                order.isPresent() ? null : missing.name(),
                top);
    }

    /** Of each ticket's own book, null where there is none. */
    private static List<TopJson> tops(
            final View.Reading now, final List<TicketJson.Checked> tickets) {
        final Map<String, TopJson> bySymbol = new HashMap<>();
        final List<TopJson> tops = new ArrayList<>();
        for (final TicketJson.Checked ticket : tickets) {
            tops.add(
                    bySymbol.computeIfAbsent(
                            ticket.ticket().symbol(),
                            symbol ->
                                    now.instrument(symbol)
                                            .map(it -> TopJson.of(now, it))
                                            .orElse(null)));
        }
        return tops;
    }
}
