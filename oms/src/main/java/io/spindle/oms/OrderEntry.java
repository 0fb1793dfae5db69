package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;

/** New orders: validate, check risk, reserve, then change state, then tell. */
final class OrderEntry {
    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final AccountTable accounts;
    private final OrderCounts counts;
    private final TimerQueue timers;
    private final NumberGate numbers;
    private final OrderRules rules;
    private final TermsWriter writer;
    private final PreTradeRisk risk;
    private final RateLimits rates;
    private final AuthorisationRules authorisation;
    private final Reservations reservations;
    private final HeldOrders held;
    private final Lifecycle lifecycle;
    private final Matcher matcher;
    private final BookWork work;
    private final Emitter emitter;
    private final Foresight foresight;
    private final Router router;
    private final RoutedOrders routed;
    private final LinkedBooks linkedBooks;
    private final OrderRequest request;
    private final OrderTerms terms = new OrderTerms();

    /** Of the request in hand: the authorisation rule that decides, 0 for none. */
    private int rule;

    OrderEntry(
            final Tables tables,
            final Stages stages,
            final RoutedOrders routed,
            final Executions executions,
            final Matcher matcher) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.accounts = tables.accounts;
        this.counts = tables.counts;
        this.timers = tables.timers;
        this.authorisation = tables.authorisation;
        this.numbers = stages.numbers;
        this.rules = stages.rules;
        this.writer = new TermsWriter(tables);
        this.risk = stages.risk;
        this.rates = stages.rates;
        this.reservations = stages.reservations;
        this.held = stages.held;
        this.lifecycle = stages.lifecycle;
        this.emitter = stages.emitter;
        this.matcher = matcher;
        this.work = stages.work;
        this.foresight = stages.foresight;
        this.router = new Router(tables, matcher);
        this.routed = routed;
        this.linkedBooks = new LinkedBooks(tables, stages.work, executions, matcher);
        this.request = new OrderRequest(tables);
    }

    void enter(final EnterOrderDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        foresight.number(session, userRefIdx, userRefNum);
        if (!numbers.isNew(session, userRefIdx, userRefNum)) {
            return;
        }
        numbers.consume(session, userRefIdx, userRefNum);
        counts.received++;
        request.read(command);
        foresight.request(request);
        final int pace = rates.takeForOrder(session, request.account);
        if (pace != RateLimits.PASS && pace != RateLimits.QUEUE) {
            counts.rejectedByRate++;
            reject(pace);
            rates.settleBreach(session);
            return;
        }
        final int refusal = check(pace == RateLimits.QUEUE);
        if (refusal != RejectCode.NONE.code) {
            reject(refusal);
            return;
        }
        take(pace == RateLimits.QUEUE);
    }

    private int check(final boolean queue) {
        int code = checkTerms();
        if (code == RejectCode.NONE.code) {
            code = checkRoom(queue);
        }
        return code == RejectCode.NONE.code ? checkBook() : code;
    }

    private int checkTerms() {
        int code = rules.check(request);
        if (code != RejectCode.NONE.code) {
            counts.rejectedByFields++;
            return code;
        }
        code = risk.check(request, OrderTable.NONE);
        if (code != RejectCode.NONE.code) {
            counts.rejectedByRisk++;
            emitter.riskRejected(request, risk.check(), risk.limit(), risk.value());
        }
        return code;
    }

    private int checkRoom(final boolean queue) {
        if (queue && held.isFull(request.session)) {
            counts.rejectedByRate++;
            return RejectCode.QUEUE_FULL.code;
        }
        rule = authorisation.find(request);
        if (authorisation.action(rule) == AuthorisationRules.FAIL) {
            counts.rejectedByRule++;
            return RejectCode.AUTHORISATION_FAILED.code;
        }
        return RejectCode.NONE.code;
    }

    private int checkBook() {
        return countLast(orders.isFull() ? RejectCode.ORDER_CAPACITY.code : admit(orders.next()));
    }

    /** Counts what the last stage refused. */
    private int countLast(final int code) {
        if (code != RejectCode.NONE.code) {
            counts.rejectedByBook++;
        }
        return code;
    }

    /** Whether the book takes it, and a venue is there for it if it shall go to one. */
    private int admit(final int order) {
        final int code = admitHere(order);
        router.forget();
        return code == RejectCode.NONE.code
                        && (state.get(EngineState.ROUTING) != 0 || request.route != 0)
                ? router.decide(request)
                : code;
    }

    /** The request that {@link #enterChild} enters, to be filled in. */
    OrderRequest child() {
        return request;
    }

    /**
     * An algorithm's own order: checked like any other, but for the rate, which is the client's,
     * and the rule, which the whole algorithm has passed; and it is never routed away.
     *
     * @return a {@link RejectCode} number; a refusal has been reported
     */
    int enterChild(final int algorithm) {
        numbers.consume(request.session, request.userRefIdx, request.userRefNum);
        counts.received++;
        router.forget();
        int code = checkTerms();
        if (code == RejectCode.NONE.code) {
            final boolean full = orders.isFull();
            code = countLast(full ? RejectCode.ORDER_CAPACITY.code : admitHere(orders.next()));
        }
        if (code != RejectCode.NONE.code) {
            reject(code);
            return code;
        }
        final int order = open();
        orders.options().algorithm(order, algorithm);
        submit(order);
        return RejectCode.NONE.code;
    }

    private int open() {
        final int order = orders.allocate();
        counts.accepted++;
        record(order);
        reservations.open(order, request);
        risk.passed(request);
        return order;
    }

    private int admitHere(final int order) {
        writer.write(request, order, terms);
        return OrderRules.admitted(matcher.admit(terms));
    }

    /** Passed: from here on nothing may fail. */
    private void take(final boolean queue) {
        final int order = open();
        if (authorisation.action(rule) == AuthorisationRules.HOLD) {
            held.holdForOperator(
                    order, state.get(EngineState.TIME_NS) + authorisation.holdNs(rule));
            emitter.held(order, rule);
        } else if (queue) {
            held.queue(order);
        } else {
            submit(order);
        }
    }

    private void submit(final int order) {
        if (request.expireAtNs != 0) {
            timers.set(order, request.expireAtNs);
        }
        OrderLinks.tie(records, order, request);
        routed.tell(order, router);
        if (request.awayLots > 0) {
            submitAway(order);
            return;
        }
        lifecycle.move(order, OrderState.ACCEPTED);
        emitter.accepted(order);
        if (instruments.linked(terms.book) != InstrumentTable.NONE) {
            linkedBooks.enter(request, terms);
        } else {
            matcher.enter(terms);
        }
        work.check(terms.book);
    }

    /** What stays here is accepted at once, the rest when the first venue has accepted it. */
    private void submitAway(final int order) {
        terms.lots = request.lots - request.awayLots;
        routed.place(order, request, router);
        lifecycle.move(order, terms.lots > 0 ? OrderState.ACCEPTED : OrderState.SUBMITTED);
        if (terms.lots > 0) {
            emitter.accepted(order);
            matcher.enter(terms);
            work.check(terms.book);
        }
        routed.send(order);
    }

    /** A held order goes to the book, if the book still takes it; its priority starts now. */
    void release(final int order) {
        timers.clear(order);
        request.load(records, order);
        int code = rules.check(request);
        keepToReserved(order);
        code = code != 0 ? code : risk.checkEntryAgain(request);
        code = code != 0 ? code : admit(order);
        if (code == RejectCode.NONE.code) {
            submit(order);
        } else {
            held.end(order, OrderState.REJECTED, code);
        }
    }

    /** The collar of a market order may be higher now, its money is what it was. */
    private void keepToReserved(final int order) {
        final long reserved = records.getLong(order, OrderTable.RESERVE_PRICE);
        if (request.buys && request.limitPrice > reserved) {
            request.limitPrice = reserved;
            request.priceTicks = reserved / instruments.tickSize(request.instrument);
        }
    }

    /** Tokens are there again: lets waiting orders go while they last. */
    void releaseQueue(final int session) {
        while (held.isQueueing(session) && waitsNoMore(held.first(session))) {
            final int order = held.next(session);
            if (held.isTooOld(order)) {
                held.end(order, OrderState.EXPIRED, RejectCode.QUEUE_AGE.code);
            } else {
                rates.takeForWaiting(session, orders.account(order));
                release(order);
            }
        }
        held.awaitToken(session);
    }

    /** Others may have been faster to the account's tokens: it does not wait for ever. */
    private boolean waitsNoMore(final int order) {
        return held.isTooOld(order)
                || rates.hasForWaiting(orders.session(order), orders.account(order));
    }

    void refused(final RefusedDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        if (numbers.isNew(session, userRefIdx, userRefNum)) {
            numbers.consume(session, userRefIdx, userRefNum);
            emitter.rejected(
                    session,
                    userRefIdx,
                    userRefNum,
                    command.reason(),
                    command.clOrdIdHigh(),
                    command.clOrdIdLow());
        }
    }

    private void reject(final int code) {
        emitter.rejected(
                request.session,
                request.userRefIdx,
                request.userRefNum,
                code,
                request.clOrdIdHigh,
                request.clOrdIdLow);
    }

    private void record(final int order) {
        lifecycle.create(order);
        request.storeNew(records, order);
        records.putLong(order, OrderTable.REFERENCE, state.next(EngineState.ORDER_REFERENCE));
        orders.enlist(order);
        sessions.records()
                .putInt(
                        request.session,
                        SessionTable.OPEN_ORDERS,
                        sessions.openOrders(request.session) + 1);
        accounts.records()
                .putInt(
                        request.account,
                        AccountTable.OPEN_ORDERS,
                        accounts.openOrders(request.account) + 1);
    }
}
