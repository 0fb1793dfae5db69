package io.spindle.mgmt.api;

import io.javalin.openapi.OpenApiIgnore;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;

import java.util.List;
import java.util.Optional;

/**
 * An order ticket: an order that an operator enters for a client session. The slow path: clients
 * trade over the order entry port.
 *
 * @param side buy, sell or sell_short
 * @param quantity decimal string, as are displayQuantity and minQuantity
 * @param price decimal string; market, or absent, for a market order. Absent where a ticket
 *     replaces an order: the order's
 * @param timeInForce day, good_till_cancelled, immediate_or_cancel, fill_or_kill; absent: day, or
 *     that of the order which it replaces
 * @param clientOrderId at most 14 characters; made up if absent
 * @param account of the session's firm; absent for the session's own
 * @param displayQuantity shown part of an iceberg
 * @param stopPrice wakes the order up when the last price reaches it
 */
public record TicketJson(
        String session,
        String side,
        String symbol,
        String quantity,
        String price,
        String timeInForce,
        String clientOrderId,
        String account,
        String minQuantity,
        String displayQuantity,
        String stopPrice) {
    private static final List<String> SIDES = List.of("buy", "sell", "sell_short");
    private static final String SIDE_LETTERS = "BST";
    private static final List<String> TIMES =
            List.of("day", "good_till_cancelled", "immediate_or_cancel", "fill_or_kill");
    private static final String TIME_LETTERS = "0134";
    private static final String AT_MARKET = "market";

    /** What a ticket is about to do, and to whom. */
    record Checked(Ticket ticket, String username, String firm) {}

    /** For one that replaces an order: what it does not say is as it was there. */
    @OpenApiIgnore
    TicketJson onto(final Order original) {
        return new TicketJson(
                session == null ? original.id().session() : session,
                side == null ? SIDES.get(SIDE_LETTERS.indexOf(original.side())) : side,
                symbol == null ? original.instrument().symbol() : symbol,
                quantity == null ? quantity(original) : quantity,
                price == null ? price(original) : price,
                timeInForce == null ? timeInForce(original) : timeInForce,
                clientOrderId,
                account,
                minQuantity,
                displayQuantity,
                stopPrice);
    }

    /** What was taken out of it stays out. */
    private static String quantity(final Order original) {
        return Decimals.text(
                original.executed() + original.leaves(), original.instrument().lotExponent());
    }

    private static String price(final Order original) {
        return original.price() == Ticket.MARKET
                ? AT_MARKET
                : original.instrument().price(original.price());
    }

    private static String timeInForce(final Order original) {
        return TIMES.get(TIME_LETTERS.indexOf(original.timeInForce()));
    }

    /** Checks every field; {@code at} is where the ticket is in the body. */
    @OpenApiIgnore
    Checked check(final View.Reading now, final Fields fields, final String at) {
        final String username = fields.name(at + "/session", session, 8);
        final int index = now.engine().sessions().find(Ascii.pack(username));
        if (index < 0) {
            fields.error(at + "/session", "there is no such session");
        }
        final Optional<Instrument> found = now.instrument(fields.name(at + "/symbol", symbol, 8));
        if (found.isEmpty()) {
            fields.error(at + "/symbol", "there is no such instrument");
        }
        final Instrument terms = found.orElse(Instrument.unknown(""));
        final int sideIndex = fields.choice(at + "/side", side, SIDES);
        final int time =
                timeInForce == null ? 0 : fields.choice(at + "/timeInForce", timeInForce, TIMES);
        final long lots = fields.amount(at + "/quantity", quantity, terms.lotExponent());
        if (lots < 0) {
            fields.error(at + "/quantity", "must not be negative");
        }
        final Ticket ticket =
                new Ticket(
                        index,
                        SIDE_LETTERS.charAt(sideIndex),
                        terms.symbol(),
                        lots,
                        price == null || price.equals(AT_MARKET)
                                ? Ticket.MARKET
                                : orNone(fields.limit(at + "/price", price, terms.priceDecimals())),
                        TIME_LETTERS.charAt(time),
                        'Y',
                        clientOrderId == null
                                ? Ticket.anyClientOrderId()
                                : fields.name(at + "/clientOrderId", clientOrderId, 14),
                        options(fields, at, terms));
        final String firm = index < 0 ? "" : now.ledger().sessions().get(index).firm();
        return new Checked(ticket, username, firm);
    }

    @OpenApiIgnore
    private Ticket.Options options(final Fields fields, final String at, final Instrument terms) {
        return new Ticket.Options(
                fields.optionalName(at + "/account", account, 16),
                orNone(fields.limit(at + "/minQuantity", minQuantity, terms.lotExponent())),
                orNone(fields.limit(at + "/displayQuantity", displayQuantity, terms.lotExponent())),
                orNone(fields.limit(at + "/stopPrice", stopPrice, terms.priceDecimals())),
                (char) 0,
                0);
    }

    private static long orNone(final Long value) {
        return value == null ? 0 : value;
    }
}
