package io.spindle.oms;

/**
 * The way out of the engine for orders and administration: hands every event to its listener, folds
 * it into the running digest and counts the message that it is for a session.
 */
final class Emitter {
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
    private static final int TRADE_BROKEN = 13;
    private static final int TRADE_CORRECTED = 14;
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
    private static final int ALGORITHM = 53;

    private final Digest digest;
    private final OrderTable orders;
    private final SessionTable sessions;
    private final OrderEvents orderEvents;
    private final AdminEvents adminEvents;

    Emitter(
            final Digest digest,
            final OrderTable orders,
            final SessionTable sessions,
            final OrderEvents orderEvents,
            final AdminEvents adminEvents) {
        this.digest = digest;
        this.orders = orders;
        this.sessions = sessions;
        this.orderEvents = orderEvents;
        this.adminEvents = adminEvents;
    }

    void accepted(final int order) {
        digest.fold(
                ACCEPTED,
                orders.orderReference(order),
                orders.quantity(order),
                orders.price(order));
        sessions.countOutbound(orders.session(order));
        orderEvents.onAccepted(order);
    }

    void replaced(final int order, final int originalUserRefNum) {
        digest.fold(
                REPLACED, orders.orderReference(order), orders.leaves(order), orders.price(order));
        sessions.countOutbound(orders.session(order));
        orderEvents.onReplaced(order, originalUserRefNum);
    }

    void executed(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        digest.fold(EXECUTED + (maker ? 64 : 0), orders.orderReference(order), quantity, price);
        sessions.countOutbound(orders.session(order));
        orderEvents.onExecuted(order, quantity, price, maker, matchNumber);
    }

    void canceled(final int order, final long quantity, final int reason) {
        digest.fold(CANCELED, orders.orderReference(order), quantity, reason);
        sessions.countOutbound(orders.session(order));
        orderEvents.onCanceled(order, quantity, reason);
    }

    void selfTradePrevented(
            final int order,
            final long quantity,
            final long prevented,
            final long price,
            final boolean maker) {
        digest.fold(CANCELED, orders.orderReference(order), quantity, CancelReason.SELF_MATCH);
        sessions.countOutbound(orders.session(order));
        orderEvents.onSelfTradePrevented(order, quantity, prevented, price, maker);
    }

    void modified(final int order) {
        digest.fold(
                MODIFIED, orders.orderReference(order), orders.leaves(order), orders.side(order));
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
        digest.fold(REJECTED, (long) session << 8 | userRefIdx, userRefNum, reason);
        sessions.countOutbound(session);
        orderEvents.onRejected(session, userRefIdx, userRefNum, reason, clOrdIdHigh, clOrdIdLow);
    }

    void cancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {
        digest.fold(CANCEL_REJECTED, (long) session << 8 | userRefIdx, userRefNum, detail);
        sessions.countOutbound(session);
        orderEvents.onCancelRejected(session, userRefIdx, userRefNum, detail);
    }

    void notApplied(final int session, final int userRefIdx, final int first, final int count) {
        digest.fold(NOT_APPLIED, (long) session << 8 | userRefIdx, first, count);
        sessions.countOutbound(session);
        orderEvents.onNotApplied(session, userRefIdx, first, count);
    }

    void nextUserRefNum(final int session, final int userRefIdx, final int next) {
        digest.fold(NEXT_USER_REF_NUM, session, userRefIdx, next);
        sessions.countOutbound(session);
        orderEvents.onNextUserRefNum(session, userRefIdx, next);
    }

    void restated(final int order, final int reason) {
        digest.fold(RESTATED, orders.orderReference(order), orders.leaves(order), reason);
        sessions.countOutbound(orders.session(order));
        orderEvents.onRestated(order, reason);
    }

    /** One side of a trade that is taken back. */
    void tradeBroken(final Slab trades, final int trade, final int side, final int reason) {
        final int session = trades.getInt(trade, side + TradeTable.SESSION);
        final long matchNumber = trades.getLong(trade, TradeTable.MATCH_NUMBER);
        digest.fold(TRADE_BROKEN, matchNumber, session, reason);
        sessions.countOutbound(session);
        orderEvents.onTradeBroken(
                session,
                trades.getInt(trade, side + TradeTable.USER_REF_IDX),
                trades.getInt(trade, side + TradeTable.USER_REF_NUM),
                matchNumber,
                reason,
                trades.getLong(trade, side + TradeTable.CL_ORD_ID_HIGH),
                trades.getLong(trade, side + TradeTable.CL_ORD_ID_LOW));
    }

    /** One side of a trade that replaces one taken back. */
    void tradeCorrected(final Slab trades, final int trade, final int side) {
        final int session = trades.getInt(trade, side + TradeTable.SESSION);
        final long matchNumber = trades.getLong(trade, TradeTable.MATCH_NUMBER);
        final long price = trades.getLong(trade, TradeTable.PRICE);
        digest.fold(TRADE_CORRECTED, matchNumber, session, price);
        sessions.countOutbound(session);
        orderEvents.onTradeCorrected(
                session,
                trades.getInt(trade, side + TradeTable.USER_REF_IDX),
                trades.getInt(trade, side + TradeTable.USER_REF_NUM),
                trades.getLong(trade, TradeTable.LOTS),
                price,
                trades.getInt(trade, side + TradeTable.RESTED) != 0,
                matchNumber);
    }

    void massCancelled(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        digest.fold(MASS_CANCEL, (long) session << 8 | userRefIdx, userRefNum, symbol);
        sessions.countOutbound(session);
        orderEvents.onMassCancel(session, userRefIdx, userRefNum, firm, symbol);
    }

    void entrySet(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        digest.fold(ENTRY_SET, (long) session << 8 | userRefIdx, userRefNum, enabled ? 1 : 0);
        sessions.countOutbound(session);
        orderEvents.onEntrySet(session, userRefIdx, userRefNum, firm, enabled);
    }

    void sessionUp(final int session) {
        digest.fold(SESSION_UP, session, 0, 0);
        adminEvents.onSessionUp(session);
    }

    void sessionDown(final int session, final int reason) {
        digest.fold(SESSION_DOWN, session, reason, 0);
        adminEvents.onSessionDown(session, reason);
    }

    void session(final int session) {
        digest.fold(SESSION, session, 0, 0);
        adminEvents.onSession(session);
    }

    void account(final int account) {
        digest.fold(ACCOUNT, account, 0, 0);
        adminEvents.onAccount(account);
    }

    void balance(final int account, final int currency, final long balance) {
        digest.fold(BALANCE, account, currency, balance);
        adminEvents.onBalance(account, currency, balance);
    }

    void holding(final int account, final int instrument, final long lots) {
        digest.fold(HOLDING, account, instrument, lots);
        adminEvents.onHolding(account, instrument, lots);
    }

    void adminResult(final long requestHigh, final long requestLow, final int code) {
        digest.fold(ADMIN_RESULT, requestHigh, requestLow, code);
        adminEvents.onAdminResult(requestHigh, requestLow, code);
    }

    void dayStart(final int date, final int epoch) {
        digest.fold(DAY_START, date, epoch, 0);
        adminEvents.onDayStart(date, epoch);
    }

    void entryState(final int scope, final int index, final int entryState) {
        digest.fold(ENTRY_STATE, scope, index, entryState);
        adminEvents.onEntryState(scope, index, entryState);
    }

    void referencePrice(final int instrument, final long price) {
        digest.fold(REFERENCE_PRICE, instrument, price, 0);
        adminEvents.onReferencePrice(instrument, price);
    }

    void held(final int order, final int rule) {
        digest.fold(HELD, orders.orderReference(order), rule, 0);
        adminEvents.onHeld(order, rule);
    }

    void algorithm(final AlgorithmTable algorithms, final int algorithm) {
        digest.fold(
                ALGORITHM,
                algorithms.reference(algorithm),
                algorithms.executed(algorithm),
                algorithms.state(algorithm));
        adminEvents.onAlgorithm(algorithm);
    }

    void riskWarning(final int account, final int about, final long limit, final long value) {
        digest.fold(RISK_WARNING, account, limit, value);
        adminEvents.onRiskWarning(account, about, limit, value);
    }

    void riskRejected(
            final OrderRequest request, final int check, final long limit, final long value) {
        digest.fold(RISK_REJECTED, check, limit, value);
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
}
