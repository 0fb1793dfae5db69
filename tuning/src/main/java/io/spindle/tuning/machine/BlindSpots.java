package io.spindle.tuning.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decides latency and yet cannot be read here: hidden by a hypervisor, not in this kernel, or
 * not allowed without root.
 */
final class BlindSpots {
    private static final Map<String, String> FILES =
            new TreeMap<>(
                    Map.of(
                            "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
                            "clock speed of the CPUs and who governs it",
                            "/sys/devices/system/cpu/cpu0/cpuidle/state0/name",
                            "idle states of the CPUs",
                            "/sys/class/dmi/id/bios_version",
                            "firmware, whose settings are to be checked by hand",
                            "/sys/class/ptp/ptp0/clock_name",
                            "a clock that keeps UTC in hardware",
                            "/sys/kernel/debug/sched/features",
                            "the scheduler's own switches"));

    private BlindSpots() {}

    /** In words, each with the file that would have told. */
    static List<String> of(final Root root, final List<Machine.Nic> nics) {
        final List<String> blind = new ArrayList<>();
        FILES.forEach(
                (path, what) -> {
                    if (root.read(path).isEmpty()) {
                        blind.add(what + " (" + path + ")");
                    }
                });
        for (final Machine.Nic nic : nics) {
            if (nic.node() < 0) {
                blind.add(
                        "the memory node of card %s (/sys/class/net/%s/device/numa_node)"
                                .formatted(nic.name(), nic.name()));
            }
            if (nic.settings().isEmpty()) {
                blind.add("the settings of card %s (ethtool)".formatted(nic.name()));
            }
        }
        return blind;
    }
}
