package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;

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
 * @param byPath in the order of the changes
 */
public record OldValues(Map<String, String> byPath) {
    private static final Pattern PAIR =
            Pattern.compile("(/proc/sys/vm/dirty_(?:background_)?)(bytes|ratio)");

    /** Of a setting, and of the one that the kernel changes along with it. */
    public static OldValues of(final Root root, final String path, final String current) {
        final Map<String, String> values = new LinkedHashMap<>();
        values.put(path, current);
        counterpart(path)
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

    private boolean wasNotInForce(final Map.Entry<String, String> entry) {
        return entry.getValue().equals("0")
                && counterpart(entry.getKey())
                        .map(byPath::get)
                        .filter(value -> !value.equals("0"))
                        .isPresent();
    }

    private static Optional<String> counterpart(final String path) {
        final Matcher pair = PAIR.matcher(path);
        return pair.matches()
                ? Optional.of(pair.group(1) + (pair.group(2).equals("bytes") ? "ratio" : "bytes"))
                : Optional.empty();
    }
}
