package io.spindle.mgmt.api;

import io.spindle.mgmt.api.TicketsApi.PlacedAllJson;
import io.spindle.mgmt.api.TicketsApi.PlacedJson;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.control.TicketDesk.Notice;
import io.spindle.mgmt.model.Order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would become of tickets: each is tried on a copy that has taken those before it. */
final class TicketTrial {
    private final Writes writes;

    TicketTrial(final Writes writes) {
        this.writes = writes;
    }

    OrderJson one(final TicketJson.Checked ticket) throws IOException, InterruptedException {
        return writes.tryOut(desk -> place(desk, List.of(ticket)))
                .getFirst()
                .map(OrderJson::of)
                .orElseThrow(
                        () ->
                                ApiProblem.of(
                                        ProblemCode.UNAVAILABLE,
                                        "it would not be answered at once"));
    }

    PlacedAllJson each(final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return results(writes.tryOut(desk -> place(desk, tickets)));
    }

    /**
     * @param tickets parent, take-profit and stop-loss
     */
    PlacedAllJson bracket(final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return results(writes.tryOut(desk -> placeBracket(desk, tickets)));
    }

    private static PlacedAllJson results(final List<Optional<Order>> orders) {
        final String waits = ProblemCode.UNAVAILABLE.name();
        return new PlacedAllJson(
                orders.stream()
                        .map(
                                order ->
                                        new PlacedJson(
                                                order.map(OrderJson::of).orElse(null),
                                                order.isPresent() ? null : waits,
                                                null))
                        .toList());
    }

    private static List<Optional<Order>> place(
            final TicketDesk desk, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        final List<Optional<Order>> orders = new ArrayList<>();
        for (final TicketJson.Checked ticket : tickets) {
            orders.add(desk.place(ticket.username(), ticket.ticket()));
        }
        return orders;
    }

    /** A bracket whose take-profit is refused goes no further: the other two are tried alone. */
    private static List<Optional<Order>> placeBracket(
            final TicketDesk desk, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        final String username = tickets.get(0).username();
        final Ticket parent = tickets.get(0).ticket();
        final Ticket takeProfit = tickets.get(1).ticket();
        final Ticket stopLoss = tickets.get(2).ticket();
        final List<Optional<Order>> orders =
                desk.bracket(username, parent, takeProfit, stopLoss, Notice.TO_NOBODY);
        final Optional<Order> profit = orders.get(1);
        if (profit.isPresent() && !profit.get().isTerminal()) {
            return orders;
        }
        final Optional<Order> stop = desk.place(username, stopLoss.asStopLoss(0));
        return List.of(desk.place(username, parent), profit, stop);
    }
}
