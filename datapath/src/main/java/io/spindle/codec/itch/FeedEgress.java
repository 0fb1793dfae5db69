package io.spindle.codec.itch;

import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.Cold;

/**
 * The trading loop's side of the feed: one encoder, one stream, two lines.
 *
 * <p><i>Called from</i> the trading loop.
 */
public final class FeedEgress {
    /** Half a million messages: some tenths of a second at the highest rate, for a full card. */
    private static final int RING_BYTES = 1 << 24;

    private static final int RING_MESSAGES = 1 << 19;

    private final MoldStream stream = new MoldStream(new MessageRing(RING_BYTES, RING_MESSAGES));
    private final MarketFeed feed = new MarketFeed(stream);
    private final FeedLine lineA;
    private final FeedLine lineB;
    private long limit = Long.MAX_VALUE;

    public FeedEgress(final UdpFrameEncoder frames, final Ports ports) {
        lineA = new FeedLine(stream, frames, Ports.GROUP_A, ports.lineA());
        lineB = new FeedLine(stream, frames, Ports.GROUP_B, ports.lineB());
    }

    /** Listener of the engine's market events. */
    public MarketFeed feed() {
        return feed;
    }

    /** Recovery is over: what it encoded was sent in its time, or is asked for again. */
    @Cold
    public void open(final long nowNs) {
        lineA.open(nowNs);
        lineB.open(nowNs);
    }

    /** Messages below this sequence may leave; at 0 the session itself must wait. */
    public void release(final long sequence) {
        limit = sequence;
    }

    /** Sends what may leave. Returns the number of datagrams. */
    public int flush(final long nowNs) {
        return lineA.send(limit, nowNs) + lineB.send(limit, nowNs);
    }

    /** Sessions begun so far. */
    public int sessions() {
        return stream.sessions();
    }

    /** Reads the memory of the next message; see {@link io.spindle.log.CommandLog#warm}. */
    public long warm() {
        return stream.messages().warm();
    }

    /** Messages of the session so far. */
    public long messages() {
        return stream.messages().nextSequence() - 1;
    }

    /** Datagrams sent on both lines. */
    public long packets() {
        return lineA.packets() + lineB.packets();
    }

    /** Messages overwritten before a line could send them. */
    public long skipped() {
        return lineA.skipped() + lineB.skipped();
    }
}
