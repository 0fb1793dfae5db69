package io.spindle.tuning.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a capture keeps of the kernel's command line: those arguments whole that say how the machine
 * runs, of others the name at most, for the rest may say whose it is.
 */
final class KeptArguments {
    /** White space within quotes ends no argument. */
    private static final Pattern ARGUMENT = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\"?)+");

    /** Behind it stands what is for the first process, not for the kernel. */
    private static final String END = "--";

    private static final Pattern NAME = Pattern.compile("[\\w.-]+");

    private static final Pattern KEPT =
            Pattern.compile(
                    String.join(
                            "|",
                            "isolcpus|irqaffinity|cpuset_v1|nohz|nohz_full|kthread_cpus|threadirqs",
                            "rcu_\\w+|rcu(tree|pdate)\\.\\w+|workqueue\\.\\w+|preempt",
                            "skew_tick|highres|hpet|tsc|clocksource|\\w*watchdog|nosoftlockup",
                            "idle|intel_pstate|amd_pstate|(intel_idle|processor)\\.\\w+",
                            "cpu(idle|freq)\\.\\w+|pcie_aspm|pcie_port_pm|pci|acpi|mce",
                            "(default_)?hugepagesz?|transparent_hugepage|numa|numa_balancing",
                            "(intel_|amd_)?iommu(\\.\\w+)?|intremap|no(x2|l)?apic",
                            "nosmt|nosmp|maxcpus|nr_cpus|possible_cpus|mitigations|k?pti|nopti",
                            "l1tf|mds|mmio_stale_data|srbds|tsa|vmscape|retbleed|tsx|tsx_\\w+",
                            "gather_data_sampling|indirect_target_selection|reg_file_data_sampling",
                            "spec_\\w+|spectre_\\w+|nospec\\w+|kvm(_intel|_amd)?\\.\\w+",
                            "split_lock_detect|audit|selinux|apparmor|nokaslr|console|panic|reboot",
                            "quiet|debug|ro|rw|sysctl[./](vm|net[./]core)[./]\\w+",
                            "sysctl[./]kernel[./](sched_\\w+|numa_balancing|timer_migration)"));

    private KeptArguments() {}

    static String of(final String line) {
        final List<String> kept = new ArrayList<>();
        final Matcher arguments = ARGUMENT.matcher(line);
        while (arguments.find() && !arguments.group().equals(END)) {
            kept.add(argument(arguments.group()));
        }
        return String.join(" ", kept);
    }

    private static String argument(final String argument) {
        final String[] parts = argument.replace("\"", "").split("=", 2);
        if (KEPT.matcher(parts[0].replace('-', '_')).matches()) {
            return argument;
        }
        return parts.length == 2 && NAME.matcher(parts[0]).matches()
                ? parts[0] + "=anonymous"
                : "anonymous";
    }
}
