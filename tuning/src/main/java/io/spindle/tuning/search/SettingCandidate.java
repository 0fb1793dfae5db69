package io.spindle.tuning.search;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;
import io.spindle.tuning.plan.OldValues;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;

import java.io.IOException;
import java.util.Map;

/** One setting of a plan, switched between what it is and what the profile wants. */
public final class SettingCandidate implements Candidate {
    private final Root root;
    private final Plan.Item item;
    private final OldValues before;

    /** Makes the old value durable first, so that a crash in the search can be rolled back. */
    public SettingCandidate(final Root root, final Plan.Item item, final RollbackJournal journal)
            throws IOException {
        this.root = root;
        this.item = item;
        this.before = OldValues.of(root, item.setting().path(), item.current());
        journal.record(before);
    }

    public Plan.Item item() {
        return item;
    }

    @Override
    public String name() {
        return item.setting().path();
    }

    @Override
    public void on() throws IOException {
        root.write(item.setting().path(), item.setting().wanted());
    }

    /** Leaves alone what is back already: a file that refused the change would refuse this too. */
    @Override
    public void off() throws IOException {
        for (final Map.Entry<String, String> old : before.restoreOrder()) {
            final String current = root.read(old.getKey()).map(Selection::chosen).orElse("");
            if (!current.equals(old.getValue())) {
                root.write(old.getKey(), old.getValue());
            }
        }
    }
}
