package io.spindle.mgmt.control;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Enters operators' tickets: the slow path of order entry. A ticket goes through the control ring
 * into the log like everything else, and its answer is what the replica shows of the order. They
 * are sent one at a time, so that numbers come in order, and waited for side by side. Thread-safe.
 */
public final class TicketDesk {
    private static final long PATIENCE_MS = 5_000;

    private final CommandPost control;
    private final View view;
    private final long patienceMs;

    /** Highest number sent for a session: the replica may not have seen it yet. */
    private final Map<Integer, Long> sent = new HashMap<>();

    public TicketDesk(final CommandPost control, final View view) {
        this(control, view, PATIENCE_MS);
    }

    /**
     * @param patienceMs how long an answer is waited for
     */
    public TicketDesk(final CommandPost control, final View view, final long patienceMs) {
        this.control = control;
        this.view = view;
        this.patienceMs = patienceMs;
    }

    /** Places one; nothing if no answer came in time: the order may still be entered. */
    public Optional<Order> place(final String username, final Ticket ticket)
            throws IOException, InterruptedException {
        return answer(username, send(ticket, ticket::enter), ticket);
    }

    /**
     * Places a bracket: take-profit and stop-loss first, which sleep, then the parent, whose fill
     * wakes them.
     *
     * @return what became of each, in the order in which they were given
     */
    public List<Optional<Order>> bracket(
            final String username,
            final Ticket parent,
            final Ticket takeProfit,
            final Ticket stopLoss)
            throws IOException, InterruptedException {
        final Optional<Order> profit = place(username, takeProfit.linked('T', 0));
        final long link = profit.map(order -> order.id().userRefNum()).orElse(0L);
        final List<Optional<Order>> placed = new ArrayList<>();
        if (profit.isEmpty() || profit.get().isTerminal()) {
            return List.of(Optional.empty(), profit, Optional.empty());
        }
        final Optional<Order> stop = place(username, stopLoss.asStopLoss(link));
        placed.add(place(username, parent.linked('P', link)));
        placed.add(profit);
        placed.add(stop);
        return placed;
    }

    /** Puts a ticket in the place of an order that was a ticket, too. */
    public Optional<Order> replace(final OrderId original, final Ticket ticket)
            throws IOException, InterruptedException {
        final long number = send(ticket, mine -> ticket.replace(original.userRefNum(), mine));
        return answer(original.session(), number, ticket);
    }

    /** Gives it the next number of its session. */
    private synchronized long send(final Ticket ticket, final LongFunction<AdminCommand> command)
            throws IOException {
        final long number = next(ticket.session());
        control.post(command.apply(number));
        return number;
    }

    private long next(final int session) {
        final long seen =
                view.read(
                        now ->
                                Integer.toUnsignedLong(
                                        now.engine()
                                                .sessions()
                                                .lastUserRefNum(session, Ticket.SERIES)));
        final long number = 1 + Math.max(seen, sent.getOrDefault(session, 0L));
        sent.put(session, number);
        return number;
    }

    /** An order under this number with another client order id was somebody else's. */
    private Optional<Order> answer(final String username, final long number, final Ticket ticket)
            throws InterruptedException {
        final OrderId id = new OrderId(username, Ticket.SERIES, number);
        return view.await(now -> now.orders().find(id), patienceMs)
                .filter(order -> order.clientOrderId().strip().equals(ticket.clientOrderId()));
    }
}
