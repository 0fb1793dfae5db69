package io.spindle.affinity;

import io.spindle.sys.SystemCallException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cores kept free of every other process of the machine, and given back by {@link #close}: for a
 * measurement, where no boot option isolates them. Needs root. Threads that may run on these cores
 * only, and the kernel's own that are bound to one, stay; what a moved thread starts meanwhile is
 * started, and left, where that thread is.
 */
public final class CoreClearing implements AutoCloseable {
    /** Who is started by a thread not moved yet is met by the next look. */
    private static final int LOOKS = 2;

    private final Map<Integer, CpuSet> before = new HashMap<>();

    private CoreClearing() {}

    public static CoreClearing of(final CpuSet cores) {
        final CoreClearing clearing = new CoreClearing();
        // Whoever ends this process with a signal wants them back, too.
        Runtime.getRuntime().addShutdownHook(new Thread(clearing::close, "core-clearing-end"));
        for (int look = 0; look < LOOKS; look++) {
            ThreadStatus.all().forEach(thread -> clearing.move(thread, cores));
        }
        return clearing;
    }

    private synchronized void move(final ThreadStatus thread, final CpuSet cores) {
        final CpuSet elsewhere = thread.allowed().without(cores);
        if (thread.pid() == ProcessHandle.current().pid()
                || elsewhere.isEmpty()
                || elsewhere.equals(thread.allowed())) {
            return;
        }
        if (isMoved(thread.tid(), elsewhere)) {
            before.putIfAbsent(thread.tid(), thread.allowed());
        }
    }

    /** False for those that the kernel binds, and where this process may not. */
    private static boolean isMoved(final int tid, final CpuSet cpus) {
        try {
            cpus.applyToThread(tid);
            return true;
        } catch (final SystemCallException bound) {
            return false;
        }
    }

    /** Threads that were moved. */
    public synchronized List<Integer> moved() {
        return List.copyOf(before.keySet());
    }

    @Override
    public synchronized void close() {
        before.forEach((tid, cpus) -> isMoved(tid, cpus));
        before.clear();
    }
}
