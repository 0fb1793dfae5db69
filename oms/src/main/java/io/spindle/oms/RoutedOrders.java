package io.spindle.oms;

import io.spindle.matcher.Matcher;

/**
 * Orders that are, whole or in part, with other venues: opens their legs, sends them as the venues'
 * rates allow, and derives the order's own state from what the venues say. What the order holds of
 * its account stays held until a venue says that a leg is done: an unknown stays an unknown.
 */
final class RoutedOrders {
    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final VenueTable venues;
    private final Slab venueRecords;
    private final LegTable legs;
    private final Slab legRecords;
    private final CashTable cash;
    private final HoldingTable holdings;
    private final TimerQueue timers;
    private final RateGate rates;
    private final Reservations reservations;
    private final Lifecycle lifecycle;
    private final OrderEnds ends;
    private final Executions executions;
    private final Matcher matcher;
    private final BookWork work;
    private final Emitter emitter;
    private final RoutingEmitter routing;
    private final VenueQueues queues;
    private final OrderLegs orderLegs;
    private final int firstLegTimer;

    RoutedOrders(
            final Tables tables,
            final Stages stages,
            final Executions executions,
            final Matcher matcher,
            final RoutingEmitter routing) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.venues = tables.venues;
        this.venueRecords = tables.venues.records();
        this.legs = tables.legs;
        this.legRecords = tables.legs.records();
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.timers = tables.timers;
        this.rates = tables.venueRates;
        this.reservations = stages.reservations;
        this.lifecycle = stages.lifecycle;
        this.ends = stages.ends;
        this.executions = executions;
        this.matcher = matcher;
        this.work = stages.work;
        this.emitter = stages.emitter;
        this.routing = routing;
        this.queues = new VenueQueues(tables);
        this.orderLegs = new OrderLegs(tables.orders);
        this.firstLegTimer = tables.legTimer(0);
    }

    /** Tells what was looked at, whether anything leaves or not. */
    void tell(final int order, final Router decision) {
        for (int candidate = 0; candidate < decision.candidates(); candidate++) {
            routing.routed(
                    order,
                    Router.venue(candidate),
                    decision.price(candidate),
                    decision.lots(candidate),
                    decision.share(candidate),
                    decision.ageNs(candidate));
        }
    }

    /** Opens a leg for every part that leaves; nothing is sent yet. */
    void place(final int order, final OrderRequest request, final Router decision) {
        int first = LegTable.NONE;
        for (int candidate = decision.candidates() - 1; candidate > 0; candidate--) {
            if (decision.share(candidate) > 0) {
                final int venue = Router.venue(candidate);
                first = legs.add(order, first, venue, decision.share(candidate));
                final int account = venues.account(venue);
                legRecords.putLong(first, LegTable.PRICE, request.limitPrice);
                legRecords.putInt(
                        first,
                        LegTable.CASH,
                        cash.find(account, instruments.currency(request.instrument)));
                legRecords.putInt(
                        first,
                        LegTable.HOLDING,
                        holdings.find(account, instruments.listedAs(request.instrument)));
            }
        }
        orderLegs.set(order, first, request.awayLots);
    }

    /** Sends every leg of a new order, or puts it in line. */
    void send(final int order) {
        int leg = orderLegs.first(order);
        while (leg != LegTable.NONE) {
            final int next = legs.next(leg);
            final int venue = legs.venue(leg);
            if (queues.head(venue) == LegTable.NONE
                    && queues.isOpen(venue, state.get(EngineState.TIME_NS))) {
                submit(leg);
            } else {
                queues.add(leg);
                move(leg, OrderState.PENDING_SUBMISSION);
                queues.await(venue);
            }
            leg = next;
        }
    }

    private void submit(final int leg) {
        final int venue = legs.venue(leg);
        rates.take(venue, state.get(EngineState.TIME_NS));
        number(leg);
        move(leg, OrderState.SUBMITTED);
    }

    private void number(final int leg) {
        final int venue = legs.venue(leg);
        legs.rename(leg, venues.nextNumber(venue));
        venueRecords.putInt(venue, VenueTable.NEXT_NUMBER, venues.nextNumber(venue) + 1);
        if (venues.timeoutNs(venue) > 0) {
            timers.set(
                    firstLegTimer + leg, state.get(EngineState.TIME_NS) + venues.timeoutNs(venue));
        }
    }

    /** Tokens are there again, or the venue is: lets waiting legs go while both last. */
    void releaseQueue(final int venue) {
        final long now = state.get(EngineState.TIME_NS);
        while (queues.head(venue) != LegTable.NONE && queues.isOpen(venue, now)) {
            final int leg = queues.head(venue);
            queues.remove(leg);
            submit(leg);
        }
        queues.await(venue);
    }

    /** Nothing goes to the venue any more: what waits for it is taken back. */
    void abandonQueue(final int venue) {
        while (queues.head(venue) != LegTable.NONE) {
            cancel(queues.head(venue), CancelReason.VENUE);
        }
    }

    /** Nothing was heard in time: the leg stays as it is, and somebody is told. */
    void timedOut(final int leg) {
        legRecords.putByte(leg, LegTable.UNANSWERED, 1);
        venues.count(legs.venue(leg), VenueTable.UNANSWERED);
        routing.legUnanswered(leg);
    }

    /** Cancels what is here at once, and asks the venues to cancel theirs. */
    void cancelOrder(final int order, final int reason) {
        if (matcher.isResting(order)) {
            matcher.cancel(order, reason);
            work.check(orders.instrument(order));
        }
        int leg = orderLegs.first(order);
        while (leg != LegTable.NONE) {
            final int next = legs.next(leg);
            cancel(leg, reason);
            leg = next;
        }
    }

    private void cancel(final int leg, final int reason) {
        if (legs.state(leg) == OrderState.PENDING_SUBMISSION.ordinal()) {
            queues.remove(leg);
            queues.await(legs.venue(leg));
            cut(leg, legs.open(leg), CancelReason.end(reason), reason);
        } else if (!legs.isCancelAsked(leg)) {
            legRecords.putByte(leg, LegTable.CANCEL_ASKED, 1);
            legRecords.putInt(leg, LegTable.REASON, reason);
            routing.legCancel(leg);
        }
    }

    /** The venue has the leg; with its first leg taken the order is. */
    void accepted(final int leg) {
        if (legs.isSubmitted(leg)) {
            timers.clear(firstLegTimer + leg);
            move(leg, OrderState.ACCEPTED);
            accept(legs.order(leg));
        }
    }

    private void accept(final int order) {
        if (orders.state(order) == OrderState.SUBMITTED.ordinal()) {
            lifecycle.move(order, OrderState.ACCEPTED);
            emitter.accepted(order);
        }
    }

    /** Whether the leg can have traded so: what was set aside for it would not do for more. */
    boolean isSound(final int leg, final long lots, final long price) {
        final int order = legs.order(leg);
        final int instrument = orders.instrument(order);
        final long limit = legs.price(leg);
        return lots > 0
                && lots <= legs.open(leg)
                && price > 0
                && (orders.side(order) == 'B' ? price <= limit : price >= limit)
                && price <= instruments.maxPrice(instrument)
                && instruments.value(instrument, price, lots) != Money.OVERFLOW;
    }

    /** A fill at the venue; {@link #isSound}. */
    void filled(final int leg, final long lots, final long price, final boolean maker) {
        accepted(leg);
        final int order = legs.order(leg);
        final int cashSlot = legRecords.getInt(leg, LegTable.CASH);
        final int holdingSlot = legRecords.getInt(leg, LegTable.HOLDING);
        legRecords.putLong(leg, LegTable.EXECUTED, legs.executed(leg) + lots);
        legRecords.putLong(leg, LegTable.VALUE, legs.executedValue(leg) + lots * price);
        take(leg, lots, OrderState.FILLED);
        executions.filledAway(order, cashSlot, holdingSlot, lots, price, maker);
    }

    /** Lots of the leg will not trade any more. */
    void cancelled(final int leg, final long lots) {
        accepted(leg);
        final int asked = legRecords.getInt(leg, LegTable.REASON);
        cut(leg, lots, CancelReason.end(asked), asked == 0 ? CancelReason.VENUE : asked);
    }

    /** The venue does not take the leg. */
    void rejected(final int leg) {
        cut(leg, legs.open(leg), OrderState.REJECTED, CancelReason.VENUE);
    }

    /** The number was lost on the way and can never be used: out under another, if still wanted. */
    void sendAgain(final int leg) {
        if (legs.isCancelAsked(leg)) {
            final int asked = legRecords.getInt(leg, LegTable.REASON);
            cut(leg, legs.open(leg), CancelReason.end(asked), asked);
            return;
        }
        number(leg);
        routing.leg(leg, OrderState.SUBMITTED.ordinal(), OrderState.SUBMITTED.ordinal());
    }

    private void cut(final int leg, final long lots, final OrderState last, final int reason) {
        final int order = legs.order(leg);
        take(leg, lots, last);
        final long left = orders.leaves(order) - lots;
        if (left == 0 && orders.state(order) == OrderState.SUBMITTED.ordinal()) {
            ends.refuse(order, last, neverAccepted(last).code);
            return;
        }
        accept(order);
        reservations.resize(order, left + lots, left);
        records.putLong(order, OrderTable.LEAVES, left);
        emitter.canceled(order, lots, reason);
        if (left == 0) {
            ends.close(
                    order, last == OrderState.EXPIRED ? OrderState.EXPIRED : OrderState.CANCELLED);
        }
    }

    /** What its requester is told of an order that ends so, no venue having accepted it. */
    private static RejectCode neverAccepted(final OrderState last) {
        if (last == OrderState.REJECTED) {
            return RejectCode.VENUE_REJECTED;
        }
        return last == OrderState.EXPIRED
                ? RejectCode.EXPIRED_WHILE_HELD
                : RejectCode.CANCELLED_WHILE_HELD;
    }

    /** Lots come home, traded or not; a leg without any more is done. */
    private void take(final int leg, final long lots, final OrderState last) {
        final int order = legs.order(leg);
        final long open = legs.open(leg) - lots;
        legRecords.putLong(leg, LegTable.OPEN, open);
        orderLegs.takeHome(order, lots);
        if (open > 0) {
            if (last == OrderState.FILLED) {
                move(leg, OrderState.PARTIALLY_FILLED);
            }
            return;
        }
        timers.clear(firstLegTimer + leg);
        move(leg, last);
        unlink(order, leg);
        legs.release(leg);
    }

    private void unlink(final int order, final int leg) {
        int at = orderLegs.first(order);
        if (at == leg) {
            orderLegs.first(order, legs.next(leg));
            return;
        }
        while (legs.next(at) != leg) {
            at = legs.next(at);
        }
        legRecords.putInt(at, LegTable.NEXT, legs.next(leg) + 1);
    }

    private void move(final int leg, final OrderState next) {
        final int from = legs.state(leg);
        if (!OrderState.mayBecome(from, next.ordinal())) {
            state.next(EngineState.ILLEGAL_TRANSITIONS);
            return;
        }
        legRecords.putByte(leg, LegTable.STATE, next.ordinal());
        routing.leg(leg, from, next.ordinal());
    }
}
