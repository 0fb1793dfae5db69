package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;

import java.util.Optional;

/**
 * One value of the machine that a profile wants.
 *
 * @param path file below the root; empty for a kernel argument
 * @param wanted value to hold
 * @param knowledge why, and at what risk
 */
public record Setting(String path, String wanted, Knowledge knowledge) {
    /** What is in force now; empty when the machine does not have the setting. */
    public Optional<String> current(final Root root) {
        return root.read(path).map(Selection::chosen);
    }

    /** Kernel files print numbers and lists in their own way: 0x3 for 3, 0-1 for 0,1. */
    public boolean satisfiedBy(final String current) {
        return current.equals(wanted)
                || Numeric.same(current, wanted)
                || current.replaceAll("\\s+", " ").equals(wanted.replaceAll("\\s+", " "));
    }

    private static final class Numeric {
        static boolean same(final String left, final String right) {
            try {
                return Long.decode(left.strip()).equals(Long.decode(right.strip()));
            } catch (final NumberFormatException notNumbers) {
                return false;
            }
        }
    }
}
