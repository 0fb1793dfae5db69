package io.spindle.matcher;

/**
 * Answers of {@link Matcher#admit} and of the commands that concern a book. Numbers are stable; 0
 * is yes.
 */
public final class AdmitCode {
    public static final int OK = 0;

    /** No such book, or it is not open. */
    public static final int UNKNOWN_BOOK = 1;

    /** The book is open already. */
    public static final int BOOK_OPEN = 2;

    /** Orders still rest in the book. */
    public static final int BOOK_NOT_EMPTY = 3;

    /** Not between 1 tick and the book's maximum. */
    public static final int PRICE = 4;

    /** Not between 1 lot and {@link OrderTerms#MAX_LOTS}. */
    public static final int LOTS = 5;

    /** Neither buy nor sell. */
    public static final int SIDE = 6;

    /** Not a known time in force. */
    public static final int TIME_IN_FORCE = 7;

    /** The order's name is outside the configured capacity. */
    public static final int UNKNOWN_ORDER = 8;

    /** The order's name is in use. */
    public static final int ORDER_IN_USE = 9;

    /** No memory for another price level; the configured node pool is used up. */
    public static final int NO_PRICE_LEVEL = 10;

    /** The book's trading state takes no such order. */
    public static final int STATE = 11;

    /** The instrument does not allow this instruction or time in force. */
    public static final int NOT_ALLOWED = 12;

    /** Instructions that contradict each other or the time in force. */
    public static final int INCOMPATIBLE = 13;

    /** Outside the static price band. */
    public static final int PRICE_BAND = 14;

    /** Not a multiple of the tick table's step at this price. */
    public static final int TICK = 15;

    /** Minimum quantity not between 1 and the order's lots. */
    public static final int MIN_LOTS = 16;

    /** Peak not between 1 and the order's lots, or the range as large as the peak. */
    public static final int PEAK = 17;

    /** Trigger price, trigger source or trail out of range. */
    public static final int TRIGGER = 18;

    /** Unknown peg reference, or an offset beyond the book's prices. */
    public static final int PEG = 19;

    /** The linked order is not live, not fit for the link, or linked already. */
    public static final int LINK = 20;

    /** Unknown self-trade mode. */
    public static final int SELF_TRADE_MODE = 21;

    /** The book holds as many pegged and trailing orders as it may. */
    public static final int TOO_MANY_MOVERS = 22;

    /** A market order in a call needs a reference price. */
    public static final int NO_REFERENCE = 23;

    /** Bids and asks overlap: the book needs an uncross first. */
    public static final int CROSSED = 24;

    /** Not a set of rules: bounds out of order, a step below 1, too many rows. */
    public static final int RULES = 25;

    private AdmitCode() {}
}
