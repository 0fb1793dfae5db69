package io.spindle.mgmt.process;

import io.spindle.log.Refusal;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.mgmt.api.HealthApi;

import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The trading loop seen from outside, through its counters file. Each trading process makes the
 * file anew; a dead one leaves its last values behind, so a loop counts as alive only while its
 * process lives and its clock moves.
 */
final class LoopWatch {
    private static final long STALE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Path file;
    private final Path pidFile;
    private final LongSupplier nanoTime;
    private Object openFileKey;
    private CountersReader counters;
    private long lastLogTimeNs = Long.MIN_VALUE;
    private long movedAtNs;

    LoopWatch(final Path file, final Path pidFile, final LongSupplier nanoTime) {
        this.pidFile = pidFile;
        this.file = file;
        this.nanoTime = nanoTime;
        this.movedAtNs = nanoTime.getAsLong() - STALE_NS;
    }

    /** The counter's value, 0 while there is no counters file. */
    synchronized long get(final LoopCounter counter) {
        refresh();
        return counters == null ? 0 : counters.getCounterValue(counter.ordinal());
    }

    /** All counters by label; zeros while there is no counters file. */
    synchronized Map<String, Long> counters() {
        final Map<String, Long> all = new LinkedHashMap<>();
        for (final LoopCounter counter : LoopCounter.values()) {
            all.put(counter.label, get(counter));
        }
        return all;
    }

    /**
     * Sequence of the log's newest command; {@link Long#MAX_VALUE} while the loop is not open, for
     * nobody knows it then.
     */
    synchronized long logEnd() {
        return orderPort().ok() ? get(LoopCounter.LOG_SEQUENCE) : Long.MAX_VALUE;
    }

    /** Readiness as far as the loop decides it. */
    synchronized HealthApi.Check orderPort() {
        final long state = get(LoopCounter.STATE);
        if (counters == null) {
            return new HealthApi.Check("order port", false, "the trading process never ran");
        }
        if (isGone()) {
            return new HealthApi.Check("order port", false, "the trading process is gone");
        }
        if (isStale()) {
            return new HealthApi.Check("order port", false, "the trading loop does not turn");
        }
        return new HealthApi.Check("order port", state == LoopCounter.STATE_OPEN, name(state));
    }

    /** Whether new orders find a log to go into, as the recording says. */
    synchronized HealthApi.Check log() {
        return switch ((int) get(LoopCounter.LOG_REFUSAL)) {
            case Refusal.NONE -> new HealthApi.Check("log", true, "takes orders");
            case Refusal.DISK_LOW ->
                    new HealthApi.Check("log", false, "little disk is left: new orders refused");
            default -> new HealthApi.Check("log", false, "not recorded: new orders refused");
        };
    }

    private static String name(final long state) {
        return switch ((int) state) {
            case LoopCounter.STATE_STARTING -> "starting";
            case LoopCounter.STATE_RECOVERING -> "recovering";
            case LoopCounter.STATE_OPEN -> "open";
            case LoopCounter.STATE_STOPPING -> "stopping";
            default -> "unknown";
        };
    }

    /** True if a pid file names a process that is not there; without a file nobody knows. */
    private boolean isGone() {
        try {
            final long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        } catch (final IOException | NumberFormatException unknown) {
            return false;
        }
    }

    /** Looks whether log time moved; called often enough to see it stand still. */
    private boolean isStale() {
        final long logTimeNs = counters.getCounterValue(LoopCounter.LOG_TIME_NS.ordinal());
        final long nowNs = nanoTime.getAsLong();
        if (logTimeNs != lastLogTimeNs) {
            movedAtNs = lastLogTimeNs == Long.MIN_VALUE ? movedAtNs : nowNs;
            lastLogTimeNs = logTimeNs;
        }
        return nowNs - movedAtNs >= STALE_NS;
    }

    private void refresh() {
        try {
            final Object key = Files.readAttributes(file, "unix:ino").get("ino");
            if (!key.equals(openFileKey)) {
                counters = LoopCounters.read(file);
                openFileKey = key;
            }
        } catch (final IOException absent) {
            counters = null;
            openFileKey = null;
        }
    }
}
