package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out a {@link Plan} and takes it back. Every change goes journal first, setting second,
 * read back third. Both directions may be cut off anywhere and run again.
 */
public final class Applier {
    /** What became of one change. */
    public record Outcome(String path, String before, String after, boolean done, String problem) {}

    private final Root root;
    private final RollbackJournal journal;
    private final Consumer<String> steps;

    /**
     * @param steps told each step before it is taken, for progress and for tests that cut it off
     */
    public Applier(final Root root, final RollbackJournal journal, final Consumer<String> steps) {
        this.root = root;
        this.journal = journal;
        this.steps = steps;
    }

    /**
     * Writes every CHANGE of the plan. A setting that refuses is reported and does not stop the
     * rest.
     */
    public List<Outcome> apply(final Plan plan) throws IOException {
        final List<Outcome> outcomes = new ArrayList<>();
        for (final Plan.Item item : plan.with(Plan.Verdict.CHANGE)) {
            final String path = item.setting().path();
            steps.accept("journal " + path);
            journal.record(OldValues.of(root, path, item.current()));
            steps.accept("write " + path);
            outcomes.add(write(path, item.current(), item.setting().wanted()));
        }
        steps.accept("done");
        return outcomes;
    }

    /**
     * Writes all old values back, newest change first, and deletes the journal when all took. A
     * card may refuse one while another is not back; so what was refused is tried once more.
     */
    public List<Outcome> rollback() throws IOException {
        final OldValues old = new OldValues(journal.entries());
        final List<Outcome> outcomes = new ArrayList<>();
        for (final Map.Entry<String, String> entry : old.restoreOrder()) {
            steps.accept("restore " + entry.getKey());
            outcomes.add(restore(entry.getKey(), entry.getValue()));
        }
        outcomes.replaceAll(
                outcome ->
                        outcome.done()
                                ? outcome
                                : restore(outcome.path(), old.byPath().get(outcome.path())));
        if (outcomes.stream().allMatch(Outcome::done)) {
            steps.accept("delete journal");
            journal.delete();
        }
        return outcomes;
    }

    private Outcome restore(final String path, final String value) {
        final String current = root.read(path).map(Selection::chosen).orElse("");
        return current.equals(value)
                ? new Outcome(path, current, current, true, "")
                : write(path, current, value);
    }

    /** The kernel says only "not permitted" of an interrupt that its driver manages. */
    private static String reason(final String path, final IOException refused) {
        return path.startsWith("/proc/irq/") && !(refused instanceof AccessDeniedException)
                ? refused.getMessage()
                        + " (the kernel manages it: isolcpus=managed_irq at boot keeps it away)"
                : refused.getMessage();
    }

    private Outcome write(final String path, final String before, final String value) {
        try {
            root.write(path, value);
        } catch (final IOException refused) {
            return new Outcome(path, before, before, false, reason(path, refused));
        }
        final String after = root.read(path).map(Selection::chosen).orElse("");
        final boolean held = new Setting(path, value, Knowledge.of(path)).satisfiedBy(after);
        return new Outcome(
                path,
                before,
                after,
                held,
                held ? "" : "reads back '" + after + "', not '" + value + "'");
    }
}
