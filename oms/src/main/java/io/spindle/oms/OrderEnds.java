package io.spindle.oms;

import io.spindle.matcher.Matcher;

/** Takes orders out of the market or out of waiting, and closes their records. */
final class OrderEnds {
    private final OrderTable orders;
    private final SessionTable sessions;
    private final AccountTable accounts;
    private final TimerQueue timers;
    private final Reservations reservations;
    private final Lifecycle lifecycle;
    private final Emitter emitter;
    private final BookWork work;
    private final OrderLegs legs;
    private Matcher matcher;
    private RoutedOrders routed;

    OrderEnds(
            final Tables tables,
            final Reservations reservations,
            final Lifecycle lifecycle,
            final BookWork work,
            final Emitter emitter) {
        this.work = work;
        this.orders = tables.orders;
        this.legs = new OrderLegs(tables.orders);
        this.sessions = tables.sessions;
        this.accounts = tables.accounts;
        this.timers = tables.timers;
        this.reservations = reservations;
        this.lifecycle = lifecycle;
        this.emitter = emitter;
    }

    /** The matcher is made after its listener. */
    void connect(final Matcher newMatcher, final RoutedOrders newRouted) {
        matcher = newMatcher;
        routed = newRouted;
    }

    /** Cancels whole what is in the market; what other venues have is asked back. */
    void cancel(final int order, final int reason) {
        if (legs.isRouted(order)) {
            routed.cancelOrder(order, reason);
            return;
        }
        final int book = orders.instrument(order);
        matcher.cancel(order, reason);
        work.check(book);
    }

    /** A held order never was in the book: its requester gets a rejection. */
    void refuse(final int order, final OrderState last, final int code) {
        reservations.resize(order, orders.leaves(order), 0);
        emitter.rejected(
                orders.session(order),
                orders.userRefIdx(order),
                orders.userRefNum(order),
                code,
                orders.clOrdIdHigh(order),
                orders.clOrdIdLow(order));
        close(order, last);
    }

    /** The order's last event is out: its record may be used again. */
    void close(final int order, final OrderState last) {
        lifecycle.move(order, last);
        timers.clear(order);
        final int session = orders.session(order);
        final int account = orders.account(order);
        sessions.records()
                .putInt(session, SessionTable.OPEN_ORDERS, sessions.openOrders(session) - 1);
        accounts.records()
                .putInt(account, AccountTable.OPEN_ORDERS, accounts.openOrders(account) - 1);
        orders.delist(order);
        orders.release(order);
    }
}
