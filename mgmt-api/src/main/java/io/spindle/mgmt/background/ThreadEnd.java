package io.spindle.mgmt.background;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;

/** How a thread of this process is ended: an interrupt, patience, and a word if both were vain. */
public final class ThreadEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadEnd.class);

    /** An answer of the trading process is waited for 5 s, and no interrupt shortens that. */
    private static final long PATIENCE_MS = 10_000;

    private ThreadEnd() {}

    /**
     * Interrupts it and waits until it is gone. One that does not go in time is left to the end of
     * the process, and the log says where it stands: whoever closes goes on without it.
     *
     * @param thread may be one that was never started
     * @return false if it still runs
     */
    public static boolean await(final Thread thread) {
        return await(thread, PATIENCE_MS);
    }

    static boolean await(final Thread thread, final long patienceMs) {
        thread.interrupt();
        try {
            thread.join(patienceMs);
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        final boolean isGone = !thread.isAlive();
        if (!isGone) {
            LOG.error(
                    "thread {} does not end; it stands at {}",
                    thread.getName(),
                    Arrays.toString(thread.getStackTrace()));
        }
        return isGone;
    }
}
