package io.spindle.affinity;

import io.spindle.sys.Libc;

import net.openhft.affinity.AffinityLock;

import java.util.List;

/**
 * The calling thread on one core: with a lock file, so that no other process pins there, read back
 * from the kernel, and with a count of how often it was pushed off.
 *
 * <p>{@link #acquire} and {@link #close} are called by the pinned thread; the evidence may be read
 * by any.
 */
public final class ThreadPin implements AutoCloseable {
    private final AffinityLock lock;
    private final int cpu;
    private final ThreadStatus atStart;

    private ThreadPin(final AffinityLock lock, final int cpu, final ThreadStatus atStart) {
        this.lock = lock;
        this.cpu = cpu;
        this.atStart = atStart;
    }

    /**
     * Core 0 is never given: the kernel's own work runs there. The core may lie outside the set
     * that the process was started on: that is how everything else is kept off it.
     *
     * @throws PinRefusedException when the core is not this process's to use, or taken
     */
    public static ThreadPin acquire(final int cpu) {
        final CpuSet online = CpuSet.online();
        if (cpu <= 0 || !online.contains(cpu)) {
            throw new PinRefusedException("cpu " + cpu + " is not one of " + online + " without 0");
        }
        final AffinityLock lock = AffinityLock.acquireLock(cpu);
        if (!lock.isBound() || lock.cpuId() != cpu) {
            lock.release();
            throw new PinRefusedException(
                    "cpu " + cpu + " is locked by another pinned thread or process");
        }
        final CpuSet actual = CpuSet.ofCallingThread();
        if (!actual.equals(CpuSet.of(cpu))) {
            lock.release();
            throw new PinRefusedException("cpu " + cpu + " asked for, the kernel says " + actual);
        }
        return new ThreadPin(lock, cpu, ThreadStatus.ofThread(new Libc().gettid()));
    }

    public int cpu() {
        return cpu;
    }

    /** How often the kernel took the core away since {@link #acquire}; 0 on an isolated core. */
    public long involuntarySwitches() {
        return ThreadStatus.ofThread(atStart.tid()).involuntarySwitches()
                - atStart.involuntarySwitches();
    }

    /** Other threads that may run on this core, those that last did so first. */
    public List<ThreadStatus> intruders() {
        return ThreadStatus.allowedOn(cpu).stream()
                .filter(thread -> thread.tid() != atStart.tid())
                .toList();
    }

    /** One line for the start banner, naming who else may use the core. */
    public String summary() {
        final List<ThreadStatus> intruders = intruders();
        if (intruders.isEmpty()) {
            return "cpu " + cpu + ", alone";
        }
        return "cpu "
                + cpu
                + ", WARNING: "
                + intruders.size()
                + " other threads may run there, first "
                + intruders.getFirst().label();
    }

    @Override
    public void close() {
        lock.release();
    }
}
