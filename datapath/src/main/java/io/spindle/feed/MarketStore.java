package io.spindle.feed;

import io.spindle.codec.itch.MarketFeed;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldStream;
import io.spindle.oms.TradingEngine;

import java.nio.file.Path;

/**
 * The replica's side of the feed: the same encoder as the trading loop's, with files behind its
 * ring instead of lines in front of it. What the two encode is the same, byte for byte, so a
 * message that a line lost is found here.
 *
 * <p><i>Called from</i> the thread that applies commands to the replica.
 */
final class MarketStore implements AutoCloseable {
    private static final int RING_BYTES = 1 << 22;
    private static final int RING_MESSAGES = 1 << 16;

    private final MessageRing ring = new MessageRing(RING_BYTES, RING_MESSAGES);
    private final MoldStream stream = new MoldStream(ring);
    private final MarketFeed feed = new MarketFeed(stream);
    private final DayFiles days;

    private DayFile day;
    private long stored = 1;

    MarketStore(final Path folder) {
        days = new DayFiles(folder);
        ring.keeper(this::store);
    }

    /** Listener of the engine's market events. */
    MarketFeed feed() {
        return feed;
    }

    DayFiles days() {
        return days;
    }

    void attach(final TradingEngine engine) {
        feed.attach(engine);
        if (stream.sessions() > 0) {
            open();
        }
    }

    /** To be called inside {@code AdminEvents.onDayStart}. */
    void startDay(final int date, final int epoch) {
        store();
        feed.startDay(date, epoch);
        open();
    }

    /** Moves what was encoded into the file. */
    void store() {
        if (day != null && stored < ring.nextSequence()) {
            day.append(ring, stored);
            stored = ring.nextSequence();
        }
    }

    /** Makes the current session's file survive a loss of power. */
    void sync() {
        store();
        if (day != null) {
            day.force();
        }
    }

    /** Sequence that the next message of the current session will get. */
    long nextSequence() {
        return ring.nextSequence();
    }

    @Override
    public void close() {
        store();
        days.close();
    }

    private void open() {
        day = days.start(stream.sessionHead(), stream.sessionTail());
        stored = ring.nextSequence();
    }
}
