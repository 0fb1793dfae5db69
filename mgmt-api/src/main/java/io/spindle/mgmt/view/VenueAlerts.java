package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Alert;
import io.spindle.oms.Ascii;
import io.spindle.oms.LegTable;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.VenueTable;

/** What a person should know of other venues. */
final class VenueAlerts {
    /** A venue belongs to no firm, and to no account of one. */
    private static final String HOUSE = "";

    private final EngineNames names;
    private TradingEngine engine;

    VenueAlerts(final EngineNames names) {
        this.names = names;
    }

    void engine(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** It was defined, or is in another state. */
    Alert state(final int venue) {
        final String state =
                switch (engine.venues().state(venue)) {
                    case VenueTable.DOWN -> "down";
                    case VenueTable.CANCEL_ONLY -> "open for cancels only";
                    case VenueTable.OPEN -> "open";
                    default -> "removed";
                };
        return alert(HOUSE, HOUSE, code(venue) + " is " + state);
    }

    /** It has not answered in time. */
    Alert unanswered(final int leg) {
        final LegTable legs = engine.legs();
        final OrderTable orders = engine.orders();
        final int order = legs.order(leg);
        final int session = orders.session(order);
        return alert(
                names.firmOfSession(session),
                names.account(orders.account(order)),
                "%s has not answered its order %s, which is %s"
                        .formatted(
                                code(legs.venue(leg)),
                                Integer.toUnsignedString(legs.number(leg)),
                                names.orderId(
                                        session,
                                        orders.userRefIdx(order),
                                        orders.userRefNum(order))));
    }

    /** It has said something else than we had. */
    Alert difference(final int venue, final int number, final int kind, final long lots) {
        return alert(
                HOUSE,
                HOUSE,
                "%s, its order %s: %s, %d lots"
                        .formatted(
                                code(venue), Integer.toUnsignedString(number), what(kind), lots));
    }

    /** The kinds are those of {@link io.spindle.oms.AdminEvents#onVenueDifference}. */
    private static String what(final int kind) {
        return switch (kind) {
            case 'A' -> "was accepted, unheard";
            case 'F' -> "was filled, unheard";
            case 'C' -> "was cancelled, unheard";
            case 'M' -> "is unknown there and closed here";
            case 'O' -> "is unknown here";
            case 'X' -> "what it says cannot be";
            default -> "differs, kind " + kind;
        };
    }

    private String code(final int venue) {
        return Ascii.unpack(engine.venues().code(venue));
    }

    private Alert alert(final String firm, final String account, final String detail) {
        return new Alert(
                Alert.Kind.VENUE, firm, account, detail, engine.sequence(), engine.timeNs());
    }
}
