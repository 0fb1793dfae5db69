package io.spindle.mgmt.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Calls that were not let in, by status, and which of those who did not log in is worth a line in
 * the audit: an address once a minute, and no more than {@value #MAX_LINES} a minute of all
 * together, so that nobody fills the disk. Thread-safe.
 */
public final class Refusals {
    private static final List<ProblemCode> KINDS =
            List.of(ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN, ProblemCode.TOO_MANY);

    /** Not logged in, no right, too often or too many at a time. */
    public static final List<Integer> STATUSES = KINDS.stream().map(kind -> kind.status).toList();

    static final int MAX_LINES = 60;
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final Map<Integer, LongAdder> counts =
            STATUSES.stream()
                    .collect(Collectors.toMap(status -> status, status -> new LongAdder()));

    /** A minute touches two windows at most. */
    private final Map<String, Long> notedNs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest) {
                    return size() > 2 * MAX_LINES;
                }
            };

    private long windowNs;
    private int lines;

    Refusals(final LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowNs = nanoTime.getAsLong();
    }

    /** Counts a problem that is one of those; who may do it with a second person is let in. */
    void add(final ProblemCode kind) {
        if (KINDS.contains(kind)) {
            counts.get(kind.status).increment();
        }
    }

    /** How many there were since this process began. */
    public long of(final int status) {
        return counts.get(status).sum();
    }

    /** True if it is to be noted that somebody at this address was not logged in. */
    synchronized boolean takeLine(final String address) {
        final long nowNs = nanoTime.getAsLong();
        if (nowNs - windowNs >= MINUTE_NS) {
            windowNs = nowNs;
            lines = 0;
        }
        final Long last = notedNs.get(address);
        if (lines == MAX_LINES || last != null && nowNs - last < MINUTE_NS) {
            return false;
        }
        notedNs.remove(address);
        notedNs.put(address, nowNs);
        lines++;
        return true;
    }
}
