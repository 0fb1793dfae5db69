package io.spindle.mgmt.supervisor;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One supervised process: its command, its present incarnation and when the next one is due.
 *
 * <p><i>Called from</i> the supervisor's thread only.
 */
final class Child {
    private final String name;
    private final List<String> command;
    private final RunFolder folder;
    private final Backoff backoff = new Backoff();
    private Process process;
    private long startedNs;
    private long dueNs;
    private int starts;

    Child(final String name, final List<String> command, final RunFolder folder, final long nowNs) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = folder;
        this.dueNs = nowNs;
    }

    String name() {
        return name;
    }

    int starts() {
        return starts;
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    /**
     * Looks after the process: notes its death, starts it when it is due.
     *
     * @return what happened, empty when nothing did
     */
    String keepAlive(final long nowNs) throws IOException {
        if (process != null && !process.isAlive()) {
            final long lifeMs = TimeUnit.NANOSECONDS.toMillis(nowNs - startedNs);
            final long waitMs = backoff.afterDeathMs(lifeMs);
            final String obituary =
                    "%s (pid %d) ended with code %d after %.1f s; starting it again %s"
                            .formatted(
                                    name,
                                    process.pid(),
                                    process.exitValue(),
                                    lifeMs / 1e3,
                                    waitMs == 0 ? "now" : "in " + waitMs + " ms");
            dueNs = nowNs + TimeUnit.MILLISECONDS.toNanos(waitMs);
            process = null;
            return obituary;
        }
        if (process == null && nowNs - dueNs >= 0) {
            start(nowNs);
        }
        return "";
    }

    private void start(final long nowNs) throws IOException {
        final var log = ProcessBuilder.Redirect.appendTo(folder.log(name).toFile());
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        folder.write(name, process.pid());
        startedNs = nowNs;
        starts++;
    }

    /** Asks it to end, waits, and insists after {@code graceMs}. */
    void stop(final long graceMs) {
        if (process != null) {
            Shutdown.end(process.toHandle(), graceMs);
            process = null;
        }
        folder.remove(name);
    }
}
