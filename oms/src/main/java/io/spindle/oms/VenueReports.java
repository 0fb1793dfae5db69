package io.spindle.oms;

import io.spindle.oms.command.VenueOrderDecoder;
import io.spindle.oms.command.VenueReportDecoder;
import io.spindle.oms.command.VenueSyncedDecoder;

/**
 * What venues say about orders: reports, each taken once and in the order of the venue's own
 * sequence, and comparisons, which put right what differs and tell what that was.
 */
final class VenueReports {
    // Kinds of difference, as events name them.
    /** The venue had accepted what we thought unanswered. */
    static final int ACCEPTED_UNHEARD = 'A';

    /** The venue had traded more: the fill is made up for, at its average price. */
    static final int FILL_UNHEARD = 'F';

    /** Less is open at the venue. */
    static final int CANCEL_UNHEARD = 'C';

    /** The venue knows nothing of our order: it is closed. */
    static final int UNKNOWN_TO_VENUE = 'M';

    /** The venue has an open order that we do not know: its connector cancels it. */
    static final int UNKNOWN_TO_US = 'O';

    /** The venue says what cannot be: people must look. */
    static final int IMPOSSIBLE = 'X';

    private final VenueTable venues;
    private final Slab records;
    private final LegTable legs;
    private final RoutedOrders routed;
    private final RoutingEmitter emitter;

    VenueReports(final Tables tables, final RoutedOrders routed, final RoutingEmitter emitter) {
        this.venues = tables.venues;
        this.records = tables.venues.records();
        this.legs = tables.legs;
        this.routed = routed;
        this.emitter = emitter;
    }

    int report(final VenueReportDecoder command) {
        final int venue = venues.find((int) command.venue());
        if (venue == VenueTable.NONE) {
            return RejectCode.UNKNOWN_VENUE.code;
        }
        final long expected = venues.lastSequence(venue) + 1;
        if (command.sequence() != expected) {
            return command.sequence() < expected
                    ? RejectCode.REPORT_SEEN.code
                    : RejectCode.REPORT_GAP.code;
        }
        records.putLong(venue, VenueTable.LAST_SEQUENCE, expected);
        if (command.kind() == 'N') {
            return RejectCode.NONE.code;
        }
        final int number = (int) command.number();
        if (command.kind() == 'P') {
            notApplied(venue, number, command.quantity());
            return RejectCode.NONE.code;
        }
        final int leg = legs.find(venue, number);
        if (leg == LegTable.NONE) {
            return differs(venue, number, UNKNOWN_TO_US, command.quantity());
        }
        return take(command, venue, leg)
                ? RejectCode.NONE.code
                : mismatch(venue, number, command.quantity());
    }

    private boolean take(final VenueReportDecoder command, final int venue, final int leg) {
        final long lots = command.quantity();
        switch (command.kind()) {
            case 'A':
                routed.accepted(leg);
                return true;
            case 'E':
                if (!routed.isSound(leg, lots, command.price())) {
                    return false;
                }
                routed.filled(leg, lots, command.price(), command.liquidity() == 'A');
                return true;
            case 'C':
                if (lots < 1 || lots > legs.open(leg)) {
                    return false;
                }
                routed.cancelled(leg, lots);
                return true;
            case 'J':
                if (!legs.isSubmitted(leg)) {
                    return false;
                }
                routed.rejected(leg);
                return true;
            default:
                return false;
        }
    }

    /** Numbers that were jumped over on the way: their legs go out again under later ones. */
    private void notApplied(final int venue, final int first, final long count) {
        final int end = venues.nextNumber(venue);
        for (int i = 0; i < Math.min(count, LegTable.MAX) && first + i != end; i++) {
            final int leg = legs.find(venue, first + i);
            if (leg != LegTable.NONE && legs.isSubmitted(leg)) {
                routed.sendAgain(leg);
            }
        }
    }

    /** Nothing new goes to a venue whose word does not fit ours, until both were compared. */
    private int mismatch(final int venue, final int number, final long lots) {
        if (venues.state(venue) == VenueTable.OPEN) {
            records.putInt(venue, VenueTable.SYNC, venues.sync(venue) + 1);
            records.putByte(venue, VenueTable.STATE, VenueTable.CANCEL_ONLY);
            emitter.venue(venue, VenueTable.CANCEL_ONLY);
        }
        return differs(venue, number, IMPOSSIBLE, lots);
    }

    private int differs(final int venue, final int number, final int kind, final long lots) {
        venues.count(venue, VenueTable.DIFFERENCES);
        emitter.difference(venue, number, kind, lots);
        return RejectCode.VENUE_DIFFERS.code;
    }

    /** One order as the venue has it, after all reports that the connector has heard. */
    int compare(final VenueOrderDecoder command) {
        final int venue = venues.find((int) command.venue());
        if (venue == VenueTable.NONE || venues.state(venue) != VenueTable.CANCEL_ONLY) {
            return venue == VenueTable.NONE
                    ? RejectCode.UNKNOWN_VENUE.code
                    : RejectCode.VENUE_DOWN.code;
        }
        final int number = (int) command.number();
        final int leg = legs.find(venue, number);
        if (leg == LegTable.NONE) {
            return command.open() > 0
                    ? differs(venue, number, UNKNOWN_TO_US, command.open())
                    : RejectCode.NONE.code;
        }
        legs.records().putInt(leg, LegTable.SYNC, venues.sync(venue));
        return align(command, venue, number, leg);
    }

    private int align(
            final VenueOrderDecoder command, final int venue, final int number, final int leg) {
        int code = RejectCode.NONE.code;
        if (legs.isSubmitted(leg)) {
            routed.accepted(leg);
            code = differs(venue, number, ACCEPTED_UNHEARD, 0);
        }
        final long missing = command.executed() - legs.executed(leg);
        final long open = command.open();
        if (missing < 0 || open < 0 || missing + open > legs.open(leg)) {
            return differs(venue, number, IMPOSSIBLE, missing);
        }
        final long gone = legs.open(leg) - missing - open;
        if (missing > 0) {
            final long price = (command.executedValue() - legs.executedValue(leg)) / missing;
            if (!routed.isSound(leg, missing, price)) {
                return differs(venue, number, IMPOSSIBLE, missing);
            }
            // The remainder of the average is gone, and not owed to the next one.
            legs.records().putLong(leg, LegTable.VALUE, command.executedValue() - missing * price);
            routed.filled(leg, missing, price, false);
            code = differs(venue, number, FILL_UNHEARD, missing);
        }
        if (gone > 0) {
            routed.cancelled(leg, gone);
            code = differs(venue, number, CANCEL_UNHEARD, gone);
        }
        return code;
    }

    /** Every order of the venue was told: what was sent and not told of is not there. */
    int synced(final VenueSyncedDecoder command) {
        final int venue = venues.find((int) command.venue());
        if (venue == VenueTable.NONE || venues.state(venue) != VenueTable.CANCEL_ONLY) {
            return venue == VenueTable.NONE
                    ? RejectCode.UNKNOWN_VENUE.code
                    : RejectCode.VENUE_DOWN.code;
        }
        for (int leg = 0; leg < legs.highWater(); leg++) {
            if (legs.isLive(leg)
                    && legs.venue(leg) == venue
                    && isUntold(venue, leg, (int) command.throughNumber())) {
                final int number = legs.number(leg);
                final long open = legs.open(leg);
                if (legs.isSubmitted(leg)) {
                    routed.rejected(leg);
                } else {
                    routed.cancelled(leg, open);
                }
                differs(venue, number, UNKNOWN_TO_VENUE, open);
            }
        }
        records.putByte(venue, VenueTable.STATE, VenueTable.OPEN);
        emitter.venue(venue, VenueTable.OPEN);
        routed.releaseQueue(venue);
        return RejectCode.NONE.code;
    }

    private boolean isUntold(final int venue, final int leg, final int throughNumber) {
        final int number = legs.number(leg);
        return number != 0
                && Integer.compareUnsigned(number, throughNumber) <= 0
                && legs.records().getInt(leg, LegTable.SYNC) != venues.sync(venue);
    }
}
