package io.spindle.mgmt.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an instrument may be in: trading; a call, in which orders gather for an auction; or neither.
 * The letters are those of the engine and of the feed.
 */
public enum TradingState {
    HALTED('H', false),
    PAUSED('P', true),
    QUOTATION_ONLY('Q', true),
    TRADING('T', true),
    CLOSING_AUCTION('C', true),
    CANCEL_ONLY('K', false),
    CLOSED('X', false);

    /** As the API writes them, in the order of their declaration. */
    public static final List<String> WORDS =
            Stream.of(values()).map(state -> state.name().toLowerCase(Locale.ROOT)).toList();

    public final char letter;

    /** Whether new orders are taken. */
    public final boolean takesOrders;

    TradingState(final char letter, final boolean takesOrders) {
        this.letter = letter;
        this.takesOrders = takesOrders;
    }

    /**
     * Whether the letter is that of a state out of which people have to let an instrument go, if
     * they have put it there; what is closed, a calendar opens.
     */
    public static boolean isHalt(final char letter) {
        return letter == HALTED.letter || letter == CANCEL_ONLY.letter;
    }

    /**
     * Whether a stop is lifted, at once or by the next phase of a calendar.
     *
     * @param from letter of the present state
     */
    public static boolean isLifted(final char from, final TradingState to) {
        return isHalt(from)
                ? to != HALTED && to.letter != from
                : from == CLOSED.letter && to.takesOrders;
    }

    /**
     * @throws IllegalArgumentException for a word that is none of {@link #WORDS}
     */
    public static TradingState of(final String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
