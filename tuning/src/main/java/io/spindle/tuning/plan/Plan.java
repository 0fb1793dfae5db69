package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.Layout;
import io.spindle.tuning.profile.LayoutSolver;
import io.spindle.tuning.profile.NicSettings;

import java.util.ArrayList;
import java.util.List;

/**
 * What would have to change for a machine to be as a profile wants it.
 *
 * @param items every setting of the profile with its verdict: cards first, for one that starts anew
 *     may take its interrupts along; then in the profile's order; siblings go off behind all other
 *     files, some of which a CPU has only while it is on, and so a rollback switches them on first
 */
public record Plan(HwProfile profile, Layout layout, List<Item> items) {
    /** What is to be done about one setting. */
    public enum Verdict {
        /** In force already. */
        HOLDS,
        /** Can be written now. */
        CHANGE,
        /**
         * Takes effect at the next start of the kernel; the tuner prints it and never writes it.
         */
        REBOOT,
        /** Exists, but this process may not write it. */
        NOT_ALLOWED,
        /** The profile does not give the consent that the setting or boot argument needs. */
        NEEDS_CONSENT,
        /** This machine does not have it. */
        ABSENT
    }

    private static final String ONLINE = "/sys/devices/system/cpu/cpu%d/online";

    /** current is empty when the machine does not have the setting. */
    public record Item(Setting setting, String current, Verdict verdict) {}

    /** Compares a profile with a machine; writes nothing. */
    public static Plan of(final HwProfile profile, final Machine machine, final Root root) {
        final Layout layout = LayoutSolver.solve(profile, machine);
        final List<Item> items = files(profile, layout, machine, root);
        for (final String argument : profile.kernelArgs) {
            items.add(argument(layout.resolve(argument), profile, machine));
        }
        return new Plan(profile, layout, List.copyOf(items));
    }

    /**
     * The same settings with the same layout, as their files are now. Boot arguments stay what they
     * were: they are until the next boot.
     *
     * @param machine with the cards that are meant
     */
    public Plan now(final Machine machine, final Root root) {
        final List<Item> present = files(profile, layout, machine, root);
        items.stream().filter(item -> item.setting.path().isEmpty()).forEach(present::add);
        return new Plan(profile, layout, List.copyOf(present));
    }

    private static List<Item> files(
            final HwProfile profile, final Layout layout, final Machine machine, final Root root) {
        final List<Item> items = new ArrayList<>();
        NicSettings.of(profile, machine)
                .forEach((path, value) -> files(path, value, profile, layout, root, items));
        profile.sysctl.forEach(
                (key, value) ->
                        files(
                                "/proc/sys/" + key.replace('.', '/'),
                                value,
                                profile,
                                layout,
                                root,
                                items));
        profile.sysfs.forEach((path, value) -> files(path, value, profile, layout, root, items));
        for (final int sibling : layout.offline().toList()) {
            files(ONLINE.formatted(sibling), "0", profile, layout, root, items);
        }
        return items;
    }

    public List<Item> with(final Verdict verdict) {
        return items.stream().filter(item -> item.verdict == verdict).toList();
    }

    /** The words that settings wait for under the profile's {@code consent}. */
    public List<String> missingConsents() {
        return with(Verdict.NEEDS_CONSENT).stream()
                .map(item -> item.setting().knowledge().consent())
                .distinct()
                .toList();
    }

    /**
     * For scripts: 0 all holds, 2 something can be changed now, 3 only a reboot or a right is
     * missing.
     */
    public int exitCode() {
        if (!with(Verdict.CHANGE).isEmpty()) {
            return 2;
        }
        final boolean all =
                items.stream()
                        .allMatch(
                                item ->
                                        item.verdict == Verdict.HOLDS
                                                || item.verdict == Verdict.ABSENT);
        return all ? 0 : 3;
    }

    private static void files(
            final String pattern,
            final String value,
            final HwProfile profile,
            final Layout layout,
            final Root root,
            final List<Item> items) {
        final String wanted = layout.resolve(value);
        final List<String> paths = root.glob(pattern);
        if (paths.isEmpty()) {
            items.add(absent(pattern, wanted));
        }
        for (final String path : paths) {
            final Setting setting =
                    new Setting(path, wanted, Knowledge.of(root.real(path), wanted));
            items.add(
                    setting.current(root)
                            .map(
                                    current ->
                                            new Item(
                                                    setting,
                                                    current,
                                                    verdict(setting, current, profile, root)))
                            .orElseGet(() -> absent(path, wanted)));
        }
    }

    private static Item absent(final String path, final String wanted) {
        return new Item(new Setting(path, wanted, Knowledge.of(path)), "", Verdict.ABSENT);
    }

    private static Verdict verdict(
            final Setting setting, final String current, final HwProfile profile, final Root root) {
        if (setting.satisfiedBy(current)) {
            return Verdict.HOLDS;
        }
        if (waitsForConsent(setting, profile)) {
            return Verdict.NEEDS_CONSENT;
        }
        return root.writable(setting.path()) ? Verdict.CHANGE : Verdict.NOT_ALLOWED;
    }

    private static boolean waitsForConsent(final Setting setting, final HwProfile profile) {
        final String consent = setting.knowledge().consent();
        return !consent.isEmpty() && !profile.consent.contains(consent);
    }

    private static Item argument(
            final String argument, final HwProfile profile, final Machine machine) {
        final String name = argument.split("=", 2)[0];
        final String current =
                List.of(machine.kernel().commandLine().split(" ")).stream()
                        .filter(word -> word.equals(name) || word.startsWith(name + "="))
                        .findFirst()
                        .orElse("");
        final Setting setting = new Setting("", argument, Knowledge.ofArgument(argument));
        final boolean ignored =
                name.equals("nohz_full")
                        && "not set".equals(machine.kernel().config().get("CONFIG_NO_HZ_FULL"));
        if (current.equals(argument)) {
            return new Item(setting, current, Verdict.HOLDS);
        }
        if (ignored) {
            return new Item(setting, current, Verdict.ABSENT);
        }
        return new Item(
                setting,
                current,
                waitsForConsent(setting, profile) ? Verdict.NEEDS_CONSENT : Verdict.REBOOT);
    }
}
