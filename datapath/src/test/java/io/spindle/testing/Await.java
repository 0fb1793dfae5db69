package io.spindle.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process does, and says in words what never came. */
public final class Await {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long PAUSE_NS = 100_000;

    private Await() {}

    /** What is waited for; may do a turn of its own before it looks. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Looks again and again; an interrupt, which a test's timeout sends, ends it as time does. */
    public static void until(final Condition condition, final String what) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
