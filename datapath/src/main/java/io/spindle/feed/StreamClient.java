package io.spindle.feed;

import io.spindle.session.Packets;

import java.net.InetSocketAddress;

/**
 * One logged-in receiver of a {@link StreamServer}: what it gets, how far it is, when it was heard.
 */
final class StreamClient {
    final InetSocketAddress address;
    final int session;
    final BlockSource source;

    private long next;
    private long againNext;
    private long againEnd;
    private long heardNs;
    private long sentNs;

    StreamClient(
            final InetSocketAddress address,
            final int session,
            final BlockSource source,
            final long first,
            final long nowNs) {
        this.address = address;
        this.session = session;
        this.source = source;
        next = first;
        heardNs = nowNs;
        sentNs = nowNs;
    }

    /** First sequence that was not sent yet. */
    long next() {
        return next;
    }

    boolean hasNew() {
        return next < source.nextSequence();
    }

    void sentNew(final int count, final long nowNs) {
        next += count;
        sentNs = nowNs;
    }

    /** Wants a range again, as far as it was sent; replaces a range still being sent. */
    void again(final long first, final int count) {
        againNext = Math.max(first, 1);
        againEnd = Math.min(first + count, next);
    }

    boolean wantsAgain() {
        return againNext < againEnd;
    }

    long againNext() {
        return againNext;
    }

    int againCount() {
        return (int) (againEnd - againNext);
    }

    void sentAgain(final int count, final long nowNs) {
        againNext += count;
        sentNs = nowNs;
    }

    void heard(final long nowNs) {
        heardNs = nowNs;
    }

    boolean isSilent(final long nowNs) {
        return nowNs - heardNs >= Packets.SILENCE_LIMIT_NS;
    }

    boolean isBeatDue(final long nowNs) {
        return nowNs - sentNs >= Packets.HEARTBEAT_INTERVAL_NS;
    }

    void beaten(final long nowNs) {
        sentNs = nowNs;
    }
}
