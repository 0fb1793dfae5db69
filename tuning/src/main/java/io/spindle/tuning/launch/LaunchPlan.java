package io.spindle.tuning.launch;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How the processes of an appliance start on this machine, by a profile.
 *
 * @param plan the profile with its layout here
 * @param machine as it was found
 * @param root the machine's files
 */
public record LaunchPlan(Plan plan, Machine machine, Root root) {
    /** The process whose sockets or queues the orders come through; its loop pins itself. */
    private static final String ORDER_ENTRY = "trading";

    /**
     * @param name of a profile, or auto
     */
    public static LaunchPlan of(final ProfileFolder profiles, final String name, final Root root) {
        final Machine machine = Discovery.discover(root);
        final HwProfile profile =
                name.equals("auto") ? profiles.match(machine) : profiles.read(name);
        return new LaunchPlan(Plan.of(profile, machine, root), machine, root);
    }

    /** Where everything runs that has no CPUs of its own. */
    public CpuSet housekeeping() {
        return plan.layout().housekeeping();
    }

    /** The CPUs of the process's role, if it has one; a loop that owns a core is not among them. */
    public CpuSet cpus(final String process) {
        return process.equals(ORDER_ENTRY) && core(process) > 0
                ? housekeeping()
                : plan.layout().roles().getOrDefault(process, housekeeping());
    }

    /** The CPUs of isolated roles. */
    public CpuSet owned() {
        return plan.layout().dataPath();
    }

    /** The first CPU of the process's isolated role; 0 when it has none. */
    public int core(final String process) {
        final CpuSet cpus = plan.layout().roles().getOrDefault(process, CpuSet.of());
        return cpus.toList().stream()
                .filter(plan.layout().dataPath()::contains)
                .findFirst()
                .orElse(0);
    }

    public List<String> jvmFlags(final String process) {
        return plan.profile().jvm.getOrDefault(process, List.of());
    }

    /**
     * How the process starts by the profile's {@code onload}, which is for trading alone.
     *
     * @param backend of order entry, as an operator names it
     * @param environment that the process inherits
     */
    public OnloadStart onload(
            final String process, final String backend, final Map<String, String> environment) {
        return process.equals(ORDER_ENTRY)
                ? OnloadStart.of(plan.profile().onload, backend, environment, root)
                : OnloadStart.NONE;
    }

    /** The same layout, and the settings as they are now. */
    public LaunchPlan now() {
        return new LaunchPlan(plan.now(machine, root), machine, root);
    }

    /**
     * What is not as the profile wants it, by setting and in words; empty = the machine is in
     * order.
     */
    public SequencedMap<String, String> drift() {
        final SequencedMap<String, String> drift = new LinkedHashMap<>();
        for (final Plan.Item item : plan.items()) {
            if (item.verdict() != Plan.Verdict.HOLDS && item.verdict() != Plan.Verdict.ABSENT) {
                final String wanted = item.setting().wanted();
                final String path = item.setting().path();
                drift.put(
                        path.isEmpty() ? wanted : path,
                        "%s is '%s', wanted '%s'"
                                .formatted(
                                        path.isEmpty() ? "kernel argument" : path,
                                        item.current(),
                                        wanted));
            }
        }
        return drift;
    }
}
