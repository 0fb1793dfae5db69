package io.spindle.oms;

/** The last quote of every venue for every instrument, and when it came, in log time. */
public final class VenueQuotes {
    private static final int BID = 0;
    private static final int BID_LOTS = 8;
    private static final int ASK = 16;
    private static final int ASK_LOTS = 24;
    private static final int AT_NS = 32;
    private static final int LENGTH = 40;

    private final Slab records;

    VenueQuotes(final EngineState state, final int maxInstruments) {
        this.records = state.slab(LENGTH, VenueTable.MAX * (maxInstruments + 1));
    }

    /**
     * Wire price at which the venue takes an order; 0 without one.
     *
     * @param buys the side of the order, which meets the other side of the quote
     */
    public long price(final int venue, final int instrument, final boolean buys) {
        return get(venue, instrument, buys ? ASK : BID);
    }

    /** Lots that stand at {@link #price}. */
    public long lots(final int venue, final int instrument, final boolean buys) {
        return get(venue, instrument, buys ? ASK_LOTS : BID_LOTS);
    }

    /** When the quote came; 0 if none ever did. */
    public long atNs(final int venue, final int instrument) {
        return get(venue, instrument, AT_NS);
    }

    private long get(final int venue, final int instrument, final int field) {
        final int record = instrument * VenueTable.MAX + venue;
        return record < records.limit() ? records.getLong(record, field) : 0;
    }

    void set(
            final int venue,
            final int instrument,
            final long bid,
            final long bidLots,
            final long ask,
            final long askLots,
            final long nowNs) {
        final int record = instrument * VenueTable.MAX + venue;
        records.limit(Math.max(records.limit(), record + 1));
        records.putLong(record, BID, bid);
        records.putLong(record, BID_LOTS, bidLots);
        records.putLong(record, ASK, ask);
        records.putLong(record, ASK_LOTS, askLots);
        records.putLong(record, AT_NS, nowNs);
    }
}
