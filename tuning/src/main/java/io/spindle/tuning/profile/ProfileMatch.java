package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;

import java.util.ArrayList;
import java.util.List;

/** Compares a profile's rules with a machine. */
public final class ProfileMatch {
    private ProfileMatch() {}

    /** The rules the machine does not meet, in words; empty = it matches. */
    public static List<String> of(final HwProfile profile, final Machine machine) {
        final HwProfile.Match rule = profile.match;
        final List<String> unmet = new ArrayList<>();
        if (!rule.cpuVendor.isEmpty() && !rule.cpuVendor.equals(machine.processor().vendor())) {
            unmet.add(differs("cpuVendor", rule.cpuVendor, machine.processor().vendor()));
        }
        if (!rule.cpuFamily.isEmpty() && !rule.cpuFamily.contains(machine.processor().family())) {
            unmet.add(differs("cpuFamily", rule.cpuFamily, machine.processor().family()));
        }
        if (!rule.kernel.isEmpty() && !kernelMeets(rule.kernel, machine.kernel().version())) {
            unmet.add(differs("kernel", rule.kernel, machine.kernel().release()));
        }
        if (!rule.virtual.isEmpty()
                && Boolean.parseBoolean(rule.virtual) != machine.virtualization().virtual()) {
            unmet.add(differs("virtual", rule.virtual, machine.virtualization().virtual()));
        }
        if (machine.online().count() < rule.minCpus) {
            unmet.add(differs("minCpus", rule.minCpus, machine.online().count()));
        }
        if (!rule.nicDrivers.isEmpty()
                && machine.nics().stream()
                        .noneMatch(nic -> rule.nicDrivers.contains(nic.driver()))) {
            unmet.add(
                    differs(
                            "nicDrivers",
                            rule.nicDrivers,
                            machine.nics().stream().map(Machine.Nic::driver).toList()));
        }
        return unmet;
    }

    private static String differs(final String rule, final Object wanted, final Object found) {
        return rule + ": wanted " + wanted + ", found " + found;
    }

    private static boolean kernelMeets(final String rule, final int version) {
        final boolean below = rule.startsWith("<");
        final String[] numbers = rule.substring(below ? 1 : 2).split("\\.");
        final int bound = Integer.parseInt(numbers[0]) * 1000 + Integer.parseInt(numbers[1]);
        return below ? version < bound : version >= bound;
    }
}
