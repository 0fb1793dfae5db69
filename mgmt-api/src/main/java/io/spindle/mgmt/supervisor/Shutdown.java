package io.spindle.mgmt.supervisor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a process is ended: SIGTERM, patience, SIGKILL. */
public final class Shutdown {
    private Shutdown() {}

    /**
     * Returns when the process is gone.
     *
     * @return true if it went by itself within the grace time
     */
    public static boolean end(final ProcessHandle process, final long graceMs) {
        process.destroy();
        if (gone(process, graceMs)) {
            return true;
        }
        process.destroyForcibly();
        gone(process, graceMs);
        return false;
    }

    private static boolean gone(final ProcessHandle process, final long patienceMs) {
        try {
            process.onExit().get(patienceMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (final TimeoutException stubborn) {
            return false;
        } catch (final ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
