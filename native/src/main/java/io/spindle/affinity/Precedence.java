package io.spindle.affinity;

import io.spindle.sys.Libc;

/**
 * The largest share of a core that an ordinary thread may have: nice -20, eighty times the default.
 *
 * <p>Not first-in first-out: since Linux 6.12 a server per core gives ordinary tasks that starve
 * behind such a thread 50 ms of every second, at one go (debugfs {@code sched/fair_server}).
 * Whoever waits behind this one gets its small share soon and in small pieces.
 */
public final class Precedence {
    private static final int NICEST = -20;
    private static final int DEFAULT = 0;

    private Precedence() {}

    /** Puts the calling thread before all others; 0 or a negated errno (EACCES: no right). */
    public static int claim() {
        return new Libc().setPriority(0, NICEST);
    }

    /** Makes the calling thread one like others again. */
    public static int yield() {
        return new Libc().setPriority(0, DEFAULT);
    }
}
