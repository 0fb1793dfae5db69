package io.spindle.matcher;

/** Answers of {@link Matcher#admit} and of the book commands. Numbers are stable; 0 is yes. */
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

    private AdmitCode() {}
}
