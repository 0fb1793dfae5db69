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

    /** Whether the letter is that of a state in which no new orders are taken. */
    public static boolean isStop(final char letter) {
        return Stream.of(values()).anyMatch(state -> state.letter == letter && !state.takesOrders);
    }

    /**
     * @throws IllegalArgumentException for a word that is none of {@link #WORDS}
     */
    public static TradingState of(final String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
