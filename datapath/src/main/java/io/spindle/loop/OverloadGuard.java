package io.spindle.loop;

import io.spindle.codec.ouch.OuchIngress;

/**
 * Refuses new orders once datagrams wait too long between the card and the loop, until everything
 * that waits has been taken; cancels pass all the while. So a queue that has grown too long is
 * worked off at the speed of refusals, and nobody trades on a price that he has long forgotten.
 *
 * <p>How long a datagram waited is known by its stamp. Without one, or with a wrong one after a
 * step of the clock, it is known at most: it cannot have waited since before the queue was last
 * found empty.
 *
 * <p><i>Called from</i> the loop's thread only.
 */
final class OverloadGuard {
    private static final long NEVER = Long.MIN_VALUE;

    private final OuchIngress messages;
    private final NetCounters counters;
    private final long maxWaitNs;
    private long drainedNs = NEVER;
    private boolean overloaded;

    /**
     * @param maxWaitNs a datagram that waited longer begins a refusal; {@link Long#MAX_VALUE} =
     *     never
     */
    OverloadGuard(final OuchIngress messages, final NetCounters counters, final long maxWaitNs) {
        this.messages = messages;
        this.counters = counters;
        this.maxWaitNs = maxWaitNs;
    }

    /**
     * A datagram is about to be handed on.
     *
     * @param receivedNs log time of its arrival, 0 = unknown
     */
    void onDatagram(final long receivedNs, final long timeNs) {
        if (!overloaded && drainedNs != NEVER && waitedNs(receivedNs, timeNs) > maxWaitNs) {
            overloaded = true;
            counters.overloads++;
            messages.overloaded(true);
        }
    }

    private long waitedNs(final long receivedNs, final long timeNs) {
        return timeNs - Math.max(receivedNs, drainedNs);
    }

    /** A burst is done. {@code drained}: nothing was left behind it. */
    void onBurst(final boolean drained, final long timeNs) {
        if (!drained) {
            return;
        }
        drainedNs = timeNs;
        if (overloaded) {
            overloaded = false;
            messages.overloaded(false);
        }
    }
}
