package io.spindle.perf.start;

import io.spindle.affinity.TaskStat;
import io.spindle.log.DataFolder;
import io.spindle.perf.soak.ApplianceProbe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the kernel tells of an appliance's trading thread. */
record LoopThread(Path task) {
    /** The trading thread of an appliance that is open. */
    static LoopThread of(final DataFolder folder) throws IOException {
        final String pid = Files.readString(folder.pid("trading")).strip();
        return new LoopThread(ApplianceProbe.busiestThread(Path.of("/proc", pid)));
    }

    /**
     * One look at it, or the difference of two.
     *
     * @param minorFaults pages that it touched and did not have
     * @param majorFaults pages that came from a disk
     * @param pushedOff how often it had to leave its core to another
     * @param waitedNs time that it was ready and had no core; {@link #UNKNOWN} if the kernel does
     *     not count that
     */
    record Reading(long minorFaults, long majorFaults, long pushedOff, long waitedNs) {
        static final long UNKNOWN = -1;

        Reading since(final Reading earlier) {
            return new Reading(
                    minorFaults - earlier.minorFaults,
                    majorFaults - earlier.majorFaults,
                    pushedOff - earlier.pushedOff,
                    waitedNs == UNKNOWN || earlier.waitedNs == UNKNOWN
                            ? UNKNOWN
                            : waitedNs - earlier.waitedNs);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d minor and %d major page faults, pushed off its core %d times, waited %s"
                            + " ms for it",
                    minorFaults,
                    majorFaults,
                    pushedOff,
                    waitedNs == UNKNOWN ? "?" : String.format(Locale.ROOT, "%.2f", waitedNs / 1e6));
        }
    }

    Reading read() throws IOException {
        final TaskStat stat = TaskStat.read(task);
        return new Reading(stat.minorFaults(), stat.majorFaults(), pushedOff(), waitedNs());
    }

    private long pushedOff() throws IOException {
        return Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith("nonvoluntary_ctxt_switches:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** The second number of the scheduler's statistics: time on a core, waiting for one, turns. */
    private long waitedNs() throws IOException {
        final Path statistics = task.resolve("schedstat");
        return Files.exists(statistics)
                ? Long.parseLong(Files.readString(statistics).strip().split(" ")[1])
                : Reading.UNKNOWN;
    }
}
