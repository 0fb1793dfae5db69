package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.control.TicketDesk.Sent;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sends tickets, once under each {@code Idempotency-Key}: one that was used before sends nothing,
 * and what became of its tickets is looked up. Under which numbers they go is written down first.
 */
final class TicketEntry {
    /** Places in a bracket of those that are sent one after the other. */
    private static final int[] SENT_IN_BRACKET = {1, 2, 0};

    private final Readings readings;
    private final Writes writes;
    private final TicketDesk desk;

    TicketEntry(final Readings readings, final Writes writes, final TicketDesk desk) {
        this.readings = readings;
        this.writes = writes;
        this.desk = desk;
    }

    /** One after the other, until there is no answer. */
    List<Optional<Order>> each(final Context ctx, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return once(
                ctx,
                notice -> {
                    final List<Optional<Order>> orders = new ArrayList<>();
                    boolean answered = true;
                    for (int i = 0; i < tickets.size() && answered; i++) {
                        final TicketJson.Checked ticket = tickets.get(i);
                        orders.add(desk.place(ticket.username(), ticket.ticket(), notice));
                        answered = orders.getLast().isPresent();
                    }
                    return orders;
                },
                found -> found);
    }

    /**
     * @param tickets parent, take-profit and stop-loss
     */
    List<Optional<Order>> bracket(final Context ctx, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return once(
                ctx,
                notice ->
                        desk.bracket(
                                tickets.get(0).username(),
                                tickets.get(0).ticket(),
                                tickets.get(1).ticket(),
                                tickets.get(2).ticket(),
                                notice),
                TicketEntry::inBracket);
    }

    private static List<Optional<Order>> inBracket(final List<Optional<Order>> sent) {
        final List<Optional<Order>> places =
                new ArrayList<>(
                        Collections.nCopies(SENT_IN_BRACKET.length, Optional.<Order>empty()));
        for (int i = 0; i < sent.size(); i++) {
            places.set(SENT_IN_BRACKET[i], sent.get(i));
        }
        return places;
    }

    /** Sends tickets and says what became of each, in their places. */
    @FunctionalInterface
    private interface Sending {
        List<Optional<Order>> with(TicketDesk.Notice notice)
                throws IOException, InterruptedException;
    }

    /**
     * @param places puts those that were sent into the places of their tickets
     */
    private List<Optional<Order>> once(
            final Context ctx,
            final Sending sending,
            final UnaryOperator<List<Optional<Order>>> places)
            throws IOException, InterruptedException {
        final Attempt attempt = writes.begin(ctx, writes.requestId(ctx));
        try {
            return attempt.sent().isEmpty()
                    ? sending.with(ticket -> writes.sending(attempt, ticket))
                    : places.apply(readings.read(ctx, now -> find(now, attempt.sent())));
        } finally {
            writes.end(attempt);
        }
    }

    private static List<Optional<Order>> find(final View.Reading now, final List<Sent> sent) {
        final List<Optional<Order>> orders = sent.stream().map(one -> one.find(now)).toList();
        if (orders.stream().allMatch(Optional::isEmpty)
                && sent.stream().allMatch(one -> one.isPast(now))) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    "it was not entered, or ended so long ago that only the database knows: look"
                            + " at /v1/orders, then take a new key");
        }
        return orders;
    }
}
