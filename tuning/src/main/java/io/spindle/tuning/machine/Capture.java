package io.spindle.tuning.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Copies every file the tuner may look at into a folder, so that the machine can be examined,
 * planned for and tested elsewhere, less what names the machine. The result is a {@link Root} like
 * any other.
 */
public final class Capture {
    /** What is taken; a pattern's absence on a machine is itself information. */
    static final List<String> PATTERNS =
            List.of(
                    "/proc/cpuinfo",
                    "/proc/cmdline",
                    "/proc/meminfo",
                    "/proc/swaps",
                    "/proc/interrupts",
                    "/proc/softirqs",
                    "/proc/vmstat",
                    "/proc/config.gz",
                    "/boot/config-*",
                    "/proc/irq/default_smp_affinity",
                    "/proc/irq/*/smp_affinity_list",
                    "/proc/irq/*/effective_affinity_list",
                    "/proc/sys/kernel/*",
                    "/proc/sys/vm/*",
                    "/proc/sys/net/core/*",
                    "/sys/devices/system/cpu/*",
                    "/sys/devices/system/cpu/smt/*",
                    "/sys/devices/system/cpu/cpufreq/*",
                    "/sys/devices/system/cpu/cpuidle/*",
                    "/sys/devices/system/cpu/vulnerabilities/*",
                    "/sys/devices/system/cpu/cpu*/online",
                    "/sys/devices/system/cpu/cpu*/topology/*",
                    "/sys/devices/system/cpu/cpu*/cache/index*/*",
                    "/sys/devices/system/cpu/cpu*/cpufreq/*",
                    "/sys/devices/system/cpu/cpu*/cpuidle/state*/*",
                    "/sys/devices/system/clocksource/clocksource0/*",
                    "/sys/devices/system/node/node*/*",
                    "/sys/devices/virtual/workqueue/cpumask",
                    "/sys/devices/virtual/workqueue/writeback/cpumask",
                    "/sys/kernel/mm/transparent_hugepage/*",
                    "/sys/kernel/mm/transparent_hugepage/khugepaged/*",
                    "/sys/kernel/mm/hugepages/*/*",
                    "/sys/kernel/mm/ksm/*",
                    "/sys/class/net/*/operstate",
                    "/sys/class/net/*/speed",
                    "/sys/class/net/*/mtu",
                    "/sys/class/net/*/threaded",
                    "/sys/class/net/*/gro_flush_timeout",
                    "/sys/class/net/*/napi_defer_hard_irqs",
                    "/sys/class/net/*/queues/*/rps_cpus",
                    "/sys/class/net/*/device/vendor",
                    "/sys/class/net/*/device/uevent",
                    "/sys/class/net/*/device/numa_node",
                    EthtoolFiles.FOLDER + "/*/*/*",
                    "/sys/class/dmi/id/sys_vendor",
                    "/sys/class/dmi/id/product_name",
                    "/sys/class/dmi/id/bios_version",
                    "/sys/class/ptp/*/clock_name",
                    "/sys/kernel/debug/sched/features",
                    "/sys/hypervisor/type");

    private Capture() {}

    /**
     * Copies into {@code target}, which is made when it is absent.
     *
     * @return files copied
     * @throws IOException when the target cannot be written
     */
    public static int capture(final Root source, final Path target) throws IOException {
        final Anonymous anonymous = new Anonymous();
        int copied = 0;
        for (final String pattern : PATTERNS) {
            for (final String path : source.glob(pattern)) {
                final Optional<byte[]> content = source.bytes(path);
                if (content.isEmpty()) {
                    continue;
                }
                final Path to = target.resolve(anonymous.path(path).substring(1));
                Files.createDirectories(to.getParent());
                Files.write(to, anonymous.content(path, content.get()));
                copied++;
            }
        }
        return copied;
    }
}
