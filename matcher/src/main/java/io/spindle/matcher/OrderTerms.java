package io.spindle.matcher;

/**
 * What an incoming order asks for: filled by the caller, read by {@link Matcher}, reused for ever.
 *
 * <p>Prices are ticks of the instrument, quantities lots. {@link #instructions} says which of the
 * fields below it are read; with 0 the order is a plain limit order and costs nothing more.
 */
public final class OrderTerms {
    public static final int BUY = 0;
    public static final int SELL = 1;

    /** Most lots an order can have: what market data can say. */
    public static final long MAX_LOTS = 0xFFFF_FFFFL;

    // Times in force.

    /**
     * Rest what is not filled. How long it may rest (day, date, for ever) is the caller's business.
     */
    public static final int REST = 0;

    /** Fill what can be filled at once, cancel the remainder. */
    public static final int IMMEDIATE_OR_CANCEL = 1;

    /** Fill everything at once or nothing. */
    public static final int FILL_OR_KILL = 2;

    /** Takes part in the opening or volatility auction, cancelled after it. */
    public static final int AT_OPEN = 3;

    /** Held until the closing auction, takes part in it, cancelled after it. */
    public static final int AT_CLOSE = 4;

    // Instructions.

    /** No limit but the price band; never rests. {@link #priceTicks} is ignored. */
    public static final int MARKET = 1;

    /** Cancelled instead of taking. */
    public static final int POST_ONLY = 1 << 1;

    /** Re-priced to the best price at which it does not take. */
    public static final int POST_ONLY_SLIDE = 1 << 2;

    /** Rests unseen, behind displayed orders of its price. */
    public static final int HIDDEN = 1 << 3;

    /** Cancelled unless {@link #minLots} are filled at once. */
    public static final int MIN_LOTS = 1 << 4;

    /** Shows {@link #peakLots} at a time; each new peak goes to the back. */
    public static final int ICEBERG = 1 << 5;

    /** Held until the market reaches {@link #triggerTicks}, then entered. */
    public static final int STOP = 1 << 6;

    /** With {@link #STOP}: the trigger follows the market at {@link #trail}. */
    public static final int TRAILING = 1 << 7;

    /** Rests unseen at a price that follows the best displayed prices, never beyond its limit. */
    public static final int PEGGED = 1 << 8;

    /** One cancels the other: linked with the live order {@link #link}. */
    public static final int OCO = 1 << 9;

    /** Wakes the dormant order {@link #link}, and what that is linked with, when executed. */
    public static final int BRACKET = 1 << 10;

    /** Held until a {@link #BRACKET} order wakes it. */
    public static final int DORMANT = 1 << 11;

    /** All that ties an order to others. */
    static final int LINKS = OCO | BRACKET | DORMANT;

    // Trigger sources.
    public static final int BY_LAST = 0;
    public static final int BY_BID = 1;
    public static final int BY_ASK = 2;
    public static final int BY_MID = 3;

    // Units of a trail.
    public static final int TICKS = 0;
    public static final int BASIS_POINTS = 1;

    // References of a peg.

    /** Best displayed price of the own side. */
    public static final int PEG_PRIMARY = 0;

    /** Best displayed price of the other side. */
    public static final int PEG_MARKET = 1;

    /** Half-way between both, rounded away from the other side. */
    public static final int PEG_MIDPOINT = 2;

    // What happens when an order meets a resting one of its own group.
    public static final int CANCEL_NEWEST = 0;
    public static final int CANCEL_OLDEST = 1;
    public static final int CANCEL_BOTH = 2;
    public static final int DECREMENT = 3;

    /** Book number given to {@link Matcher#openBook}. */
    public int book;

    /** The caller's dense name for the order, 0 … capacity − 1, unused by any live order. */
    public int order;

    /** {@link #BUY} or {@link #SELL}. */
    public int side;

    /** {@link #REST}, {@link #IMMEDIATE_OR_CANCEL}, … */
    public int timeInForce;

    /** Limit, in ticks, at least 1. */
    public long priceTicks;

    /** Quantity, in lots, at least 1. */
    public long lots;

    /** Fills that it has had elsewhere, counted against the bound of one order; mostly 0. */
    public int earlierFills;

    /** Orders of one group do not trade with each other; 0 for none. */
    public int group;

    /** {@link #CANCEL_NEWEST}, …; read when the order takes and has a group. */
    public int selfTradeMode;

    /** Any of {@link #MARKET} … {@link #DORMANT}. */
    public int instructions;

    public long minLots;
    public long peakLots;

    /** Each peak is drawn from peak − range … peak + range. */
    public long peakRangeLots;

    /** A trailing stop may leave it 0: then it starts at its distance from the market. */
    public long triggerTicks;

    /** {@link #BY_LAST}, … */
    public int triggerBy;

    /** Distance from the best price that the trigger's source has had. */
    public int trail;

    /** {@link #TICKS} or {@link #BASIS_POINTS}. */
    public int trailUnit;

    /** {@link #PEG_PRIMARY}, … */
    public int pegTo;

    /** Added to the reference for a buy order, subtracted for a sell order. */
    public int pegOffsetTicks;

    /** Name of another order. */
    public int link;
}
