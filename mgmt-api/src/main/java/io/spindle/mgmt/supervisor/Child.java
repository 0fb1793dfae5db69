package io.spindle.mgmt.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Whether the pid file names it, and whether it was said that this is not so. */
    private boolean noted;

    private boolean lamented;

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
     * Looks after the process: notes its death, starts it when it is due. Nothing that fails here
     * may end the others.
     *
     * @return what happened, empty when nothing did
     */
    String keepAlive(final long nowNs) {
        if (process == null) {
            return nowNs - dueNs >= 0 ? start(nowNs) : "";
        }
        if (!process.isAlive()) {
            return bury(nowNs);
        }
        return noted ? "" : note();
    }

    private String bury(final long nowNs) {
        final long lifeMs = TimeUnit.NANOSECONDS.toMillis(nowNs - startedNs);
        final String obituary =
                "%s (pid %d) ended with code %d after %.1f s; starting it again %s"
                        .formatted(
                                name,
                                process.pid(),
                                process.exitValue(),
                                lifeMs / 1e3,
                                postpone(nowNs, lifeMs));
        process = null;
        return obituary;
    }

    private String start(final long nowNs) {
        final var log = ProcessBuilder.Redirect.appendTo(folder.log(name).toFile());
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .start();
        } catch (final IOException failure) {
            return "%s does not start: %s; trying again %s"
                    .formatted(name, failure.getMessage(), postpone(nowNs, 0));
        }
        startedNs = nowNs;
        starts++;
        noted = false;
        lamented = false;
        return note();
    }

    /** Puts the next start off and says until when. */
    private String postpone(final long nowNs, final long lifeMs) {
        final long waitMs = backoff.afterDeathMs(lifeMs);
        dueNs = nowNs + TimeUnit.MILLISECONDS.toNanos(waitMs);
        return waitMs == 0 ? "now" : "in " + waitMs + " ms";
    }

    /** Writes its pid file; that it cannot is said once and tried again at every turn. */
    private String note() {
        try {
            folder.write(name, process.pid());
            noted = true;
            return "";
        } catch (final UncheckedIOException failure) {
            final boolean known = lamented;
            lamented = true;
            return known
                    ? ""
                    : "%s (pid %d) runs, but its pid file does not say so: %s"
                            .formatted(name, process.pid(), failure.getCause());
        }
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
