package io.spindle.oms;

/**
 * The only writer of an order's state. An edge that {@link OrderState} does not have is refused and
 * counted, never taken.
 */
final class Lifecycle {
    private final EngineState state;
    private final Slab records;
    private final Emitter emitter;

    Lifecycle(final Tables tables, final Emitter emitter) {
        this.state = tables.state;
        this.records = tables.orders.records();
        this.emitter = emitter;
    }

    /** A new record: not an edge, the beginning. */
    void create(final int order) {
        records.putByte(order, OrderTable.STATE, OrderState.CREATED.ordinal());
    }

    /** Takes the order to its next state; false when there is no such edge. */
    boolean move(final int order, final OrderState next) {
        final int from = records.getByte(order, OrderTable.STATE);
        final int to = next.ordinal();
        if (!OrderState.mayBecome(from, to)) {
            state.next(EngineState.ILLEGAL_TRANSITIONS);
            return false;
        }
        records.putByte(order, OrderTable.STATE, to);
        emitter.transition(order, from, to);
        return true;
    }
}
