package io.spindle.affinity;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.spindle.sys.Libc;

import java.lang.foreign.Arena;

/**
 * The kernel's first-in first-out scheduling for one thread. Only for the thread that owns its
 * core, and only once it is warm: two such threads on two cores starve the compiler and the
 * collector.
 */
public final class RealTime {
    private static final int SCHED_FIFO = 1;
    private static final int PRIORITY = 50;

    private RealTime() {}

    /** Puts the calling thread before all ordinary ones; 0 or a negated errno (EPERM: no right). */
    public static int claim() {
        return set(SCHED_FIFO, PRIORITY);
    }

    /** Makes the calling thread an ordinary one again. */
    public static int yield() {
        return set(0, 0);
    }

    private static int set(final int policy, final int priority) {
        try (Arena arena = Arena.ofConfined()) {
            return new Libc()
                    .setScheduler(0, policy, arena.allocateFrom(JAVA_INT, priority).address());
        }
    }
}
