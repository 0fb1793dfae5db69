package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

/** Cancel, modify and replace of open orders; none of a symbol that is on the move. */
final class OrderChanges {
    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final TimerQueue timers;
    private final NumberGate numbers;
    private final OrderRules rules;
    private final TermsWriter writer;
    private final PreTradeRisk risk;
    private final AuthorisationRules authorisation;
    private final Reservations reservations;
    private final HeldOrders held;
    private final Executions executions;
    private final Matcher matcher;
    private final BookWork work;
    private final Emitter emitter;
    private final Foresight foresight;
    private final OrderLegs legs;
    private final OrderRequest request;
    private final OrderTerms terms = new OrderTerms();

    OrderChanges(
            final Tables tables,
            final Stages stages,
            final Executions executions,
            final Matcher matcher) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.timers = tables.timers;
        this.numbers = stages.numbers;
        this.rules = stages.rules;
        this.writer = new TermsWriter(tables);
        this.risk = stages.risk;
        this.authorisation = tables.authorisation;
        this.reservations = stages.reservations;
        this.held = stages.held;
        this.emitter = stages.emitter;
        this.executions = executions;
        this.matcher = matcher;
        this.work = stages.work;
        this.foresight = stages.foresight;
        this.legs = new OrderLegs(tables.orders);
        this.request = new OrderRequest(tables);
    }

    /** A cancel that would take nothing away is ignored, as OUCH has it. */
    void cancel(final CancelOrderDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        final int order = find(session, userRefIdx, userRefNum);
        if (order == OrderTable.NONE) {
            return;
        }
        foresight.order(order);
        final long quantity = command.quantity();
        if (instruments.isMoving(orders.instrument(order))) {
            emitter.cancelRejected(
                    session, userRefIdx, userRefNum, RejectCode.CANCEL_NOT_ALLOWED.code);
        } else if (quantity < 0 || !instruments.isInLots(orders.instrument(order), quantity)) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, RejectCode.QUANTITY.code);
        } else if (held.isHeld(order)) {
            cancelWhole(order, quantity);
        } else if (legs.isRouted(order)) {
            cancelWhole(order, quantity);
        } else {
            final int book = orders.instrument(order);
            matcher.reduce(order, quantity - orders.executed(order), CancelReason.USER);
            work.check(book);
        }
    }

    /** What waits here, or at other venues, ends as a whole or stays as it is. */
    private void cancelWhole(final int order, final long quantity) {
        if (quantity <= orders.executed(order)) {
            held.cancel(order, CancelReason.USER);
        } else if (quantity < orders.executed(order) + orders.leaves(order)) {
            emitter.cancelRejected(
                    orders.session(order),
                    orders.userRefIdx(order),
                    orders.userRefNum(order),
                    RejectCode.CANCEL_NOT_ALLOWED.code);
        }
    }

    /** Fewer lots in place, and the kind of sell. */
    void modify(final ModifyOrderDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        final int order = find(session, userRefIdx, userRefNum);
        if (order == OrderTable.NONE) {
            return;
        }
        final int refusal = checkModify(command, order);
        if (refusal != RejectCode.NONE.code) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, refusal);
            return;
        }
        final long open = command.quantity() - orders.executed(order);
        if (open <= 0) {
            held.cancel(order, CancelReason.USER);
            return;
        }
        records.putByte(order, OrderTable.SIDE, command.side());
        executions.mode(Executions.SILENT);
        matcher.reduce(order, open, CancelReason.USER);
        executions.mode(Executions.REPORT);
        emitter.modified(order);
    }

    /** The open order of this number; when there is none, says so and returns none. */
    private int find(final int session, final int userRefIdx, final int userRefNum) {
        if (!sessions.isDefined(session)) {
            return OrderTable.NONE;
        }
        final int order = orders.find(session, userRefIdx, userRefNum);
        if (order == OrderTable.NONE) {
            final boolean isDone =
                    userRefNum != 0 && !numbers.isNew(session, userRefIdx, userRefNum);
            emitter.cancelRejected(
                    session,
                    userRefIdx,
                    userRefNum,
                    isDone ? RejectCode.TOO_LATE.code : RejectCode.UNKNOWN_ORDER.code);
        }
        return order;
    }

    private int checkModify(final ModifyOrderDecoder command, final int order) {
        if (held.isHeld(order)
                || legs.isRouted(order)
                || instruments.isMoving(orders.instrument(order))) {
            return RejectCode.CANCEL_NOT_ALLOWED.code;
        }
        if (OrderRules.checkSide(command.side()) != RejectCode.NONE.code
                || (command.side() == 'B') != (orders.side(order) == 'B')) {
            return RejectCode.SIDE.code;
        }
        return command.quantity() > orders.executed(order) + orders.leaves(order)
                        || !instruments.isInLots(orders.instrument(order), command.quantity())
                ? RejectCode.QUANTITY.code
                : RejectCode.NONE.code;
    }

    /**
     * Always loses priority. A dead original makes it void; bad terms cancel the original, unless
     * it is on the move.
     */
    void replace(final ReplaceOrderDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        if (!numbers.isNew(session, userRefIdx, userRefNum)) {
            return;
        }
        final int original = (int) command.originalUserRefNum();
        final int order = orders.find(session, userRefIdx, original);
        if (order == OrderTable.NONE) {
            return;
        }
        numbers.consume(session, userRefIdx, userRefNum);
        final int account = orders.account(order);
        request.read(command, order);
        final int refusal =
                request.account == account ? checkReplace(order) : RejectCode.ACCOUNT.code;
        if (refusal == RejectCode.NONE.code) {
            carryOut(order, original);
            return;
        }
        if (!instruments.isMoving(orders.instrument(order))) {
            held.cancel(order, CancelReason.USER);
        }
        emitter.rejected(
                session,
                userRefIdx,
                userRefNum,
                refusal,
                command.clOrdIdHigh(),
                command.clOrdIdLow());
    }

    private int checkReplace(final int order) {
        request.linkRole = 0;
        if (held.isHeld(order)
                || legs.isRouted(order)
                || instruments.isMoving(orders.instrument(order))
                || orders.options().algorithm(order) != AlgorithmTable.NONE) {
            return RejectCode.REPLACE_NOT_ALLOWED.code;
        }
        int code = rules.check(request);
        if (code == 0 && request.lots <= 0) {
            code = RejectCode.QUANTITY.code;
        }
        if (code == 0) {
            code = risk.check(request, order);
            if (code != 0) {
                emitter.riskRejected(request, risk.check(), risk.limit(), risk.value());
            }
        }
        if (code == 0
                && authorisation.action(authorisation.find(request)) != AuthorisationRules.PASS) {
            code = RejectCode.AUTHORISATION_FAILED.code;
        }
        if (code == 0) {
            writer.write(request, order, terms);
            code = OrderRules.admitted(matcher.admitReplace(terms));
        }
        return code;
    }

    private void carryOut(final int order, final int original) {
        executions.replacing(order, orders.orderReference(order));
        if (!request.sleepingSell) {
            reservations.resize(order, orders.leaves(order), 0);
        }
        orders.delist(order);
        records.putInt(order, OrderTable.USER_REF_NUM, request.userRefNum);
        orders.enlist(order);
        request.store(records, order);
        records.putLong(order, OrderTable.REFERENCE, state.next(EngineState.ORDER_REFERENCE));
        reservations.open(order, request);
        risk.passed(request);
        if (request.expireAtNs != 0) {
            timers.set(order, request.expireAtNs);
        } else {
            timers.clear(order);
        }
        emitter.replaced(order, original);
        matcher.replace(terms);
        work.check(terms.book);
    }
}
