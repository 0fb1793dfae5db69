package io.spindle.tuning.launch;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;

import java.util.List;

/**
 * How the processes of an appliance start on this machine, by a profile.
 *
 * @param plan the profile with its layout here
 */
public record LaunchPlan(Plan plan) {
    /**
     * @param name of a profile, or auto
     */
    public static LaunchPlan of(final ProfileFolder profiles, final String name, final Root root) {
        final Machine machine = Discovery.discover(root);
        final HwProfile profile =
                name.equals("auto") ? profiles.match(machine) : profiles.read(name);
        return new LaunchPlan(Plan.of(profile, machine, root));
    }

    /** Where every thread runs that does not own a core. */
    public CpuSet housekeeping() {
        return plan.layout().housekeeping();
    }

    /** The cores that hot threads own. */
    public CpuSet owned() {
        return plan.layout().dataPath();
    }

    /** The core that the process's hot thread owns; 0 when it shares the machine. */
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
     * Settings that are not as the profile wants them, in words; empty = the machine is in order.
     */
    public List<String> drift() {
        return plan.items().stream()
                .filter(item -> item.verdict() != Plan.Verdict.HOLDS)
                .filter(item -> item.verdict() != Plan.Verdict.ABSENT)
                .map(
                        item ->
                                "%s is '%s', wanted '%s'"
                                        .formatted(
                                                item.setting().path().isEmpty()
                                                        ? "kernel argument"
                                                        : item.setting().path(),
                                                item.current(),
                                                item.setting().wanted()))
                .toList();
    }
}
