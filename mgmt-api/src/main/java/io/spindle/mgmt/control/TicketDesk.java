package io.spindle.mgmt.control;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;

import java.io.IOException;
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
    /** A ticket on its way: an order under its number with another client's id is not this one. */
    public record Sent(OrderId id, String clientOrderId) {
        /** What the replica shows of it. */
        public Optional<Order> find(final View.Reading now) {
            return now.orders()
                    .find(id)
                    .filter(order -> order.clientOrderId().strip().equals(clientOrderId));
        }

        /** Its number is used up: if it is not found now, it will not be later. */
        public boolean isPast(final View.Reading now) {
            final int session = now.engine().sessions().find(Ascii.pack(id.session()));
            return session >= 0 && lastNumber(now, session) >= id.userRefNum();
        }
    }

    /** Hears under which number a ticket goes before it does; if it throws, nothing is sent. */
    @FunctionalInterface
    public interface Notice {
        Notice TO_NOBODY = ticket -> {};

        void sending(Sent ticket) throws IOException;
    }

    private static final long PATIENCE_MS = 5_000;

    private final CommandPost control;
    private final View view;
    private final long patienceMs;

    /** Highest number sent for a session: the replica may not have seen it yet. */
    private final Map<Integer, Long> numbers = new HashMap<>();

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

    /**
     * Places one and waits for its answer.
     *
     * @return nothing if no answer came in time: it may still be entered
     */
    public Optional<Order> place(final String username, final Ticket ticket)
            throws IOException, InterruptedException {
        return place(username, ticket, Notice.TO_NOBODY);
    }

    public Optional<Order> place(final String username, final Ticket ticket, final Notice notice)
            throws IOException, InterruptedException {
        return answer(send(username, ticket, ticket::enter, notice));
    }

    /**
     * Places a bracket: take-profit and stop-loss first, which sleep, then the parent, whose fill
     * wakes them.
     *
     * @param notice hears of them in the order in which they are sent
     * @return what became of each, in the order in which they were given; nothing of those that
     *     were not sent
     */
    public List<Optional<Order>> bracket(
            final String username,
            final Ticket parent,
            final Ticket takeProfit,
            final Ticket stopLoss,
            final Notice notice)
            throws IOException, InterruptedException {
        final Optional<Order> profit = place(username, takeProfit.linked('T', 0), notice);
        if (profit.map(Order::isTerminal).orElse(true)) {
            return List.of(Optional.empty(), profit, Optional.empty());
        }
        final long link = profit.get().id().userRefNum();
        final Optional<Order> stop = place(username, stopLoss.asStopLoss(link), notice);
        return List.of(place(username, parent.linked('P', link), notice), profit, stop);
    }

    /** Puts a ticket in the place of an order that was a ticket, too. */
    public Optional<Order> replace(final OrderId original, final Ticket ticket)
            throws IOException, InterruptedException {
        return answer(
                send(
                        original.session(),
                        ticket,
                        mine -> ticket.replace(original.userRefNum(), mine),
                        Notice.TO_NOBODY));
    }

    /** Gives it the next number of its session. */
    private synchronized Sent send(
            final String username,
            final Ticket ticket,
            final LongFunction<AdminCommand> command,
            final Notice notice)
            throws IOException {
        final long number = next(ticket.session());
        final Sent sent =
                new Sent(new OrderId(username, Ticket.SERIES, number), ticket.clientOrderId());
        notice.sending(sent);
        control.post(command.apply(number), sent.id());
        return sent;
    }

    private long next(final int session) {
        final long seen = view.read(now -> lastNumber(now, session));
        final long number = 1 + Math.max(seen, numbers.getOrDefault(session, 0L));
        numbers.put(session, number);
        return number;
    }

    private static long lastNumber(final View.Reading now, final int session) {
        return Integer.toUnsignedLong(
                now.engine().sessions().lastUserRefNum(session, Ticket.SERIES));
    }

    private Optional<Order> answer(final Sent ticket) throws InterruptedException {
        return view.await(ticket::find, patienceMs);
    }
}
