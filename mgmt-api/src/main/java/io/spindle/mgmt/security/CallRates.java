package io.spindle.mgmt.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One token bucket for each caller, kept as the time at which it is full again. Remembers a bounded
 * number of callers; who is forgotten starts with a full bucket. Thread-safe.
 */
public final class CallRates {
    private static final int MAX_CALLERS = 4_096;

    private final long intervalNs;
    private final long depthNs;
    private final LongSupplier nanoTime;
    private final Map<String, Long> fullAtNs =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest) {
                    return size() > MAX_CALLERS;
                }
            };

    /**
     * @param perSecond calls a second in the long run
     * @param burst calls at once
     */
    public CallRates(final int perSecond, final int burst, final LongSupplier nanoTime) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "perSecond=" + perSecond + " burst=" + burst + ": at least 1");
        }
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.depthNs = burst * intervalNs;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a token.
     *
     * @return 0, or the nanoseconds until there is one
     */
    public synchronized long take(final String caller) {
        final long nowNs = nanoTime.getAsLong();
        final Long known = fullAtNs.get(caller);
        final long fullAt = known == null || known - nowNs < 0 ? nowNs : known;
        final long waitNs = fullAt + intervalNs - nowNs - depthNs;
        if (waitNs > 0) {
            return waitNs;
        }
        fullAtNs.put(caller, fullAt + intervalNs);
        return 0;
    }
}
