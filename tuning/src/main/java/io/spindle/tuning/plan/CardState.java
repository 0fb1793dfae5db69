package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a driver may put back to its defaults when one setting of its card is written, whether or
 * not a profile names it: all settings of the card, its queues' CPUs, its interrupts' CPUs.
 */
final class CardState {
    private static final String FOLDER = "/ethtool/";
    private static final String AFFINITY = "/proc/irq/%s/smp_affinity_list";
    private static final Pattern INTERRUPT = Pattern.compile("/proc/irq/\\d+/.*");

    /** Of a card, in the order of a plan. */
    private static final List<String> PATTERNS =
            List.of(
                    "/ethtool/%s/channels/*",
                    "/ethtool/%s/rings/*",
                    "/ethtool/%s/coalesce/*",
                    "/ethtool/%s/pause/*",
                    "/ethtool/%s/features/*",
                    "/sys/class/net/%s/napi_defer_hard_irqs",
                    "/sys/class/net/%s/gro_flush_timeout",
                    "/sys/class/net/%s/threaded",
                    "/sys/class/net/%s/queues/*/[rx]ps_*");

    private CardState() {}

    /** Whether the path is a setting whose change may reset others. */
    static boolean isSetting(final String path) {
        return path.startsWith(FOLDER);
    }

    /**
     * As it is now, of every card that the plan changes, and of the interrupts that the plan names;
     * none when it changes no card. What nobody may write is not among it.
     */
    static OldValues of(final Root root, final Plan plan) {
        final Set<String> cards =
                plan.with(Plan.Verdict.CHANGE).stream()
                        .map(item -> item.setting().path())
                        .filter(CardState::isSetting)
                        .map(path -> path.split("/")[2])
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        final Set<String> paths = new LinkedHashSet<>();
        for (final String card : cards) {
            PATTERNS.forEach(pattern -> paths.addAll(root.glob(pattern.formatted(card))));
            interrupts(root, card).forEach(number -> paths.add(AFFINITY.formatted(number)));
        }
        if (!cards.isEmpty()) {
            plan.items().stream()
                    .map(item -> item.setting().path())
                    .filter(path -> INTERRUPT.matcher(path).matches())
                    .forEach(paths::add);
        }
        return values(root, paths);
    }

    private static OldValues values(final Root root, final Set<String> paths) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String path : paths) {
            root.read(path)
                    .filter(value -> root.writable(path))
                    .map(value -> OldValues.of(root, path, Selection.chosen(value)))
                    .ifPresent(old -> old.byPath().forEach(values::putIfAbsent));
        }
        return new OldValues(values);
    }

    /**
     * Numbers of those that the bus has given to the device, and of those that are called by the
     * card's name or by its device's, as virtio's are.
     */
    private static List<String> interrupts(final Root root, final String card) {
        final String device = "/sys/class/net/" + card + "/device";
        final List<String> numbers = new ArrayList<>(root.list(device + "/msi_irqs"));
        final Path real = Path.of(root.real(device)).getFileName();
        final String names =
                real.toString().equals("device")
                        ? Pattern.quote(card)
                        : Pattern.quote(card) + "|" + Pattern.quote(real.toString());
        final Pattern named = Pattern.compile("(?<!\\w)(" + names + ")(?!\\w)");
        root.read("/proc/interrupts")
                .orElse("")
                .lines()
                .map(line -> line.split(":", 2))
                .filter(line -> line.length == 2 && named.matcher(line[1]).find())
                .forEach(line -> numbers.add(line[0].strip()));
        return numbers;
    }
}
