package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as they were before changes.
 *
 * <p>The limits of dirty memory come in pairs, in bytes and as a ratio, of which one is in force.
 * The kernel sets a limit to 0 when the other of its pair is written, and takes no 0 for bytes. So
 * both are kept, and putting back the one that was in force puts back both.
 *
 * <p>A feature of a card may be wanted and yet be off, while another that it needs is off; to write
 * it changes both what is wanted and what is in force. So both are kept here, too.
 *
 * @param byPath in the order of the changes
 */
public record OldValues(Map<String, String> byPath) {
    private static final Pattern PAIR =
            Pattern.compile("(/proc/sys/vm/dirty_(?:background_)?)(bytes|ratio)");

    private static final Pattern FEATURE = Pattern.compile("(/ethtool/[^/]+/)features(/[^/]+)");

    /** Of a setting, and of what the kernel changes along with it. */
    public static OldValues of(final Root root, final String path, final String current) {
        final Map<String, String> values = new LinkedHashMap<>();
        values.put(path, current);
        counterpart(path)
                .or(() -> wanted(path))
                .ifPresent(other -> root.read(other).ifPresent(value -> values.put(other, value)));
        return new OldValues(values);
    }

    /**
     * Newest change first, but the one of a pair that was not in force last: by then the kernel has
     * set it to 0.
     */
    public List<Map.Entry<String, String>> restoreOrder() {
        final List<Map.Entry<String, String>> newestFirst =
                new ArrayList<>(byPath.entrySet()).reversed();
        return newestFirst.stream().sorted(Comparator.comparing(this::wasNotInForce)).toList();
    }

    /** Whether a setting is what it was, in whatever notation, or an interrupt that is gone. */
    public boolean isBack(final Root root, final String path) {
        final String now = root.read(path).map(Selection::chosen).orElse("");
        return isGone(root, path) || Notation.satisfies(path, now, byPath.get(path));
    }

    /** Whether a path is an interrupt's that its card does not have any more. */
    static boolean isGone(final Root root, final String path) {
        return path.startsWith("/proc/irq/") && !root.exists(path);
    }

    private boolean wasNotInForce(final Map.Entry<String, String> entry) {
        return entry.getValue().equals("0")
                && counterpart(entry.getKey())
                        .map(byPath::get)
                        .filter(value -> !value.equals("0"))
                        .isPresent();
    }

    private static Optional<String> wanted(final String path) {
        final Matcher feature = FEATURE.matcher(path);
        return feature.matches()
                ? Optional.of(feature.group(1) + "wanted" + feature.group(2))
                : Optional.empty();
    }

    private static Optional<String> counterpart(final String path) {
        final Matcher pair = PAIR.matcher(path);
        return pair.matches()
                ? Optional.of(pair.group(1) + (pair.group(2).equals("bytes") ? "ratio" : "bytes"))
                : Optional.empty();
    }
}
