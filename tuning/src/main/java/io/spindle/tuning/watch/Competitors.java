package io.spindle.tuning.watch;

import io.spindle.affinity.TaskStat;
import io.spindle.tuning.machine.Root;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long each thread of the machine has run: who took time from the watched CPU. */
final class Competitors {
    private static final long TICK_NS = 10_000_000;

    private Competitors() {}

    /**
     * Time on a CPU so far, ns, by {@code PID/TID}; kernel threads included. In steps of 10 ms
     * where the kernel keeps no {@code schedstat}.
     */
    static Map<String, Long> ranNs(final Root root) {
        final Map<String, Long> ranNs = new HashMap<>();
        for (final String pid : root.list("/proc")) {
            if (!Character.isDigit(pid.charAt(0))) {
                continue;
            }
            for (final String tid : root.list("/proc/" + pid + "/task")) {
                final String id = pid + "/" + tid;
                root.read(folder(id) + "/schedstat")
                        .map(stat -> Long.parseLong(stat.split(" ")[0]))
                        .or(() -> stat(root, id).map(stat -> stat.ticks() * TICK_NS))
                        .ifPresent(ns -> ranNs.put(id, ns));
            }
        }
        return ranNs;
    }

    /** Empty for a thread that has ended. */
    static Optional<TaskStat> stat(final Root root, final String id) {
        return root.read(folder(id) + "/stat").map(TaskStat::parse);
    }

    /** The thread's folder, {@code /proc/PID/task/TID}. */
    static String folder(final String id) {
        return "/proc/" + id.replace("/", "/task/");
    }
}
