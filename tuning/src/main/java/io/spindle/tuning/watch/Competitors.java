package io.spindle.tuning.watch;

import io.spindle.affinity.TaskStat;
import io.spindle.tuning.machine.Root;

import java.util.HashMap;
import java.util.Map;

/** CPU time of every other thread that last ran on the watched CPU: who took it. */
final class Competitors {
    /** Name and CPU time in clock ticks of 10 ms. */
    record Use(String name, long ticks) {}

    private Competitors() {}

    /** By {@code PID/TID}; kernel threads included. */
    static Map<String, Use> on(final Root root, final int cpu, final String watchedThread) {
        final Map<String, Use> users = new HashMap<>();
        for (final String pid : root.list("/proc")) {
            if (!Character.isDigit(pid.charAt(0))) {
                continue;
            }
            for (final String tid : root.list("/proc/" + pid + "/task")) {
                final String thread = "/proc/" + pid + "/task/" + tid;
                if (thread.equals(watchedThread)) {
                    continue;
                }
                root.read(thread + "/stat")
                        .map(TaskStat::parse)
                        .filter(stat -> stat.processor() == cpu)
                        .ifPresent(
                                stat ->
                                        users.put(
                                                pid + "/" + tid,
                                                new Use(stat.name(), stat.ticks())));
            }
        }
        return users;
    }
}
