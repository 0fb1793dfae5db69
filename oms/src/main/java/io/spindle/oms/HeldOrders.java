package io.spindle.oms;

/**
 * Orders that wait outside the book with their money reserved: for an operator's word, or for the
 * session's next token. A session's queue is first in, first out, and bounded.
 */
final class HeldOrders {
    /** Orders that one session may have waiting for tokens. */
    static final int MAX_QUEUE = 1_024;

    /** How long one may wait for a token. */
    static final long MAX_QUEUE_NS = 1_000_000_000L;

    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final Slab sessions;
    private final TimerQueue timers;
    private final RateGate sessionRates;
    private final RateGate accountRates;
    private final Lifecycle lifecycle;
    private final OrderEnds ends;
    private final int firstSessionTimer;

    HeldOrders(final Tables tables, final Lifecycle lifecycle, final OrderEnds ends) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.sessions = tables.sessions.records();
        this.timers = tables.timers;
        this.sessionRates = tables.sessionRates;
        this.accountRates = tables.accountRates;
        this.lifecycle = lifecycle;
        this.ends = ends;
        this.firstSessionTimer = tables.queueTimer(0);
    }

    /** Waits for an operator until a deadline. */
    void holdForOperator(final int order, final long untilNs) {
        lifecycle.move(order, OrderState.PENDING_SUBMISSION);
        timers.set(order, untilNs);
    }

    boolean isHeld(final int order) {
        return orders.state(order) == OrderState.PENDING_SUBMISSION.ordinal();
    }

    /** Held for a token rather than for an operator. */
    boolean isWaiting(final int order) {
        return records.getByte(order, OrderTable.WAITING) != 0;
    }

    /** Cancels whole, wherever the order is; one whose time is over expires. */
    void cancel(final int order, final int reason) {
        if (!isHeld(order)) {
            ends.cancel(order, reason);
        } else if (reason == CancelReason.TIMEOUT) {
            end(order, OrderState.EXPIRED, RejectCode.EXPIRED_WHILE_HELD.code);
        } else {
            end(order, OrderState.CANCELLED, RejectCode.CANCELLED_WHILE_HELD.code);
        }
    }

    boolean isQueueing(final int session) {
        return first(session) != OrderTable.NONE;
    }

    boolean isFull(final int session) {
        return sessions.getInt(session, SessionTable.QUEUED) >= MAX_QUEUE;
    }

    /** Waits for a token. */
    void queue(final int order) {
        final int session = orders.session(order);
        records.putInt(order, OrderTable.NEXT_WAITING, OrderTable.NONE);
        records.putByte(order, OrderTable.WAITING, 1);
        lifecycle.move(order, OrderState.PENDING_SUBMISSION);
        final int tail = sessions.getInt(session, SessionTable.QUEUE_TAIL);
        if (tail == OrderTable.NONE) {
            sessions.putInt(session, SessionTable.QUEUE_HEAD, order);
            awaitToken(session);
        } else {
            records.putInt(tail, OrderTable.NEXT_WAITING, order);
        }
        sessions.putInt(session, SessionTable.QUEUE_TAIL, order);
        sessions.putInt(
                session, SessionTable.QUEUED, sessions.getInt(session, SessionTable.QUEUED) + 1);
    }

    /** The session's next order in line, {@link OrderTable#NONE} when none waits. */
    int first(final int session) {
        return sessions.getInt(session, SessionTable.QUEUE_HEAD);
    }

    /** The same, taken out of the line. */
    int next(final int session) {
        final int order = first(session);
        if (order != OrderTable.NONE) {
            unlink(order);
        }
        return order;
    }

    /** True when the order has waited longer than the queue allows. */
    boolean isTooOld(final int order) {
        return state.get(EngineState.TIME_NS) - orders.enteredNs(order) > MAX_QUEUE_NS;
    }

    /** Sets the timer for the next in line, if there is one: to when both its tokens are there. */
    void awaitToken(final int session) {
        final int order = first(session);
        if (order == OrderTable.NONE) {
            timers.clear(firstSessionTimer + session);
            return;
        }
        final long ofAccount = accountRates.nextAtNs(orders.account(order));
        timers.set(
                firstSessionTimer + session, Math.max(sessionRates.nextAtNs(session), ofAccount));
    }

    /** Ends a held order without its ever reaching the book. */
    void end(final int order, final OrderState last, final int code) {
        if (isWaiting(order)) {
            unlink(order);
            awaitToken(orders.session(order));
        }
        ends.refuse(order, last, code);
    }

    /** Takes an order out of its session's queue, wherever it stands there. */
    private void unlink(final int order) {
        final int session = orders.session(order);
        int before = OrderTable.NONE;
        int at = sessions.getInt(session, SessionTable.QUEUE_HEAD);
        while (at != order) {
            before = at;
            at = records.getInt(at, OrderTable.NEXT_WAITING);
        }
        final int after = records.getInt(order, OrderTable.NEXT_WAITING);
        if (before == OrderTable.NONE) {
            sessions.putInt(session, SessionTable.QUEUE_HEAD, after);
        } else {
            records.putInt(before, OrderTable.NEXT_WAITING, after);
        }
        if (after == OrderTable.NONE) {
            sessions.putInt(session, SessionTable.QUEUE_TAIL, before);
        }
        records.putByte(order, OrderTable.WAITING, 0);
        sessions.putInt(
                session, SessionTable.QUEUED, sessions.getInt(session, SessionTable.QUEUED) - 1);
    }
}
