package io.spindle.oms;

/**
 * The venues that orders may be sent to, by number: 0 is the first defined. Same contract as {@link
 * OrderTable}.
 *
 * <pre>
 *   DOWN ──link up──▶ CANCEL_ONLY ──synced──▶ OPEN
 *     ◀──link down──       ◀── sync, mismatch ──   any ──disabled──▶ REMOVED ──enabled──▶ DOWN
 * </pre>
 */
public final class VenueTable {
    /** No such venue; as a destination, this appliance's own book. */
    public static final int NONE = -1;

    /** Venues ever defined. */
    public static final int MAX = 16;

    public static final int REMOVED = 0;
    public static final int DOWN = 1;
    public static final int CANCEL_ONLY = 2;
    public static final int OPEN = 3;

    static final int HOME_CODE = Ascii.packInt("HOME");

    /** First half of the name of a venue's account; the venue's code is the other. */
    static final long ACCOUNT_HIGH = Ascii.pack("VENUE");

    static final int CODE = 0;
    static final int NEXT_NUMBER = 4;
    static final int ACCOUNT = 8;
    static final int ADAPTER = 12;
    static final int LAST_SEQUENCE = 16;
    static final int STREAM = 24;
    static final int TIMEOUT_NS = 32;
    static final int STATE = 40;
    static final int RATED = 41;

    /** First and last leg that waits for a token, + 1; 0 for none. */
    static final int QUEUE_HEAD = 44;

    static final int QUEUE_TAIL = 48;

    /** Number of the comparison that is going on, or was the last. */
    static final int SYNC = 52;

    static final int PER_SECOND = 56;
    static final int BURST = 60;
    static final int RATE = 64;
    static final int DIFFERENCES = RATE + RateGate.LENGTH;
    static final int UNANSWERED = DIFFERENCES + Long.BYTES;
    private static final int LENGTH = 128;

    private final Slab records;

    VenueTable(final EngineState state) {
        this.records = state.slab(LENGTH, MAX);
    }

    /** Venues defined, removed ones included; they are numbered 0 … count − 1. */
    public int count() {
        return records.limit();
    }

    /** The venue with this code of four characters, packed, or {@link #NONE}. */
    public int find(final int code) {
        for (int venue = 0; venue < records.limit(); venue++) {
            if (code(venue) == code) {
                return venue;
            }
        }
        return NONE;
    }

    public int code(final int venue) {
        return records.getInt(venue, CODE);
    }

    public int state(final int venue) {
        return records.getByte(venue, STATE);
    }

    /** The house's account against which fills at the venue are settled. */
    public int account(final int venue) {
        return records.getInt(venue, ACCOUNT);
    }

    /** The connector that has the link, or had it last. */
    public int adapter(final int venue) {
        return records.getInt(venue, ADAPTER);
    }

    /** Names the stream of reports that {@link #lastSequence} counts. */
    public long stream(final int venue) {
        return records.getLong(venue, STREAM);
    }

    /** Reports of the stream that were taken. */
    public long lastSequence(final int venue) {
        return records.getLong(venue, LAST_SEQUENCE);
    }

    /** Number of the next order sent there, unsigned. */
    public int nextNumber(final int venue) {
        return records.getInt(venue, NEXT_NUMBER);
    }

    /** Number of the comparison that is going on, or was the last. */
    public int sync(final int venue) {
        return records.getInt(venue, SYNC);
    }

    /** Orders a second that the operator lets go there, 0 for as many as the venue announces. */
    public int perSecond(final int venue) {
        return records.getInt(venue, PER_SECOND);
    }

    public int burst(final int venue) {
        return records.getInt(venue, BURST);
    }

    public long timeoutNs(final int venue) {
        return records.getLong(venue, TIMEOUT_NS);
    }

    /** Differences between what we have and what the venue said. */
    public long differences(final int venue) {
        return records.getLong(venue, DIFFERENCES);
    }

    /** Orders that were not answered in time. */
    public long unanswered(final int venue) {
        return records.getLong(venue, UNANSWERED);
    }

    Slab records() {
        return records;
    }

    boolean isFull() {
        return records.limit() == MAX;
    }

    int add(final int code, final int account) {
        final int venue = records.limit();
        records.limit(venue + 1);
        records.putInt(venue, CODE, code);
        records.putInt(venue, ACCOUNT, account);
        records.putInt(venue, NEXT_NUMBER, 1);
        records.putByte(venue, STATE, DOWN);
        return venue;
    }

    /** Counts up and returns the count. */
    long count(final int venue, final int counter) {
        final long count = records.getLong(venue, counter) + 1;
        records.putLong(venue, counter, count);
        return count;
    }
}
