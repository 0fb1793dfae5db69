package io.spindle.tuning.search;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;

import java.io.IOException;

/** One setting of a plan, switched between what it is and what the profile wants. */
public final class SettingCandidate implements Candidate {
    private final Root root;
    private final Plan.Item item;

    /** Makes the old value durable first, so that a crash in the search can be rolled back. */
    public SettingCandidate(final Root root, final Plan.Item item, final RollbackJournal journal)
            throws IOException {
        this.root = root;
        this.item = item;
        journal.record(item.setting().path(), item.current());
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

    @Override
    public void off() throws IOException {
        root.write(item.setting().path(), item.current());
    }
}
