package io.spindle.tuning.search;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;
import io.spindle.tuning.plan.OldValues;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a profile, switched between what the machine is and what the profile wants. */
public final class SettingCandidate implements Candidate {
    private final Root root;
    private final ProfileLine line;
    private final OldValues before;
    private final Map<String, String> refusals = new LinkedHashMap<>();

    /** Makes the old values durable first, so that a crash in the search can be rolled back. */
    public SettingCandidate(final Root root, final ProfileLine line, final RollbackJournal journal)
            throws IOException {
        this.root = root;
        this.line = line;
        final Map<String, String> values = new LinkedHashMap<>();
        for (final Plan.Item item : line.items()) {
            OldValues.of(root, item.setting().path(), item.current())
                    .byPath()
                    .forEach(values::putIfAbsent);
        }
        this.before = new OldValues(values);
        journal.record(before);
    }

    @Override
    public String name() {
        return line.key();
    }

    /** Files that did not take their value, with the reason, as of the last {@link #on}. */
    public Map<String, String> refusals() {
        return refusals;
    }

    /**
     * A file that refuses does not stop the others, as in {@code apply}.
     *
     * @throws IOException when all refuse
     */
    @Override
    public void on() throws IOException {
        refusals.clear();
        for (final Plan.Item item : line.items()) {
            final String path = item.setting().path();
            try {
                root.write(path, item.setting().wanted());
            } catch (final IOException refusal) {
                refusals.put(path, refusal.toString());
                if (refusals.size() == line.items().size()) {
                    throw refusal;
                }
            }
        }
    }

    /**
     * Leaves alone what is back already: a file that refused the change would refuse this too.
     *
     * @throws IOException when one cannot be brought back; the others are all the same
     */
    @Override
    public void off() throws IOException {
        IOException stuck = null;
        for (final Map.Entry<String, String> old : before.restoreOrder()) {
            final String current = root.read(old.getKey()).map(Selection::chosen).orElse("");
            if (current.equals(old.getValue())) {
                continue;
            }
            try {
                root.write(old.getKey(), old.getValue());
            } catch (final IOException refusal) {
                stuck = refusal;
            }
        }
        if (stuck != null) {
            throw stuck;
        }
    }
}
