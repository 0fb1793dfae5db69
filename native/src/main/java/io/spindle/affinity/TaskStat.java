package io.spindle.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel tells of a thread in {@code /proc/PID/task/TID/stat}: fields as proc_pid_stat(5)
 * numbers them, counted here from the state, which is its third.
 *
 * @param name as given, parentheses and spaces included
 * @param processor CPU it ran on last
 */
public record TaskStat(
        String name,
        boolean isKernelThread,
        long minorFaults,
        long majorFaults,
        long userTicks,
        long systemTicks,
        int processor) {
    private static final int FLAGS = 6;
    private static final int MINOR_FAULTS = 7;
    private static final int MAJOR_FAULTS = 9;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int PROCESSOR = 36;
    private static final long KERNEL_THREAD = 0x0020_0000;

    /**
     * @param task folder of the thread or process in {@code /proc}
     * @throws IOException if there is no such thread any more
     */
    public static TaskStat read(final Path task) throws IOException {
        return parse(Files.readString(task.resolve("stat")));
    }

    /** The line as the kernel writes it. */
    public static TaskStat parse(final String line) {
        final int end = line.lastIndexOf(')');
        final String[] fields = line.substring(end + 2).split(" ");
        return new TaskStat(
                line.substring(line.indexOf('(') + 1, end),
                (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0,
                Long.parseLong(fields[MINOR_FAULTS]),
                Long.parseLong(fields[MAJOR_FAULTS]),
                Long.parseLong(fields[USER_TICKS]),
                Long.parseLong(fields[SYSTEM_TICKS]),
                Integer.parseInt(fields[PROCESSOR]));
    }

    /** Time on a CPU, in ticks of a hundredth of a second. */
    public long ticks() {
        return userTicks + systemTicks;
    }
}
