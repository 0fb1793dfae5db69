package io.spindle.oms;

/**
 * Algorithms at work, named by an index that is used again after their last event. Same contract as
 * {@link OrderTable}.
 *
 * <p>A record begins like an order's: an algorithm is an order that reserves and counts like one
 * and never goes to a book. Its leaves are what it has not sent yet; {@code executed + leaves +
 * working + cancelled = quantity}.
 */
public final class AlgorithmTable {
    /** No such algorithm. */
    public static final int NONE = -1;

    /** Algorithms at work at one time. */
    public static final int CAPACITY = 1_024;

    /** The UserRefIdx under which an algorithm and its orders are numbered. */
    public static final int SERIES = 254;

    /** So much in every interval. */
    public static final int BY_TIME = 'T';

    /** A part of what is traded. */
    public static final int BY_VOLUME = 'V';

    static final int START_NS = OrderTable.LENGTH;
    static final int INTERVAL_NS = START_NS + 8;
    static final int WORKING = START_NS + 16;
    static final int CANCELLED = START_NS + 24;
    static final int START_VOLUME = START_NS + 32;
    static final int REQUEST_HIGH = START_NS + 40;
    static final int REQUEST_LOW = START_NS + 48;
    static final int SLICES = START_NS + 56;
    static final int SLICE = START_NS + 60;
    static final int PARTICIPATION_BPS = START_NS + 64;
    static final int CHILDREN = START_NS + 68;
    static final int REFUSED = START_NS + 72;
    static final int REFUSAL = START_NS + 76;
    static final int KIND = START_NS + 78;

    /** Code of the state in which it ends, when it is only waiting for its orders to end. */
    static final int ENDING = START_NS + 79;

    private static final int LENGTH = START_NS + 80;

    private final EngineState state;
    private final Slab records;

    AlgorithmTable(final EngineState state) {
        this.state = state;
        this.records = state.slab(LENGTH, CAPACITY);
    }

    /** Indices from here up have never been used. */
    public int highWater() {
        return records.limit();
    }

    /** Algorithms at work now. */
    public int open() {
        return (int) state.get(EngineState.ALGORITHMS_OPEN);
    }

    public boolean isLive(final int algorithm) {
        return reference(algorithm) != 0;
    }

    /** Counter, unique for the life of the log; shared with order references. */
    public long reference(final int algorithm) {
        return records.getLong(algorithm, OrderTable.REFERENCE);
    }

    /** The one that a session knows by this number, or {@link #NONE}. */
    public int find(final int session, final int number) {
        for (int algorithm = 0; algorithm < records.limit(); algorithm++) {
            if (isLive(algorithm) && session(algorithm) == session && number(algorithm) == number) {
                return algorithm;
            }
        }
        return NONE;
    }

    public int session(final int algorithm) {
        return records.getShort(algorithm, OrderTable.SESSION);
    }

    /** UserRefNum in the {@link #SERIES}, unsigned. */
    public int number(final int algorithm) {
        return records.getInt(algorithm, OrderTable.USER_REF_NUM);
    }

    /** T by time, V by volume. */
    public char kind(final int algorithm) {
        return (char) records.getByte(algorithm, KIND);
    }

    /** OUCH's character: B, S, T or E. */
    public char side(final int algorithm) {
        return (char) records.getByte(algorithm, OrderTable.SIDE);
    }

    public int instrument(final int algorithm) {
        return records.getInt(algorithm, OrderTable.INSTRUMENT);
    }

    public int account(final int algorithm) {
        return records.getInt(algorithm, OrderTable.ACCOUNT);
    }

    /** Limit of every order. */
    public long price(final int algorithm) {
        return records.getLong(algorithm, OrderTable.PRICE);
    }

    public long quantity(final int algorithm) {
        return records.getLong(algorithm, OrderTable.QUANTITY);
    }

    /** Not sent yet. */
    public long leaves(final int algorithm) {
        return records.getLong(algorithm, OrderTable.LEAVES);
    }

    /** In the market, in orders of its own. */
    public long working(final int algorithm) {
        return records.getLong(algorithm, WORKING);
    }

    public long executed(final int algorithm) {
        return records.getLong(algorithm, OrderTable.EXECUTED);
    }

    /** Sum of price × quantity of all fills, in 10^-4 of the currency. */
    public long executedValue(final int algorithm) {
        return records.getLong(algorithm, OrderTable.VALUE);
    }

    public long cancelled(final int algorithm) {
        return records.getLong(algorithm, CANCELLED);
    }

    /** Code of an {@link OrderState}. */
    public int state(final int algorithm) {
        return records.getByte(algorithm, OrderTable.STATE);
    }

    /** When the first slice is due. */
    public long startNs(final int algorithm) {
        return records.getLong(algorithm, START_NS);
    }

    public long intervalNs(final int algorithm) {
        return records.getLong(algorithm, INTERVAL_NS);
    }

    public int slices(final int algorithm) {
        return records.getInt(algorithm, SLICES);
    }

    /** Slices done. */
    public int slice(final int algorithm) {
        return records.getInt(algorithm, SLICE);
    }

    public int participationBps(final int algorithm) {
        return records.getInt(algorithm, PARTICIPATION_BPS);
    }

    /** Orders entered. */
    public int children(final int algorithm) {
        return records.getInt(algorithm, CHILDREN);
    }

    /** Orders that a check refused. */
    public int refused(final int algorithm) {
        return records.getInt(algorithm, REFUSED);
    }

    /** {@link RejectCode} of the last refusal, 0 without one. */
    public int refusal(final int algorithm) {
        return records.getShort(algorithm, REFUSAL);
    }

    public long requestHigh(final int algorithm) {
        return records.getLong(algorithm, REQUEST_HIGH);
    }

    public long requestLow(final int algorithm) {
        return records.getLong(algorithm, REQUEST_LOW);
    }

    public long clOrdIdHigh(final int algorithm) {
        return records.getLong(algorithm, OrderTable.CL_ORD_ID_HIGH);
    }

    public long clOrdIdLow(final int algorithm) {
        return records.getLong(algorithm, OrderTable.CL_ORD_ID_LOW);
    }

    public long enteredNs(final int algorithm) {
        return records.getLong(algorithm, OrderTable.ENTERED_NS);
    }

    Slab records() {
        return records;
    }

    /** A cleared record, or {@link #NONE} when there is no room. */
    int allocate() {
        int algorithm = 0;
        while (algorithm < records.limit() && isLive(algorithm)) {
            algorithm++;
        }
        if (algorithm == CAPACITY) {
            return NONE;
        }
        records.limit(Math.max(records.limit(), algorithm + 1));
        records.clear(algorithm);
        state.next(EngineState.ALGORITHMS_OPEN);
        return algorithm;
    }

    void release(final int algorithm) {
        records.putLong(algorithm, OrderTable.REFERENCE, 0);
        state.set(EngineState.ALGORITHMS_OPEN, open() - 1L);
    }
}
