package io.spindle.affinity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code /proc} says of one thread.
 *
 * @param pid process
 * @param tid thread
 * @param name the thread's name, at most 15 characters of it
 * @param kernel whether it is one of the kernel's own
 * @param lastCpu where it ran last
 * @param allowed where it may run
 * @param involuntarySwitches how often the kernel took a core away from it
 */
public record ThreadStatus(
        int pid,
        int tid,
        String name,
        boolean kernel,
        int lastCpu,
        CpuSet allowed,
        long involuntarySwitches) {
    private static final Path PROC = Path.of("/proc");

    /** A thread of this process. */
    public static ThreadStatus ofThread(final int tid) {
        try {
            return read(PROC.resolve("self/task/" + tid));
        } catch (final IOException gone) {
            throw new UncheckedIOException("thread " + tid, gone);
        }
    }

    /**
     * Threads of user space that may run on the core, those that ran there last first. The kernel's
     * own are left out: most cannot be moved, and they show as involuntary switches.
     */
    public static List<ThreadStatus> allowedOn(final int cpu) {
        return all().stream()
                .filter(thread -> !thread.kernel() && thread.allowed().contains(cpu))
                .sorted(Comparator.comparing(thread -> thread.lastCpu() != cpu))
                .toList();
    }

    /** Every thread of the machine. */
    static List<ThreadStatus> all() {
        final List<ThreadStatus> threads = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path process : processes) {
                addThreads(process, threads);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return threads;
    }

    private static void addThreads(final Path process, final List<ThreadStatus> threads) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (final Path task : tasks) {
                threads.add(read(task));
            }
        } catch (final IOException | UncheckedIOException gone) {
            // It ended while we looked; what is gone does not run anywhere.
        }
    }

    private static ThreadStatus read(final Path task) throws IOException {
        int pid = 0;
        CpuSet allowed = CpuSet.of();
        long switches = 0;
        for (final String line : Files.readAllLines(task.resolve("status"))) {
            final String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':'))) {
                case "Tgid" -> pid = Integer.parseInt(value);
                case "Cpus_allowed_list" -> allowed = CpuSet.parse(value);
                case "nonvoluntary_ctxt_switches" -> switches = Long.parseLong(value);
                default -> {}
            }
        }
        final TaskStat stat = TaskStat.read(task);
        return new ThreadStatus(
                pid,
                Integer.parseInt(task.getFileName().toString()),
                stat.name(),
                stat.isKernelThread(),
                stat.processor(),
                allowed,
                switches);
    }

    /** The thread as messages name it. */
    public String label() {
        return name + " (process " + pid + ", thread " + tid + ", allowed on " + allowed + ")";
    }
}
