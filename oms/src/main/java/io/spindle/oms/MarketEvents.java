package io.spindle.oms;

/**
 * What the public may see of the books, in the order in which it happened: the source of the ITCH
 * feed. Same contract as {@link OrderEvents}. Hidden quantity never appears here.
 *
 * <p>Each event is one message of the feed; a day begins, after {@link AdminEvents#onDayStart},
 * with a system event, all instruments and all displayed orders.
 *
 * <p>{@code instrument} is the stock locate, from 1. {@code orderReference} is a counter, never a
 * memory slot.
 */
public interface MarketEvents {
    /** ITCH system event code: O, S, Q, M, E, C. */
    default void onSystemEvent(final int code) {}

    /** A new or changed instrument; details are in {@link InstrumentTable}. */
    default void onInstrument(final int instrument) {}

    /** Trading action: H halted, P paused, Q quotation only, T trading. */
    default void onTradingState(final int instrument, final int state) {}

    default void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {}

    /** As {@link #onOrderAdded}, for an order that wants to show whose it is; firm packed. */
    default void onAttributedOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price,
            final int firm) {
        onOrderAdded(instrument, orderReference, side, quantity, price);
    }

    /** Fill of a displayed order at its own price. */
    default void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {}

    /** Part of a displayed order was taken away. */
    default void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {}

    default void onOrderDeleted(final int instrument, final long orderReference) {}

    default void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {}

    /** Fill of a maker that was not displayed. */
    default void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {}

    /**
     * Fill of a displayed order in an auction, at the auction's price. To be taken off the book,
     * not to be counted as a trade: {@link #onCrossTrade} sums the auction up. ITCH C, not
     * printable.
     */
    default void onOrderCrossed(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {}

    /**
     * All that an auction traded, hidden orders too, when it is over; ITCH Q. An auction without a
     * trade says nothing.
     *
     * @param cross O opening, C closing, H after a halt or in between
     */
    default void onCrossTrade(
            final int instrument,
            final long quantity,
            final long price,
            final long matchNumber,
            final int cross) {}

    /** Trading was halted here by the operator, or goes on; behind the trading state. ITCH h. */
    default void onOperationalHalt(final int instrument, final boolean halted) {}

    /**
     * The prices between which the call that has begun may end in trades, and again whenever they
     * move; details are in {@link InstrumentTable}. ITCH J.
     */
    default void onCollar(final int instrument) {}

    /**
     * What the auction would do if the call ended now: when a call begins, and every second. ITCH
     * I.
     *
     * @param price at which it would trade, 0 when bids and asks do not meet
     * @param paired lots that would trade
     * @param imbalance lots wanted beyond those at that price: positive to buy, negative to sell
     * @param cross as in {@link #onCrossTrade}
     */
    default void onIndication(
            final int instrument,
            final long price,
            final long paired,
            final long imbalance,
            final int cross) {}

    /** A trade was taken back. */
    default void onTradeBroken(final int instrument, final long matchNumber) {}
}
