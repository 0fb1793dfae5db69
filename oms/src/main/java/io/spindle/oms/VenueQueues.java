package io.spindle.oms;

/**
 * Legs that wait until their venue's rate lets them go, and until the venue is there: a line for
 * each venue, first in, first out. Bounded by the number of legs.
 */
final class VenueQueues {
    private final VenueTable venues;
    private final Slab records;
    private final LegTable legs;
    private final Slab legRecords;
    private final TimerQueue timers;
    private final RateGate rates;
    private final int firstTimer;

    VenueQueues(final Tables tables) {
        this.venues = tables.venues;
        this.records = tables.venues.records();
        this.legs = tables.legs;
        this.legRecords = tables.legs.records();
        this.timers = tables.timers;
        this.rates = tables.venueRates;
        this.firstTimer = tables.venueTimer(0);
    }

    /** The leg that has waited longest, or {@link LegTable#NONE}. */
    int head(final int venue) {
        return records.getInt(venue, VenueTable.QUEUE_HEAD) - 1;
    }

    /** Whether the venue takes a leg now. */
    boolean isOpen(final int venue, final long nowNs) {
        return venues.state(venue) == VenueTable.OPEN && rates.has(venue, nowNs);
    }

    void add(final int leg) {
        final int venue = legs.venue(leg);
        final int tail = records.getInt(venue, VenueTable.QUEUE_TAIL);
        if (tail == 0) {
            records.putInt(venue, VenueTable.QUEUE_HEAD, leg + 1);
        } else {
            legRecords.putInt(tail - 1, LegTable.NEXT_WAITING, leg + 1);
        }
        records.putInt(venue, VenueTable.QUEUE_TAIL, leg + 1);
    }

    /** Takes a leg out of its venue's line, wherever it stands there. */
    void remove(final int leg) {
        final int venue = legs.venue(leg);
        int before = 0;
        int at = records.getInt(venue, VenueTable.QUEUE_HEAD);
        while (at != leg + 1) {
            before = at;
            at = legRecords.getInt(at - 1, LegTable.NEXT_WAITING);
        }
        final int after = legRecords.getInt(leg, LegTable.NEXT_WAITING);
        if (before == 0) {
            records.putInt(venue, VenueTable.QUEUE_HEAD, after);
        } else {
            legRecords.putInt(before - 1, LegTable.NEXT_WAITING, after);
        }
        if (after == 0) {
            records.putInt(venue, VenueTable.QUEUE_TAIL, before);
        }
        legRecords.putInt(leg, LegTable.NEXT_WAITING, 0);
    }

    /** Sets the timer for the head of the line, if there is one and the venue is there. */
    void await(final int venue) {
        if (head(venue) != LegTable.NONE && venues.state(venue) == VenueTable.OPEN) {
            timers.set(firstTimer + venue, rates.nextAtNs(venue));
        } else {
            timers.clear(firstTimer + venue);
        }
    }
}
