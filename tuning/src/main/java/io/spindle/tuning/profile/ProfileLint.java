package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;

import java.util.ArrayList;
import java.util.List;
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

    /** Warnings in words; empty = none. */
    public static List<String> check(final HwProfile profile, final Machine machine) {
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
        if (profile.evidence.measuredOn.isEmpty()) {
            warnings.add("evidence is empty: nobody has measured this profile");
        }
        return warnings;
    }
}
