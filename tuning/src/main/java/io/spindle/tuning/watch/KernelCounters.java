package io.spindle.tuning.watch;

import io.spindle.affinity.TaskStat;
import io.spindle.tuning.machine.Root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel has counted so far that can steal time from one CPU or one thread. Names are
 * stable and readable: {@code irq 28 virtio0-input}, {@code interrupt TLB shootdowns}, {@code
 * softirq TIMER}, {@code vmstat thp_collapse_alloc}, {@code thread involuntary switches}, {@code
 * smi}. Those of {@code vmstat} are the whole machine's.
 */
final class KernelCounters {
    private static final List<String> VMSTAT =
            List.of(
                    "thp_fault_alloc",
                    "thp_collapse_alloc",
                    "thp_split_page",
                    "compact_stall",
                    "pswpin",
                    "pswpout",
                    "numa_pte_updates");

    /** Times that firmware stopped the core; Intel's alone count them. */
    static final String SMI = "smi";

    private static final long SMI_COUNT_REGISTER = 0x34;

    private KernelCounters() {}

    /**
     * @param thread path of the watched thread's folder, {@code /proc/PID/task/TID}
     */
    static Map<String, Long> read(final Root root, final int cpu, final String thread) {
        final Map<String, Long> counters = new LinkedHashMap<>();
        interrupts(root, cpu, counters);
        softIrqs(root, cpu, counters);
        root.read("/proc/vmstat")
                .orElse("")
                .lines()
                .map(line -> line.split(" "))
                .filter(pair -> pair.length == 2 && VMSTAT.contains(pair[0]))
                .forEach(pair -> counters.put("vmstat " + pair[0], Long.parseLong(pair[1])));
        thread(root, thread, counters);
        smi(root, cpu, counters);
        return counters;
    }

    /** Those of one CPU, devices' and others'. */
    static void interrupts(final Root root, final int cpu, final Map<String, Long> counters) {
        final List<String> lines = root.read("/proc/interrupts").orElse("").lines().toList();
        if (lines.isEmpty()) {
            return;
        }
        final int columns = lines.getFirst().trim().split("\\s+").length;
        final int column = List.of(lines.getFirst().trim().split("\\s+")).indexOf("CPU" + cpu);
        for (final String line : lines.subList(1, lines.size())) {
            final String[] words = line.trim().split("\\s+");
            if (column < 0 || words.length <= columns) {
                continue;
            }
            final String id = words[0].replace(":", "");
            final String label =
                    String.join(" ", List.of(words).subList(columns + 1, words.length));
            final String name =
                    Character.isDigit(id.charAt(0))
                            ? "irq " + id + " " + words[words.length - 1]
                            : "interrupt " + label;
            counters.put(name, Long.parseLong(words[column + 1]));
        }
    }

    private static void softIrqs(final Root root, final int cpu, final Map<String, Long> counters) {
        final List<String> lines = root.read("/proc/softirqs").orElse("").lines().toList();
        if (lines.isEmpty()) {
            return;
        }
        final int column = List.of(lines.getFirst().trim().split("\\s+")).indexOf("CPU" + cpu);
        for (final String line : lines.subList(1, lines.size())) {
            final String[] words = line.trim().split("\\s+");
            if (column >= 0 && words.length > column + 1) {
                counters.put(
                        "softirq " + words[0].replace(":", ""), Long.parseLong(words[column + 1]));
            }
        }
    }

    private static void thread(
            final Root root, final String thread, final Map<String, Long> counters) {
        root.read(thread + "/status")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("nonvoluntary_ctxt_switches:"))
                .forEach(
                        line ->
                                counters.put(
                                        "thread involuntary switches",
                                        Long.parseLong(line.replaceAll("\\D", ""))));
        root.read(thread + "/stat")
                .map(TaskStat::parse)
                .ifPresent(
                        stat -> {
                            counters.put("thread minor page faults", stat.minorFaults());
                            counters.put("thread major page faults", stat.majorFaults());
                        });
    }

    /** Nothing without root, the kernel's {@code msr} module, and such a processor. */
    private static void smi(final Root root, final int cpu, final Map<String, Long> counters) {
        final ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel registers =
                FileChannel.open(
                        root.base().resolve("dev/cpu/" + cpu + "/msr"), StandardOpenOption.READ)) {
            if (registers.read(value, SMI_COUNT_REGISTER) == Long.BYTES) {
                counters.put(SMI, Integer.toUnsignedLong(value.getInt(0)));
            }
        } catch (final IOException notToBeSeen) {
            return;
        }
    }
}
