package io.spindle.matcher;

/**
 * What an incoming order asks for: filled by the caller, read by {@link Matcher}, reused for ever.
 *
 * <p>Prices are ticks of the instrument, quantities lots.
 */
public final class OrderTerms {
    public static final int BUY = 0;
    public static final int SELL = 1;

    /**
     * Rest what is not filled. How long it may rest (day, date, for ever) is the caller's business.
     */
    public static final int REST = 0;

    /** Fill what can be filled at once, cancel the remainder. */
    public static final int IMMEDIATE_OR_CANCEL = 1;

    /** Most lots an order can have: what market data can say. */
    public static final long MAX_LOTS = 0xFFFF_FFFFL;

    /** Book number given to {@link Matcher#openBook}. */
    public int book;

    /** The caller's dense name for the order, 0 … capacity − 1, unused by any resting order. */
    public int order;

    /** {@link #BUY} or {@link #SELL}. */
    public int side;

    /** {@link #REST} or {@link #IMMEDIATE_OR_CANCEL}. */
    public int timeInForce;

    /** Limit, in ticks, at least 1. */
    public long priceTicks;

    /** Quantity, in lots, at least 1. */
    public long lots;
}
