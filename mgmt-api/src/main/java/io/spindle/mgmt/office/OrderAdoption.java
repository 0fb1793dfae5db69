package io.spindle.mgmt.office;

import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders that another system has and our books do not, as after a move of a market: each is entered
 * once, good till cancelled, for its account through a session of its firm. Called in the file's
 * order, they queue as they did there.
 */
final class OrderAdoption {
    private static final String KIND = "external-order";
    private static final int CLIENT_ORDER_ID_LENGTH = 14;

    private final View view;
    private final TicketDesk tickets;
    private final Notes notes;

    OrderAdoption(final View view, final TicketDesk tickets, final Notes notes) {
        this.view = view;
        this.tickets = tickets;
        this.notes = notes;
    }

    /** Under which of our orders a source's order lives on. */
    private record Heir(String order) {}

    /** Calls what we have by the names that the source gave us. */
    static <T> void rename(final Map<String, T> ours, final String source, final View.Reading now) {
        for (final Metadata entry : now.metadata().list(KIND)) {
            if (entry.key().startsWith(source + ".")) {
                final T order = ours.remove(Notes.content(entry, Heir.class).order());
                if (order != null) {
                    ours.put(entry.key().substring(source.length() + 1), order);
                }
            }
        }
    }

    /**
     * Enters one.
     *
     * @return what became of it, in a line
     */
    String enter(final String source, final ExternalFile.Row row, final String by)
            throws IOException, InterruptedException {
        final String theirs = row.text("order");
        final String key = source + "." + theirs;
        final String reference = reference(key);
        final Optional<Order> before = view.read(now -> find(now, reference));
        if (before.isPresent()) {
            remember(key, before.get(), by);
            return theirs + ": is " + before.get().id() + " here";
        }
        final Optional<SessionState> session =
                view.read(now -> sessionFor(now, row.text("account")));
        final Optional<Instrument> instrument =
                view.read(now -> now.instrument(row.text("symbol")));
        if (session.isEmpty() || instrument.isEmpty()) {
            return theirs + ": no such symbol, or no session of the account's firm";
        }
        final Optional<Order> entered;
        try {
            entered =
                    tickets.place(
                            session.get().username(),
                            ticket(row, session.get(), instrument.get(), reference));
        } catch (final ArithmeticException unfit) {
            return theirs + ": price or quantity does not fit " + row.text("symbol");
        }
        if (entered.isEmpty()) {
            return theirs + ": no answer yet";
        }
        final Order order = entered.get();
        if (order.cause() == Order.Cause.REJECTED) {
            return theirs + ": refused, " + order.reason();
        }
        remember(key, order, by);
        return theirs + ": entered as " + order.id();
    }

    private void remember(final String key, final Order order, final String by)
            throws IOException, InterruptedException {
        notes.write(KIND, key, by, new Heir(order.id().toString()));
    }

    private static Ticket ticket(
            final ExternalFile.Row row,
            final SessionState session,
            final Instrument instrument,
            final String reference) {
        return new Ticket(
                session.session(),
                row.text("side").charAt(0),
                instrument.symbol(),
                scaled(row, "quantity", instrument.lotExponent()),
                scaled(row, "price", instrument.priceDecimals()),
                '1',
                'Y',
                reference,
                new Ticket.Options(row.text("account"), 0, 0, 0, (char) 0, 0));
    }

    private static long scaled(
            final ExternalFile.Row row, final String column, final int decimals) {
        return row.number(column).setScale(decimals).unscaledValue().longValueExact();
    }

    /** The account's own session if there is one, else any of its firm. */
    private static Optional<SessionState> sessionFor(final View.Reading now, final String code) {
        return now.ledger().accounts().stream()
                .filter(account -> account.code().equals(code))
                .findFirst()
                .flatMap(
                        account ->
                                now.ledger().sessions().stream()
                                        .filter(one -> one.firm().equals(account.firm()))
                                        .reduce(
                                                (one, other) ->
                                                        other.account().equals(code)
                                                                ? other
                                                                : one));
    }

    /** An order that was taken under this reference, whatever became of it. */
    private static Optional<Order> find(final View.Reading now, final String reference) {
        return now
                .orders()
                .list(
                        false,
                        order ->
                                order.cause() != Order.Cause.REJECTED
                                        && order.id().userRefIdx() == Ticket.SERIES
                                        && order.clientOrderId().strip().equals(reference))
                .stream()
                .findFirst();
    }

    /** The same for the same order of theirs, so that a repetition finds what it has done. */
    private static String reference(final String key) {
        final UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        final String digits =
                Long.toString(hash.getMostSignificantBits() >>> 1, Character.MAX_RADIX);
        return "X" + digits.substring(0, Math.min(digits.length(), CLIENT_ORDER_ID_LENGTH - 1));
    }
}
