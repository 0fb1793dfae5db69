package io.spindle.oms;

import io.spindle.matcher.AdmitCode;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;

/** New orders: validate, reserve, then change state, then tell. */
final class OrderEntry {
    private final Tables tables;
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final NumberGate numbers;
    private final OrderRules rules;
    private final Matcher matcher;
    private final Emitter emitter;
    private final OrderTerms terms = new OrderTerms();

    OrderEntry(
            final Tables tables,
            final NumberGate numbers,
            final OrderRules rules,
            final Matcher matcher,
            final Emitter emitter) {
        this.tables = tables;
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.numbers = numbers;
        this.rules = rules;
        this.matcher = matcher;
        this.emitter = emitter;
    }

    void enter(final EnterOrderDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        if (!numbers.isNew(session, userRefIdx, userRefNum)) {
            return;
        }
        numbers.consume(session, userRefIdx, userRefNum);
        final int instrument = instruments.find(command.symbol());
        final int refusal = refusal(command, session, instrument);
        if (refusal != RejectCode.NONE.code) {
            emitter.rejected(
                    session,
                    userRefIdx,
                    userRefNum,
                    refusal,
                    command.clOrdIdHigh(),
                    command.clOrdIdLow());
            return;
        }
        final int order = orders.allocate();
        terms.order = order;
        record(command, order, instrument);
        emitter.accepted(order);
        matcher.enter(terms);
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

    private int refusal(final EnterOrderDecoder command, final int session, final int instrument) {
        int code = checkFields(command, instrument);
        if (code == RejectCode.NONE.code) {
            code = checkRoom(session, instrument);
        }
        if (code == RejectCode.NONE.code) {
            fillTerms(command, instrument);
            code = admitted(matcher.admit(terms));
        }
        return code;
    }

    private int checkFields(final EnterOrderDecoder command, final int instrument) {
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        int code = rules.checkSide(command.side());
        code = code != 0 ? code : rules.checkQuantity(instrument, command.quantity());
        code = code != 0 ? code : rules.checkPrice(instrument, command.price());
        code = code != 0 ? code : rules.checkTimeInForce(command.timeInForce());
        code = code != 0 ? code : rules.checkDisplay(command.display());
        code = code != 0 ? code : rules.checkCapacity(command.capacity());
        code = code != 0 ? code : rules.checkSweep(command.interMarketSweep());
        code = code != 0 ? code : rules.checkCrossType(command.crossType());
        return code != 0 ? code : rules.checkTradingState(instrument);
    }

    private int checkRoom(final int session, final int instrument) {
        if (orders.isFull()) {
            return RejectCode.ORDER_CAPACITY.code;
        }
        final int account = sessions.account(session);
        final boolean room =
                tables.cash.take(account, instruments.currency(instrument)) != CashTable.NONE
                        && tables.holdings.take(account, instrument) != HoldingTable.NONE;
        return room ? RejectCode.NONE.code : RejectCode.HOLDING_CAPACITY.code;
    }

    private void fillTerms(final EnterOrderDecoder command, final int instrument) {
        terms.book = instrument;
        terms.order = orders.next();
        terms.side = command.side() == 'B' ? OrderTerms.BUY : OrderTerms.SELL;
        terms.timeInForce = rules.matcherTimeInForce(command.timeInForce());
        terms.priceTicks = rules.ticks(instrument, command.price(), terms.side);
        terms.lots = command.quantity();
    }

    static int admitted(final int admitCode) {
        switch (admitCode) {
            case AdmitCode.OK:
                return RejectCode.NONE.code;
            case AdmitCode.NO_PRICE_LEVEL:
                return RejectCode.PRICE_LEVELS.code;
            case AdmitCode.PRICE:
                return RejectCode.PRICE.code;
            case AdmitCode.LOTS:
                return RejectCode.QUANTITY.code;
            default:
                return RejectCode.OTHER.code;
        }
    }

    private void record(final EnterOrderDecoder command, final int order, final int instrument) {
        final int session = command.session();
        final int account = sessions.account(session);
        final long now = tables.state.get(EngineState.TIME_NS);
        records.putShort(order, OrderTable.SESSION, session);
        records.putByte(order, OrderTable.USER_REF_IDX, command.userRefIdx());
        records.putByte(order, OrderTable.SIDE, command.side());
        records.putInt(order, OrderTable.USER_REF_NUM, (int) command.userRefNum());
        records.putInt(order, OrderTable.INSTRUMENT, instrument);
        records.putInt(order, OrderTable.ACCOUNT, account);
        records.putLong(order, OrderTable.QUANTITY, command.quantity());
        records.putLong(order, OrderTable.LEAVES, command.quantity());
        records.putLong(order, OrderTable.PRICE, command.price());
        records.putLong(
                order, OrderTable.REFERENCE, tables.state.next(EngineState.ORDER_REFERENCE));
        records.putLong(order, OrderTable.CL_ORD_ID_HIGH, command.clOrdIdHigh());
        records.putLong(order, OrderTable.CL_ORD_ID_LOW, command.clOrdIdLow());
        records.putByte(order, OrderTable.STATE, OrderState.ACCEPTED.ordinal());
        records.putByte(order, OrderTable.TIME_IN_FORCE, command.timeInForce());
        records.putByte(order, OrderTable.DISPLAY, command.display());
        records.putByte(order, OrderTable.CAPACITY, command.capacity());
        records.putByte(order, OrderTable.SWEEP, command.interMarketSweep());
        records.putByte(order, OrderTable.CROSS_TYPE, command.crossType());
        records.putInt(
                order,
                OrderTable.CASH,
                tables.cash.find(account, instruments.currency(instrument)));
        records.putInt(order, OrderTable.HOLDING, tables.holdings.find(account, instrument));
        records.putLong(order, OrderTable.ENTERED_NS, now);
        records.putLong(order, OrderTable.UPDATED_NS, now);
        orders.enlist(order);
        final Slab sessionRecords = sessions.records();
        sessionRecords.putInt(session, SessionTable.OPEN_ORDERS, sessions.openOrders(session) + 1);
    }
}
