package io.spindle.oms;

/**
 * Cancels of many orders, worked off in slices: first come, first done, one slice for every {@code
 * Continue} command. A sweep takes the orders that were there when it was asked for, and no later
 * one.
 */
final class Sweeps {
    /** Orders cancelled by one slice. */
    static final int MAX_CANCELS = 256;

    /** Records looked at by one slice. */
    static final int MAX_VISITS = 16_384;

    static final int ANY = -1;

    /** Not a cancel for all, but the turn of the day: day orders end, the others go on. */
    static final int DAY_END = 'D';

    private static final int ORIGIN = 0;
    private static final int BEFORE_REFERENCE = 8;
    private static final int CURSOR = 16;
    private static final int SESSION = 20;
    private static final int FIRM = 24;
    private static final int ACCOUNT = 28;
    private static final int INSTRUMENT = 32;
    private static final int GROUP = 36;
    private static final int USER_REF_IDX = 40;
    private static final int SIDE = 44;
    private static final int REASON = 48;
    static final int LENGTH = 56;
    private static final int DAY_PLACES = 4;

    private final EngineState state;
    private final OrderTable orders;
    private final SessionTable sessions;
    private final Slab jobs;
    private final HeldOrders held;
    private final Emitter emitter;

    Sweeps(final Tables tables, final HeldOrders held, final Emitter emitter) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.sessions = tables.sessions;
        this.jobs = tables.sweeps;
        this.held = held;
        this.emitter = emitter;
    }

    /** The last places are kept for the turn of the day. */
    boolean isFull() {
        return state.get(EngineState.SWEEP_TAIL) - state.get(EngineState.SWEEP_HEAD)
                >= jobs.capacity() - DAY_PLACES;
    }

    /** Sequence of the command whose sweep is being worked at, 0 when there is none. */
    long pending() {
        return state.get(EngineState.SWEEP_HEAD) == state.get(EngineState.SWEEP_TAIL)
                ? 0
                : jobs.getLong(head(), ORIGIN);
    }

    /** Adds a sweep over everything, to be narrowed at once; not when {@link #isFull}. */
    Sweeps begin(final int reason) {
        final int job = (int) (state.get(EngineState.SWEEP_TAIL) % jobs.capacity());
        state.next(EngineState.SWEEP_TAIL);
        jobs.limit(jobs.capacity());
        jobs.putLong(job, ORIGIN, state.get(EngineState.SEQUENCE));
        jobs.putLong(job, BEFORE_REFERENCE, state.get(EngineState.ORDER_REFERENCE));
        jobs.putInt(job, CURSOR, 0);
        jobs.putInt(job, SESSION, ANY);
        jobs.putInt(job, FIRM, ANY);
        jobs.putInt(job, ACCOUNT, ANY);
        jobs.putInt(job, INSTRUMENT, ANY);
        jobs.putInt(job, GROUP, ANY);
        jobs.putInt(job, USER_REF_IDX, ANY);
        jobs.putInt(job, SIDE, ANY);
        jobs.putInt(job, REASON, reason);
        return this;
    }

    Sweeps ofSession(final int session) {
        return narrow(SESSION, session);
    }

    /** By the firm's number. */
    Sweeps ofFirm(final int firm) {
        return narrow(FIRM, firm);
    }

    Sweeps ofAccount(final int account) {
        return narrow(ACCOUNT, account);
    }

    Sweeps ofInstrument(final int instrument) {
        return narrow(INSTRUMENT, instrument);
    }

    Sweeps ofGroup(final int group) {
        return narrow(GROUP, group);
    }

    Sweeps ofUserRefIdx(final int userRefIdx) {
        return narrow(USER_REF_IDX, userRefIdx);
    }

    Sweeps ofSide(final int side) {
        return narrow(SIDE, side);
    }

    private Sweeps narrow(final int field, final int value) {
        final long last = state.get(EngineState.SWEEP_TAIL) - 1;
        jobs.putInt((int) (last % jobs.capacity()), field, value);
        return this;
    }

    /** Works off one slice; a {@code Continue} of anything but the oldest sweep does nothing. */
    void proceed(final long origin) {
        if (pending() != origin || origin == 0) {
            return;
        }
        final int job = head();
        final int end = orders.highWater();
        int order = jobs.getInt(job, CURSOR);
        final int lastVisit = Math.min(end, order + MAX_VISITS);
        int acted = 0;
        for (; order < lastVisit && acted < MAX_CANCELS; order++) {
            if (matches(job, order)) {
                act(job, order);
                acted++;
            }
        }
        jobs.putInt(job, CURSOR, order);
        if (order >= end) {
            state.next(EngineState.SWEEP_HEAD);
        }
    }

    private boolean matches(final int job, final int order) {
        return orders.isLive(order)
                && orders.orderReference(order) <= jobs.getLong(job, BEFORE_REFERENCE)
                && fits(job, SESSION, orders.session(order))
                && fits(job, FIRM, firm(order))
                && fits(job, ACCOUNT, orders.account(order))
                && fits(job, INSTRUMENT, orders.instrument(order))
                && fits(job, GROUP, orders.groupId(order))
                && fits(job, USER_REF_IDX, orders.userRefIdx(order))
                && fits(job, SIDE, orders.side(order) == 'B' ? 'B' : 'S');
    }

    private boolean fits(final int job, final int field, final int value) {
        final int wanted = jobs.getInt(job, field);
        return wanted == ANY || wanted == value;
    }

    private int firm(final int order) {
        return sessions.records().getInt(orders.session(order), SessionTable.FIRM_INDEX);
    }

    private void act(final int job, final int order) {
        final int reason = jobs.getInt(job, REASON);
        if (reason != DAY_END) {
            held.cancel(order, reason);
        } else if (orders.timeInForce(order) == OrderRules.DAY) {
            held.cancel(order, CancelReason.CLOSED);
        } else if (OrderState.of(orders.state(order)).isOpen()) {
            emitter.restated(order, RestateReason.DAY_ROLL);
        }
    }

    private int head() {
        return (int) (state.get(EngineState.SWEEP_HEAD) % jobs.capacity());
    }
}
