package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

/** Cancel, modify and replace of open orders. */
final class OrderChanges {
    private final EngineState state;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final NumberGate numbers;
    private final OrderRules rules;
    private final Matcher matcher;
    private final Executions executions;
    private final Emitter emitter;
    private final OrderTerms terms = new OrderTerms();

    OrderChanges(
            final Tables tables,
            final NumberGate numbers,
            final OrderRules rules,
            final Matcher matcher,
            final Executions executions,
            final Emitter emitter) {
        this.state = tables.state;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.numbers = numbers;
        this.rules = rules;
        this.matcher = matcher;
        this.executions = executions;
        this.emitter = emitter;
    }

    /** A cancel that would take nothing away is ignored, as OUCH has it. */
    void cancel(final CancelOrderDecoder command) {
        final int session = command.session();
        if (!sessions.isDefined(session)) {
            return;
        }
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        final int order = orders.find(session, userRefIdx, userRefNum);
        if (order == OrderTable.NONE) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, RejectCode.UNKNOWN_ORDER.code);
            return;
        }
        final long quantity = command.quantity();
        if (quantity != 0 && quantity % instruments.lotSize(orders.instrument(order)) != 0) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, RejectCode.QUANTITY.code);
            return;
        }
        matcher.reduce(order, openLots(order, quantity), CancelReason.USER);
    }

    /** Fewer lots in place, and the kind of sell. */
    void modify(final ModifyOrderDecoder command) {
        final int session = command.session();
        if (!sessions.isDefined(session)) {
            return;
        }
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        final int order = orders.find(session, userRefIdx, userRefNum);
        if (order == OrderTable.NONE) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, RejectCode.UNKNOWN_ORDER.code);
            return;
        }
        final int refusal = checkModify(command, order);
        if (refusal != RejectCode.NONE.code) {
            emitter.cancelRejected(session, userRefIdx, userRefNum, refusal);
            return;
        }
        final long open = openLots(order, command.quantity());
        if (open <= 0) {
            matcher.cancel(order, CancelReason.USER);
            return;
        }
        records.putByte(order, OrderTable.SIDE, command.side());
        executions.mode(Executions.SILENT);
        matcher.reduce(order, open, CancelReason.USER);
        executions.mode(Executions.REPORT);
        emitter.modified(order);
    }

    private int checkModify(final ModifyOrderDecoder command, final int order) {
        if (rules.checkSide(command.side()) != RejectCode.NONE.code
                || (command.side() == 'B') != (orders.side(order) == 'B')) {
            return RejectCode.SIDE.code;
        }
        return command.quantity() > orders.executed(order) + orders.leaves(order)
                        || command.quantity() % instruments.lotSize(orders.instrument(order)) != 0
                ? RejectCode.QUANTITY.code
                : RejectCode.NONE.code;
    }

    /** Always loses priority. A dead original makes it void; bad terms cancel the original. */
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
        final int refusal = checkReplace(command, order);
        if (refusal != RejectCode.NONE.code) {
            matcher.cancel(order, CancelReason.USER);
            emitter.rejected(
                    session,
                    userRefIdx,
                    userRefNum,
                    refusal,
                    command.clOrdIdHigh(),
                    command.clOrdIdLow());
            return;
        }
        executions.replacing(order, orders.orderReference(order));
        rewrite(command, order, userRefNum);
        emitter.replaced(order, original);
        matcher.replace(terms);
    }

    private int checkReplace(final ReplaceOrderDecoder command, final int order) {
        final int instrument = orders.instrument(order);
        int code = rules.checkQuantity(instrument, command.quantity());
        code = code != 0 ? code : rules.checkPrice(instrument, command.price());
        code = code != 0 ? code : rules.checkTimeInForce(command.timeInForce());
        code = code != 0 ? code : rules.checkDisplay(command.display());
        code = code != 0 ? code : rules.checkSweep(command.interMarketSweep());
        code = code != 0 ? code : rules.checkTradingState(instrument);
        if (code == 0 && command.quantity() <= orders.executed(order)) {
            code = RejectCode.QUANTITY.code;
        }
        if (code == 0) {
            fillTerms(command, order, instrument);
            code = OrderEntry.admitted(matcher.admitReplace(terms));
        }
        return code;
    }

    private void fillTerms(
            final ReplaceOrderDecoder command, final int order, final int instrument) {
        terms.book = instrument;
        terms.order = order;
        terms.side = orders.side(order) == 'B' ? OrderTerms.BUY : OrderTerms.SELL;
        terms.timeInForce = rules.matcherTimeInForce(command.timeInForce());
        terms.priceTicks = rules.ticks(instrument, command.price(), terms.side);
        terms.lots = command.quantity() - orders.executed(order);
    }

    private void rewrite(final ReplaceOrderDecoder command, final int order, final int userRefNum) {
        orders.delist(order);
        records.putInt(order, OrderTable.USER_REF_NUM, userRefNum);
        orders.enlist(order);
        records.putLong(order, OrderTable.QUANTITY, command.quantity());
        records.putLong(order, OrderTable.LEAVES, terms.lots);
        records.putLong(order, OrderTable.PRICE, command.price());
        records.putLong(order, OrderTable.REFERENCE, state.next(EngineState.ORDER_REFERENCE));
        records.putLong(order, OrderTable.CL_ORD_ID_HIGH, command.clOrdIdHigh());
        records.putLong(order, OrderTable.CL_ORD_ID_LOW, command.clOrdIdLow());
        records.putByte(order, OrderTable.TIME_IN_FORCE, command.timeInForce());
        records.putByte(order, OrderTable.DISPLAY, command.display());
        records.putByte(order, OrderTable.SWEEP, command.interMarketSweep());
        records.putLong(order, OrderTable.UPDATED_NS, state.get(EngineState.TIME_NS));
    }

    /** Lots open when the total asked for, executed ones included, is {@code quantity}. */
    private long openLots(final int order, final long quantity) {
        return quantity - orders.executed(order);
    }
}
