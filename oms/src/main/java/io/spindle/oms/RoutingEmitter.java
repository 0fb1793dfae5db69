package io.spindle.oms;

/** Tells what became of orders at other venues, and folds it into the digest. */
final class RoutingEmitter {
    private static final int VENUE = 100;
    private static final int VENUE_QUOTE = 101;
    private static final int ROUTING = 102;
    private static final int ROUTED = 103;
    private static final int LEG = 104;
    private static final int LEG_CANCEL = 105;
    private static final int LEG_UNANSWERED = 106;
    private static final int VENUE_DIFFERENCE = 107;

    private final Digest digest;
    private final OrderTable orders;
    private final LegTable legs;
    private final AdminEvents events;

    RoutingEmitter(final Digest digest, final Tables tables, final AdminEvents events) {
        this.digest = digest;
        this.orders = tables.orders;
        this.legs = tables.legs;
        this.events = events;
    }

    void venue(final int venue, final int state) {
        digest.fold(VENUE, venue, state, 0);
        events.onVenue(venue);
    }

    void quote(final int venue, final int instrument, final long bid, final long ask) {
        digest.fold(VENUE_QUOTE, (long) venue << 32 | instrument, bid, ask);
        events.onVenueQuote(venue, instrument);
    }

    void routing(final int line, final int strategy) {
        digest.fold(ROUTING, line, strategy, 0);
        events.onRouting(line);
    }

    /** One of the places that the router looked at. */
    void routed(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        digest.fold(ROUTED, orders.orderReference(order), venue, share);
        events.onRouted(order, venue, price, lots, share, ageNs);
    }

    void leg(final int leg, final int from, final int to) {
        digest.fold(LEG, orders.orderReference(legs.order(leg)), legs.number(leg), to);
        events.onLeg(leg, from, to);
    }

    void legCancel(final int leg) {
        digest.fold(LEG_CANCEL, legs.venue(leg), legs.number(leg), 0);
        events.onLegCancel(leg);
    }

    void legUnanswered(final int leg) {
        digest.fold(LEG_UNANSWERED, legs.venue(leg), legs.number(leg), 0);
        events.onLegUnanswered(leg);
    }

    void difference(final int venue, final int number, final int kind, final long lots) {
        digest.fold(VENUE_DIFFERENCE, (long) venue << 32 | number & 0xFFFF_FFFFL, kind, lots);
        events.onVenueDifference(venue, number, kind, lots);
    }
}
