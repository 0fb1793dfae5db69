package io.spindle.oms;

/**
 * What became of orders, in the order in which it happened: the source of order-entry reports, drop
 * copy and every projection. Primitives only; called inside {@link TradingEngine#apply}, which must
 * not be called back from here.
 *
 * <p>An {@code order} is an index into {@link OrderTable}, valid for the length of the call and
 * until the order's terminal event. Prices are wire prices, quantities lots. The time and sequence
 * of the command that caused the event are {@link TradingEngine#timeNs} and {@link
 * TradingEngine#sequence}.
 */
public interface OrderEvents {
    /** The order passed all checks; comes before any of its fills. */
    default void onAccepted(final int order) {}

    /** {@code order} now carries the replacement's terms; the original number is dead. */
    default void onReplaced(final int order, final int originalUserRefNum) {}

    /**
     * One leg of a trade.
     *
     * @param maker true for the resting order
     */
    default void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {}

    /** Lots left the market untraded; reason is OUCH's character. */
    default void onCanceled(final int order, final long quantity, final int reason) {}

    /**
     * {@link #onCanceled} with reason {@link CancelReason#SELF_MATCH}: the order would have traded
     * with another of its account.
     *
     * @param prevented lots that would have traded
     * @param price at which they would have
     * @param maker true for the resting order
     */
    default void onSelfTradePrevented(
            final int order,
            final long quantity,
            final long prevented,
            final long price,
            final boolean maker) {
        onCanceled(order, quantity, CancelReason.SELF_MATCH);
    }

    /** Quantity cut down in place, priority kept; leaves are in the table. */
    default void onModified(final int order) {}

    /**
     * The request did not become an order; the number is consumed. {@code reason} is a {@link
     * RejectCode}.
     */
    default void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {}

    /** A cancel of a dead, unknown or foreign order. {@code detail} is a {@link RejectCode}. */
    default void onCancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {}

    /**
     * Numbers {@code first} … {@code first + count − 1} never arrived; precedes the answer to the
     * higher one.
     */
    default void onNotApplied(
            final int session, final int userRefIdx, final int first, final int count) {}

    /**
     * The order goes on under other circumstances; {@code reason} is a {@link RestateReason}.
     *
     * <p>Like every method here, one message to the order's session.
     */
    default void onRestated(final int order, final int reason) {}

    /** A mass cancel was taken; its cancels follow. */
    default void onMassCancel(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {}

    /** Order entry of the session's firm was disabled or enabled by the session. */
    default void onEntrySet(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {}

    /** Answer to an account query. */
    default void onNextUserRefNum(final int session, final int userRefIdx, final int next) {}

    /**
     * A trade of the session's order, which may be gone by now, was taken back.
     *
     * @param reason E erroneous, C by consent, S by the supervisor, X from outside
     */
    default void onTradeBroken(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long matchNumber,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {}

    /** In place of a trade that was taken back stands one at another price. */
    default void onTradeCorrected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {}
}
