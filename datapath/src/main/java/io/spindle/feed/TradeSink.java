package io.spindle.feed;

/**
 * An adapter to a settlement system: hears each leg of each trade, in sequence, and again with its
 * quantity negative if it is taken back. After a restart it hears the day again from its first leg
 * and must know by the sequence what it has handed on.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
interface TradeSink extends AutoCloseable {
    /** Sequences begin at 1 again; {@code sessionId} names the day. */
    void startDay(String sessionId);

    void onTrade(TradeLeg leg);

    /** Everything that was recorded so far has been told. */
    void flush();

    @Override
    void close();
}
