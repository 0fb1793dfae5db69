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
     * A file that refuses, or takes a value and reads back another, does not stop the others, as in
     * {@code apply}.
     *
     * @throws IOException when none took its value
     */
    @Override
    public void on() throws IOException {
        refusals.clear();
        for (final Plan.Item item : line.items()) {
            final String path = item.setting().path();
            try {
                root.write(path, item.setting().wanted());
                if (!item.setting().satisfiedBy(now(path))) {
                    throw readsBack(path, item.setting().wanted());
                }
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
     * @throws IOException when one does not read back as it was; the others are brought back all
     *     the same
     */
    @Override
    public void off() throws IOException {
        final Map<String, IOException> refused = new LinkedHashMap<>();
        for (final Map.Entry<String, String> old : before.restoreOrder()) {
            if (now(old.getKey()).equals(old.getValue())) {
                continue;
            }
            try {
                root.write(old.getKey(), old.getValue());
            } catch (final IOException refusal) {
                refused.put(old.getKey(), refusal);
            }
        }
        for (final Map.Entry<String, String> old : before.byPath().entrySet()) {
            final String path = old.getKey();
            if (!before.isBack(root, path)) {
                throw refused.containsKey(path)
                        ? refused.get(path)
                        : readsBack(path, old.getValue());
            }
        }
    }

    private String now(final String path) {
        return root.read(path).map(Selection::chosen).orElse("");
    }

    private IOException readsBack(final String path, final String value) {
        return new IOException(path + ": reads back '" + now(path) + "', not '" + value + "'");
    }
}
