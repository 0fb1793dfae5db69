package io.spindle.mgmt.supervisor;

/**
 * How long to wait before a dead process is started again: at once the first time, then from 200 ms
 * doubling up to ten seconds while it keeps dying young.
 */
final class Backoff {
    static final long FIRST_MS = 200;
    static final long LONGEST_MS = 10_000;

    /** A process that lived this long starts with a clean record. */
    static final long GOOD_LIFE_MS = 30_000;

    private long nextMs;

    /** The wait after a process has died that lived for {@code lifeMs}. */
    long afterDeathMs(final long lifeMs) {
        if (lifeMs >= GOOD_LIFE_MS) {
            nextMs = 0;
        }
        final long waitMs = nextMs;
        nextMs = Math.min(LONGEST_MS, Math.max(FIRST_MS, waitMs * 2));
        return waitMs;
    }
}
