package io.spindle.session;

/** At most so many permits a second, spent in bursts of up to one second's worth. */
final class RateLimit {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long intervalNs;
    private long nextFreeNs = Long.MIN_VALUE;

    RateLimit(final int perSecond) {
        intervalNs = SECOND_NS / perSecond;
    }

    /** Whether there is a permit at this time. */
    boolean isFree(final long nowNs) {
        return nextFreeNs <= nowNs;
    }

    /** Takes one permit if there is one at this time. */
    boolean tryAcquire(final long nowNs) {
        if (!isFree(nowNs)) {
            return false;
        }
        nextFreeNs = Math.max(nextFreeNs, nowNs - SECOND_NS + intervalNs) + intervalNs;
        return true;
    }
}
