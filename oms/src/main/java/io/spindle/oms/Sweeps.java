package io.spindle.oms;

/**
 * Work on many orders, done in slices: one for every {@code Continue} command. A sweep takes the
 * orders that were there when it was asked for, and no later one.
 */
final class Sweeps {
    /** Orders acted upon by one slice. */
    static final int MAX_CANCELS = 256;

    /** Records looked at by one slice. */
    static final int MAX_VISITS = 16_384;

    private final OrderTable orders;
    private final SessionTable sessions;
    private final InstrumentTable instruments;
    private final SweepQueue jobs;
    private final BookWork work;
    private final HeldOrders held;
    private final AlgorithmTable table;
    private final AlgorithmProgress algorithms;
    private final Emitter emitter;

    Sweeps(
            final Tables tables,
            final SweepQueue jobs,
            final BookWork work,
            final HeldOrders held,
            final AlgorithmProgress algorithms,
            final Emitter emitter) {
        this.orders = tables.orders;
        this.sessions = tables.sessions;
        this.instruments = tables.instruments;
        this.jobs = jobs;
        this.work = work;
        this.held = held;
        this.table = tables.algorithms;
        this.algorithms = algorithms;
        this.emitter = emitter;
    }

    /** Sequence of the command whose work is being done, 0 when there is none. */
    long pending() {
        return jobs.isEmpty() ? 0 : jobs.origin();
    }

    /** Does one slice; a {@code Continue} of anything but the oldest work does nothing. */
    void proceed(final long origin) {
        if (jobs.isEmpty() || jobs.origin() != origin) {
            return;
        }
        final int instrument = jobs.filter(SweepQueue.INSTRUMENT);
        final boolean done;
        switch (jobs.what()) {
            case SweepQueue.BOOK_WORK:
                done = work.proceed(instrument);
                break;
            case SweepQueue.UNCROSS:
                done = work.uncross(instrument);
                break;
            default:
                done = sweep();
                break;
        }
        if (done) {
            jobs.end();
        }
    }

    private boolean sweep() {
        final int end = orders.highWater();
        int order = jobs.cursor();
        if (order == 0) {
            stopAlgorithms();
        }
        final int lastVisit = Math.min(end, order + MAX_VISITS);
        int acted = 0;
        for (; order < lastVisit && acted < MAX_CANCELS; order++) {
            if (matches(order)) {
                act(order);
                acted++;
            }
        }
        jobs.cursor(order);
        return order >= end;
    }

    private boolean matches(final int order) {
        return orders.isLive(order)
                && orders.options().entryReference(order) <= jobs.beforeReference()
                && jobs.fits(SweepQueue.ALGORITHM, orders.options().algorithm(order))
                && matches(orders.records(), order)
                && (jobs.what() == CancelReason.SUPERVISORY
                        || !instruments.isMoving(orders.instrument(order)));
    }

    /** The filters that an order and an algorithm have in common. */
    private boolean matches(final Slab records, final int index) {
        final int session = records.getShort(index, OrderTable.SESSION);
        return jobs.fits(SweepQueue.SESSION, session)
                && jobs.fits(SweepQueue.FIRM, firm(session))
                && jobs.fits(SweepQueue.ACCOUNT, records.getInt(index, OrderTable.ACCOUNT))
                && jobs.fits(SweepQueue.INSTRUMENT, records.getInt(index, OrderTable.INSTRUMENT))
                && jobs.fits(SweepQueue.GROUP, records.getInt(index, OrderTable.GROUP))
                && jobs.fits(
                        SweepQueue.USER_REF_IDX, records.getByte(index, OrderTable.USER_REF_IDX))
                && jobs.fits(
                        SweepQueue.SIDE,
                        records.getByte(index, OrderTable.SIDE) == 'B' ? 'B' : 'S');
    }

    private int firm(final int session) {
        return sessions.records().getInt(session, SessionTable.FIRM_INDEX);
    }

    /** Before any of their orders, so that they enter no more; there are few. */
    private void stopAlgorithms() {
        final OrderState end =
                jobs.what() == SweepQueue.DAY_END ? OrderState.EXPIRED : OrderState.CANCELLED;
        for (int algorithm = 0; algorithm < table.highWater(); algorithm++) {
            if (table.isLive(algorithm)
                    && table.reference(algorithm) <= jobs.beforeReference()
                    && jobs.fits(SweepQueue.ALGORITHM, algorithm)
                    && matches(table.records(), algorithm)) {
                algorithms.stop(algorithm, end);
            }
        }
    }

    private void act(final int order) {
        final int what = jobs.what();
        if (what != SweepQueue.DAY_END) {
            held.cancel(order, what);
        } else if (orders.timeInForce(order) == OrderRules.DAY) {
            held.cancel(order, CancelReason.TIMEOUT);
        } else if (OrderState.of(orders.state(order)).isOpen()) {
            emitter.restated(order, RestateReason.DAY_ROLL);
        }
    }
}
