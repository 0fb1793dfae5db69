package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends tickets, once under each {@code Idempotency-Key}: one that was used before sends nothing,
 * and what became of its tickets is looked up.
 */
final class TicketEntry {
    private final Readings readings;
    private final Writes writes;
    private final TicketDesk desk;
    private final TicketKeys keys = new TicketKeys();

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
                request -> {
                    final List<TicketDesk.Placed> placed = new ArrayList<>();
                    boolean answered = true;
                    for (int i = 0; i < tickets.size() && answered; i++) {
                        final TicketJson.Checked ticket = tickets.get(i);
                        placed.add(desk.place(ticket.username(), ticket.ticket()));
                        answered = placed.getLast().order().isPresent();
                        keys.remember(request, placed);
                    }
                    return placed;
                });
    }

    /**
     * @param tickets parent, take-profit and stop-loss
     */
    List<Optional<Order>> bracket(final Context ctx, final List<TicketJson.Checked> tickets)
            throws IOException, InterruptedException {
        return once(
                ctx,
                request -> {
                    final List<TicketDesk.Placed> placed =
                            desk.bracket(
                                    tickets.get(0).username(),
                                    tickets.get(0).ticket(),
                                    tickets.get(1).ticket(),
                                    tickets.get(2).ticket());
                    keys.remember(request, placed);
                    return placed;
                });
    }

    /** Sends tickets under a key. */
    @FunctionalInterface
    private interface Sending {
        List<TicketDesk.Placed> under(UUID request) throws IOException, InterruptedException;
    }

    private List<Optional<Order>> once(final Context ctx, final Sending sending)
            throws IOException, InterruptedException {
        final UUID request = writes.requestId(ctx);
        writes.begin(ctx, request);
        try {
            final Optional<List<Optional<TicketDesk.Sent>>> known = keys.known(request);
            return known.isPresent()
                    ? find(ctx, known.get())
                    : sending.under(request).stream().map(TicketDesk.Placed::order).toList();
        } finally {
            writes.end(request);
        }
    }

    private List<Optional<Order>> find(
            final Context ctx, final List<Optional<TicketDesk.Sent>> tickets) {
        return readings.read(
                ctx, now -> tickets.stream().map(one -> one.flatMap(it -> it.find(now))).toList());
    }
}
