package io.spindle.tuning.search;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.ProfileFolder;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a profile and all that it would change here: several files where it has a {@code *}.
 *
 * @param key the line's own
 * @param items what differs and may be written now
 */
public record ProfileLine(String key, List<Plan.Item> items) {
    private static final String ONLINE = "/sys/devices/system/cpu/cpu%d/online";

    /** The lines of a plan's profile that would change a file now, in the profile's order. */
    public static List<ProfileLine> toTry(final Plan plan, final Root root) {
        final List<ProfileLine> lines = new ArrayList<>();
        plan.profile()
                .sysctl
                .forEach(
                        (key, value) ->
                                add(
                                        lines,
                                        plan,
                                        key,
                                        root.glob("/proc/sys/" + key.replace('.', '/')),
                                        value));
        plan.profile()
                .sysfs
                .forEach((path, value) -> add(lines, plan, path, root.glob(path), value));
        add(
                lines,
                plan,
                ProfileFolder.SIBLING_OFFLINE,
                plan.layout().offline().toList().stream().map(ONLINE::formatted).toList(),
                "0");
        return lines;
    }

    private static void add(
            final List<ProfileLine> lines,
            final Plan plan,
            final String key,
            final List<String> paths,
            final String value) {
        final String wanted = plan.layout().resolve(value);
        final List<Plan.Item> items =
                plan.with(Plan.Verdict.CHANGE).stream()
                        .filter(item -> paths.contains(item.setting().path()))
                        .filter(item -> item.setting().wanted().equals(wanted))
                        .distinct()
                        .toList();
        if (!items.isEmpty()) {
            lines.add(new ProfileLine(key, items));
        }
    }
}
