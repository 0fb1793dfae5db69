package io.spindle.oms;

/**
 * What has become of an algorithm, worked out from its orders: their fills are its own, and what is
 * cancelled of them is cancelled of it.
 */
final class AlgorithmProgress {
    private final Tables tables;
    private final OrderTable orders;
    private final AlgorithmTable algorithms;
    private final Slab records;
    private final Reservations reservations;
    private final TimerQueue timers;
    private final Emitter emitter;

    AlgorithmProgress(final Tables tables, final Emitter emitter) {
        this.tables = tables;
        this.orders = tables.orders;
        this.algorithms = tables.algorithms;
        this.records = tables.algorithms.records();
        this.reservations = new Reservations(tables, records);
        this.timers = tables.timers;
        this.emitter = emitter;
    }

    /** Reserves for the whole, which has passed the checks and is in the record. */
    void open(final int algorithm, final OrderRequest request) {
        reservations.open(algorithm, request);
        state(algorithm, OrderState.ACCEPTED);
    }

    /** So many lots are about to become an order, which reserves for itself. */
    void send(final int algorithm, final long lots) {
        leaves(algorithm, algorithms.leaves(algorithm) - lots);
        add(algorithm, AlgorithmTable.WORKING, lots);
        records.putInt(algorithm, AlgorithmTable.CHILDREN, algorithms.children(algorithm) + 1);
        tell(algorithm);
    }

    /** They have not: back to what is to be sent. */
    void takeBack(final int algorithm, final long lots, final int code) {
        leaves(algorithm, algorithms.leaves(algorithm) + lots);
        add(algorithm, AlgorithmTable.WORKING, -lots);
        records.putInt(algorithm, AlgorithmTable.CHILDREN, algorithms.children(algorithm) - 1);
        records.putInt(algorithm, AlgorithmTable.REFUSED, algorithms.refused(algorithm) + 1);
        records.putShort(algorithm, AlgorithmTable.REFUSAL, code);
        tell(algorithm);
    }

    void filled(final int order, final long lots, final long value) {
        final int algorithm = orders.options().algorithm(order);
        if (algorithm == AlgorithmTable.NONE) {
            return;
        }
        add(algorithm, AlgorithmTable.WORKING, -lots);
        add(algorithm, OrderTable.EXECUTED, lots);
        add(algorithm, OrderTable.VALUE, value);
        changed(algorithm);
    }

    void cancelled(final int order, final long lots) {
        final int algorithm = orders.options().algorithm(order);
        if (algorithm == AlgorithmTable.NONE) {
            return;
        }
        add(algorithm, AlgorithmTable.WORKING, -lots);
        add(algorithm, AlgorithmTable.CANCELLED, lots);
        changed(algorithm);
    }

    /**
     * Sends no more. Who stops it has its orders cancelled too; it ends with the last of them.
     *
     * @param end the state it ends in, unless it is filled by then
     */
    void stop(final int algorithm, final OrderState end) {
        if (records.getByte(algorithm, AlgorithmTable.ENDING) != 0) {
            return;
        }
        final long unsent = algorithms.leaves(algorithm);
        leaves(algorithm, 0);
        add(algorithm, AlgorithmTable.CANCELLED, unsent);
        timers.clear(tables.algorithmTimer(algorithm));
        records.putByte(algorithm, AlgorithmTable.ENDING, end.code());
        changed(algorithm);
    }

    private void changed(final int algorithm) {
        if (algorithms.leaves(algorithm) + algorithms.working(algorithm) == 0) {
            end(algorithm);
        } else if (algorithms.executed(algorithm) > 0) {
            state(algorithm, OrderState.PARTIALLY_FILLED);
        } else {
            tell(algorithm);
        }
    }

    private void end(final int algorithm) {
        timers.clear(tables.algorithmTimer(algorithm));
        final int ending = records.getByte(algorithm, AlgorithmTable.ENDING);
        if (algorithms.cancelled(algorithm) == 0) {
            state(algorithm, OrderState.FILLED);
        } else {
            state(algorithm, ending == 0 ? OrderState.CANCELLED : OrderState.of(ending));
        }
        algorithms.release(algorithm);
    }

    private void state(final int algorithm, final OrderState next) {
        records.putByte(algorithm, OrderTable.STATE, next.code());
        tell(algorithm);
    }

    private void tell(final int algorithm) {
        emitter.algorithm(algorithms, algorithm);
    }

    private void leaves(final int algorithm, final long lots) {
        final long before = algorithms.leaves(algorithm);
        records.putLong(algorithm, OrderTable.LEAVES, lots);
        reservations.resize(algorithm, before, lots);
    }

    private void add(final int algorithm, final int field, final long lots) {
        records.putLong(algorithm, field, records.getLong(algorithm, field) + lots);
    }
}
