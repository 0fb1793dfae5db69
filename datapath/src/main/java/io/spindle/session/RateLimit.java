package io.spindle.session;

/** At most so many permits a second, spent in bursts of up to one second's worth. */
public final class RateLimit {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long intervalNs;
    private long nextFreeNs = Long.MIN_VALUE;

    public RateLimit(final int perSecond) {
        intervalNs = SECOND_NS / perSecond;
    }

    /** Takes one permit if there is one at this time. */
    public boolean tryAcquire(final long nowNs) {
        if (nextFreeNs < nowNs - SECOND_NS + intervalNs) {
            nextFreeNs = nowNs - SECOND_NS + intervalNs;
        }
        if (nextFreeNs > nowNs) {
            return false;
        }
        nextFreeNs += intervalNs;
        return true;
    }
}
