package io.spindle.mgmt.stream;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The views that can be subscribed to. */
public enum Topic {
    /** Open orders: replaced as they change, removed when they end. */
    ORDERS,
    /** Every change of every order, with what caused it. */
    UPDATES,
    /** Trades. */
    TRANSACTIONS,
    /** Answers to admin commands, refused cancels, algorithms. */
    REQUESTS,
    BALANCES,
    HOLDINGS,
    /** Sessions and the trading day. */
    STATUS,
    /** Instruments and accounts. */
    METADATA,
    /** All trades, without their parties. */
    TRADES,
    /** The best prices of each book. */
    TOP,
    /** Ten levels of each book. */
    DEPTH;

    /** What a subscriber gets who names nothing: all but market data. */
    public static Set<Topic> usual() {
        return EnumSet.complementOf(EnumSet.of(TRADES, TOP, DEPTH));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Topic> of(final String label) {
        return Arrays.stream(values()).filter(topic -> topic.label().equals(label)).findFirst();
    }
}
