package io.spindle.mgmt.model;

/**
 * Something that became true with a command of the log. Immutable; whoever keeps facts in order of
 * sequence can say what was true at any time.
 */
public sealed interface Fact
        permits Account,
                AdminAnswer,
                Algorithm,
                Alert,
                Balance,
                CancelRefusal,
                EntryQuote,
                Holding,
                Instrument,
                Metadata,
                Order,
                RoutingQuote,
                SessionState,
                Trade,
                TradeBroken,
                TradingDay {
    /** Of the command that made it true. */
    long sequence();

    /** Log time of that command, ns since the Unix epoch. */
    long timeNs();
}
