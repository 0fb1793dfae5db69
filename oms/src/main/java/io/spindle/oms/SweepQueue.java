package io.spindle.oms;

/**
 * Work that is done in slices, first come, first done: what, on which orders, and how far it is.
 */
final class SweepQueue {
    static final int ANY = -1;

    /** Not a cancel for all, but the turn of the day: day orders end, the others go on. */
    static final int DAY_END = 1;

    /** Stops, pegs and released orders of a book. */
    static final int BOOK_WORK = 2;

    /** An auction's trades; {@link BookWork} knows the state after it. */
    static final int UNCROSS = 3;

    static final int SESSION = 20;
    static final int FIRM = 24;
    static final int ACCOUNT = 28;
    static final int INSTRUMENT = 32;
    static final int GROUP = 36;
    static final int USER_REF_IDX = 40;
    static final int SIDE = 44;

    /** Orders that one algorithm has entered. */
    static final int ALGORITHM = 52;

    static final int LENGTH = 56;

    private static final int ORIGIN = 0;
    private static final int BEFORE_REFERENCE = 8;
    private static final int CURSOR = 16;
    private static final int WHAT = 48;

    private final EngineState state;
    private final Slab jobs;
    private final int forClients;

    SweepQueue(final Tables tables) {
        this.state = tables.state;
        this.jobs = tables.sweeps;
        this.forClients = tables.sweepsForClients;
    }

    /** No more mass cancels now; the turn of the day and books always find room. */
    boolean isFull() {
        return state.get(EngineState.SWEEP_TAIL) - state.get(EngineState.SWEEP_HEAD) >= forClients;
    }

    boolean isEmpty() {
        return state.get(EngineState.SWEEP_HEAD) == state.get(EngineState.SWEEP_TAIL);
    }

    /** Sequence of the command that began the oldest job. */
    long origin() {
        return jobs.getLong(head(), ORIGIN);
    }

    /**
     * Adds a job over everything, to be narrowed at once; {@code what} may be a cancel's reason.
     */
    SweepQueue begin(final int what) {
        final int job = (int) (state.get(EngineState.SWEEP_TAIL) % jobs.capacity());
        state.next(EngineState.SWEEP_TAIL);
        jobs.limit(jobs.capacity());
        jobs.putLong(job, ORIGIN, state.get(EngineState.SEQUENCE));
        jobs.putLong(job, BEFORE_REFERENCE, state.get(EngineState.ORDER_REFERENCE));
        jobs.putInt(job, CURSOR, 0);
        for (int filter = SESSION; filter <= SIDE; filter += Integer.BYTES) {
            jobs.putInt(job, filter, ANY);
        }
        jobs.putInt(job, ALGORITHM, ANY);
        jobs.putInt(job, WHAT, what);
        return this;
    }

    /** Sets a filter of the job that was begun last. */
    SweepQueue narrow(final int filter, final int value) {
        final long last = state.get(EngineState.SWEEP_TAIL) - 1;
        jobs.putInt((int) (last % jobs.capacity()), filter, value);
        return this;
    }

    /** A filter of the oldest job. */
    int filter(final int filter) {
        return jobs.getInt(head(), filter);
    }

    boolean fits(final int filter, final int value) {
        final int wanted = filter(filter);
        return wanted == ANY || wanted == value;
    }

    int what() {
        return jobs.getInt(head(), WHAT);
    }

    long beforeReference() {
        return jobs.getLong(head(), BEFORE_REFERENCE);
    }

    int cursor() {
        return jobs.getInt(head(), CURSOR);
    }

    void cursor(final int order) {
        jobs.putInt(head(), CURSOR, order);
    }

    /** The oldest job is done. */
    void end() {
        state.next(EngineState.SWEEP_HEAD);
    }

    private int head() {
        return (int) (state.get(EngineState.SWEEP_HEAD) % jobs.capacity());
    }
}
