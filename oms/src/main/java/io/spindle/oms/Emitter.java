package io.spindle.oms;

/**
 * The one way out of the engine: hands every event to its listener, folds it into the running
 * digest and counts the message that it is for a session.
 */
final class Emitter {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD6E8FEB86659FD93L;

    private static final int ACCEPTED = 1;
    private static final int REPLACED = 2;
    private static final int EXECUTED = 3;
    private static final int CANCELED = 4;
    private static final int MODIFIED = 5;
    private static final int REJECTED = 6;
    private static final int CANCEL_REJECTED = 7;
    private static final int NOT_APPLIED = 8;
    private static final int NEXT_USER_REF_NUM = 9;
    private static final int RESTATED = 10;
    private static final int MASS_CANCEL = 11;
    private static final int ENTRY_SET = 12;
    private static final int SYSTEM = 20;
    private static final int INSTRUMENT = 21;
    private static final int TRADING_STATE = 22;
    private static final int ADDED = 23;
    private static final int BOOK_EXECUTED = 24;
    private static final int REDUCED = 25;
    private static final int DELETED = 26;
    private static final int BOOK_REPLACED = 27;
    private static final int HIDDEN_TRADE = 28;
    private static final int SESSION_UP = 40;
    private static final int SESSION_DOWN = 41;
    private static final int SESSION = 42;
    private static final int ACCOUNT = 43;
    private static final int BALANCE = 44;
    private static final int HOLDING = 45;
    private static final int ADMIN_RESULT = 46;
    private static final int DAY_START = 47;
    private static final int ENTRY_STATE = 48;
    private static final int REFERENCE_PRICE = 49;
    private static final int HELD = 50;
    private static final int RISK_WARNING = 51;
    private static final int RISK_REJECTED = 52;

    private final EngineState state;
    private final OrderTable orders;
    private final SessionTable sessions;
    private final OrderEvents orderEvents;
    private final MarketEvents marketEvents;
    private final AdminEvents adminEvents;

    Emitter(
            final EngineState state,
            final OrderTable orders,
            final SessionTable sessions,
            final OrderEvents orderEvents,
            final MarketEvents marketEvents,
            final AdminEvents adminEvents) {
        this.state = state;
        this.orders = orders;
        this.sessions = sessions;
        this.orderEvents = orderEvents;
        this.marketEvents = marketEvents;
        this.adminEvents = adminEvents;
    }

    void accepted(final int order) {
        fold(ACCEPTED, orders.orderReference(order), orders.quantity(order), orders.price(order));
        sessions.countOutbound(orders.session(order));
        orderEvents.onAccepted(order);
    }

    void replaced(final int order, final int originalUserRefNum) {
        fold(REPLACED, orders.orderReference(order), orders.leaves(order), orders.price(order));
        sessions.countOutbound(orders.session(order));
        orderEvents.onReplaced(order, originalUserRefNum);
    }

    void executed(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        fold(EXECUTED + (maker ? 64 : 0), orders.orderReference(order), quantity, price);
        sessions.countOutbound(orders.session(order));
        orderEvents.onExecuted(order, quantity, price, maker, matchNumber);
    }

    void canceled(final int order, final long quantity, final int reason) {
        fold(CANCELED, orders.orderReference(order), quantity, reason);
        sessions.countOutbound(orders.session(order));
        orderEvents.onCanceled(order, quantity, reason);
    }

    void modified(final int order) {
        fold(MODIFIED, orders.orderReference(order), orders.leaves(order), orders.side(order));
        sessions.countOutbound(orders.session(order));
        orderEvents.onModified(order);
    }

    void rejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        fold(REJECTED, (long) session << 8 | userRefIdx, userRefNum, reason);
        sessions.countOutbound(session);
        orderEvents.onRejected(session, userRefIdx, userRefNum, reason, clOrdIdHigh, clOrdIdLow);
    }

    void cancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {
        fold(CANCEL_REJECTED, (long) session << 8 | userRefIdx, userRefNum, detail);
        sessions.countOutbound(session);
        orderEvents.onCancelRejected(session, userRefIdx, userRefNum, detail);
    }

    void notApplied(final int session, final int userRefIdx, final int first, final int count) {
        fold(NOT_APPLIED, (long) session << 8 | userRefIdx, first, count);
        sessions.countOutbound(session);
        orderEvents.onNotApplied(session, userRefIdx, first, count);
    }

    void nextUserRefNum(final int session, final int userRefIdx, final int next) {
        fold(NEXT_USER_REF_NUM, session, userRefIdx, next);
        sessions.countOutbound(session);
        orderEvents.onNextUserRefNum(session, userRefIdx, next);
    }

    void restated(final int order, final int reason) {
        fold(RESTATED, orders.orderReference(order), orders.leaves(order), reason);
        sessions.countOutbound(orders.session(order));
        orderEvents.onRestated(order, reason);
    }

    void massCancelled(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        fold(MASS_CANCEL, (long) session << 8 | userRefIdx, userRefNum, symbol);
        sessions.countOutbound(session);
        orderEvents.onMassCancel(session, userRefIdx, userRefNum, firm, symbol);
    }

    void entrySet(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        fold(ENTRY_SET, (long) session << 8 | userRefIdx, userRefNum, enabled ? 1 : 0);
        sessions.countOutbound(session);
        orderEvents.onEntrySet(session, userRefIdx, userRefNum, firm, enabled);
    }

    void systemEvent(final int code) {
        fold(SYSTEM, code, 0, 0);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onSystemEvent(code);
    }

    void instrument(final int instrument) {
        fold(INSTRUMENT, instrument, 0, 0);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onInstrument(instrument);
    }

    void tradingState(final int instrument, final int tradingState) {
        fold(TRADING_STATE, instrument, tradingState, 0);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onTradingState(instrument, tradingState);
    }

    void added(
            final int instrument,
            final long reference,
            final int side,
            final long quantity,
            final long price) {
        fold(ADDED, reference, quantity, price);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onOrderAdded(instrument, reference, side, quantity, price);
    }

    void bookExecuted(
            final int instrument,
            final long reference,
            final long quantity,
            final long price,
            final long matchNumber) {
        fold(BOOK_EXECUTED, reference, quantity, matchNumber);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onOrderExecuted(instrument, reference, quantity, price, matchNumber);
    }

    void reduced(final int instrument, final long reference, final long quantity) {
        fold(REDUCED, reference, quantity, instrument);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onOrderReduced(instrument, reference, quantity);
    }

    void deleted(final int instrument, final long reference) {
        fold(DELETED, reference, instrument, 0);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onOrderDeleted(instrument, reference);
    }

    void bookReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {
        fold(BOOK_REPLACED, newReference, quantity, price);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onOrderReplaced(instrument, oldReference, newReference, side, quantity, price);
    }

    void hiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {
        fold(HIDDEN_TRADE, matchNumber, quantity, price);
        state.next(EngineState.MARKET_EVENTS);
        marketEvents.onHiddenTrade(instrument, side, quantity, price, matchNumber);
    }

    void sessionUp(final int session) {
        fold(SESSION_UP, session, 0, 0);
        adminEvents.onSessionUp(session);
    }

    void sessionDown(final int session, final int reason) {
        fold(SESSION_DOWN, session, reason, 0);
        adminEvents.onSessionDown(session, reason);
    }

    void session(final int session) {
        fold(SESSION, session, 0, 0);
        adminEvents.onSession(session);
    }

    void account(final int account) {
        fold(ACCOUNT, account, 0, 0);
        adminEvents.onAccount(account);
    }

    void balance(final int account, final int currency, final long balance) {
        fold(BALANCE, account, currency, balance);
        adminEvents.onBalance(account, currency, balance);
    }

    void holding(final int account, final int instrument, final long lots) {
        fold(HOLDING, account, instrument, lots);
        adminEvents.onHolding(account, instrument, lots);
    }

    void adminResult(final long requestHigh, final long requestLow, final int code) {
        fold(ADMIN_RESULT, requestHigh, requestLow, code);
        adminEvents.onAdminResult(requestHigh, requestLow, code);
    }

    void dayStart(final int date, final int epoch) {
        fold(DAY_START, date, epoch, 0);
        adminEvents.onDayStart(date, epoch);
    }

    void entryState(final int scope, final int index, final int entryState) {
        fold(ENTRY_STATE, scope, index, entryState);
        adminEvents.onEntryState(scope, index, entryState);
    }

    void referencePrice(final int instrument, final long price) {
        fold(REFERENCE_PRICE, instrument, price, 0);
        adminEvents.onReferencePrice(instrument, price);
    }

    void held(final int order, final int rule) {
        fold(HELD, orders.orderReference(order), rule, 0);
        adminEvents.onHeld(order, rule);
    }

    void riskWarning(
            final int account, final int about, final long limit, final long value) {
        fold(RISK_WARNING, account, limit, value);
        adminEvents.onRiskWarning(account, about, limit, value);
    }

    void riskRejected(
            final OrderRequest request, final int check, final long limit, final long value) {
        fold(RISK_REJECTED, check, limit, value);
        adminEvents.onRiskRejected(
                request.session,
                request.userRefIdx,
                request.userRefNum,
                request.account,
                check,
                limit,
                value);
    }

    /** Follows from the other events, so it leaves the digest alone. */
    void transition(final int order, final int from, final int to) {
        adminEvents.onTransition(order, from, to);
    }

    /** Not an event of the log's own making, so it leaves the digest alone. */
    void digestMismatch(final long expected, final long actual) {
        adminEvents.onDigestMismatch(expected, actual);
    }

    private void fold(final int kind, final long a, final long b, final long c) {
        final long digest = state.get(EngineState.DIGEST);
        state.set(
                EngineState.DIGEST,
                (Long.rotateLeft(digest, 27) ^ a * FIRST + b) * SECOND + (c ^ (long) kind << 56));
    }
}
