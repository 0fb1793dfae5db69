package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Traps that a sound file can still hold: settings that do nothing, or harm, on the machine at
 * hand.
 */
public final class ProfileLint {
    /** Kernels from here on replace real-time throttling by a server per CPU. */
    private static final int FAIR_SERVER_KERNEL = 6012;

    /** Flags a JVM 25 refuses or ignores. */
    private static final Map<String, String> OBSOLETE_FLAGS =
            Map.of(
                    "UseBiasedLocking", "is gone: the JVM does not start",
                    "UseRTMLocking", "is gone: the JVM does not start",
                    "ZGenerational", "is ignored: ZGC is always generational");

    private ProfileLint() {}

    /**
     * Warnings in words; empty = none.
     *
     * @param root files of the machine
     */
    public static List<String> check(
            final HwProfile profile, final Machine machine, final Root root) {
        final List<String> warnings = new ArrayList<>();
        if (profile.sysctl.containsKey("kernel.sched_rt_runtime_us")
                && machine.kernel().version() >= FAIR_SERVER_KERNEL) {
            warnings.add(
                    "sysctl kernel.sched_rt_runtime_us has no effect on kernel "
                            + machine.kernel().release()
                            + ": a starving task still takes about 50 ms a second"
                            + " (debugfs sched/fair_server); keep the core empty instead");
        }
        for (final String argument : profile.kernelArgs) {
            if (argument.startsWith("nohz_full")
                    && "not set".equals(machine.kernel().config().get("CONFIG_NO_HZ_FULL"))) {
                warnings.add(argument + " is ignored: this kernel has no CONFIG_NO_HZ_FULL");
            }
            if (argument.startsWith("isolcpus") && !argument.contains("managed_irq")) {
                warnings.add(argument + " leaves managed interrupts on the cores: add managed_irq");
            }
            if (argument.equals("idle=poll")) {
                warnings.add("idle=poll slows the SMT sibling; a spinning thread does not need it");
            }
        }
        profile.jvm.forEach(
                (process, flags) ->
                        flags.forEach(
                                flag ->
                                        OBSOLETE_FLAGS.forEach(
                                                (name, effect) -> {
                                                    if (flag.contains(name)) {
                                                        warnings.add(
                                                                "jvm." + process + ": " + flag + " "
                                                                        + effect);
                                                    }
                                                })));
        if ("ct".equals(profile.onload.env.get("EF_CTPIO_MODE"))
                && profile.match.nicDrivers.contains("sfc")
                && profile.name.contains("x2")) {
            warnings.add("onload.env.EF_CTPIO_MODE=ct poisons frames on an X2 above 10G: use sf");
        }
        nic(profile, machine, root, warnings);
        profile.sysctl
                .keySet()
                .forEach(
                        key ->
                                absent(
                                        "sysctl." + key,
                                        "/proc/sys/" + key.replace('.', '/'),
                                        root,
                                        warnings));
        profile.sysfs.keySet().forEach(path -> absent("sysfs", path, root, warnings));
        if (profile.evidence.measuredOn.isEmpty()) {
            warnings.add("evidence is empty: nobody has measured this profile");
        }
        return warnings;
    }

    private static void nic(
            final HwProfile profile,
            final Machine machine,
            final Root root,
            final List<String> warnings) {
        final HwProfile.Nic nic = profile.nic;
        if (NicSettings.cards(profile, machine).isEmpty()
                && !NicSettings.of(nic, "any").isEmpty()) {
            warnings.add("nic: this machine has no card that it is for");
        }
        NicSettings.of(profile, machine)
                .keySet()
                .forEach(path -> absent("nic", path, root, warnings));
        for (final String way : List.of("Rx", "Tx")) {
            final String fixed = way.toLowerCase(Locale.ROOT) + "Usecs";
            if ("on".equals(nic.coalesce.get("adaptive" + way))
                    && nic.coalesce.containsKey(fixed)) {
                warnings.add(
                        "nic.coalesce." + fixed + " does nothing while adaptive" + way + " is on");
            }
        }
        if (!nic.napi.getOrDefault("deferHardIrqs", "0").equals("0")
                && nic.napi.getOrDefault("groFlushTimeoutNs", "0").equals("0")) {
            warnings.add("nic.napi.deferHardIrqs does nothing without groFlushTimeoutNs");
        }
    }

    /** A plan passes over what the machine does not have, and so over what is mistyped. */
    private static void absent(
            final String field,
            final String pattern,
            final Root root,
            final List<String> warnings) {
        if (root.glob(pattern).stream().noneMatch(path -> root.read(path).isPresent())) {
            warnings.add(field + ": this machine has no " + pattern + " that can be read");
        }
    }
}
