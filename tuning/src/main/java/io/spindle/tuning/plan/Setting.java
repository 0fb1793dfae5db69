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

    /**
     * Kernel files print masks, lists and numbers in their own way: 0000fffd for fffd. Firmware may
     * be newer than wanted.
     */
    public boolean satisfiedBy(final String current) {
        return Notation.satisfies(path, current, wanted);
    }
}
