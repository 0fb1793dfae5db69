package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.machine.Selection;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out a {@link Plan} and takes it back. Every change goes journal first, setting second,
 * read back third. Both directions may be cut off anywhere and run again.
 */
public final class Applier {
    /**
     * What became of one change.
     *
     * @param problem why it is not done, or why there was nothing to do; empty = written and held
     */
    public record Outcome(String path, String before, String after, boolean done, String problem) {}

    /** Most of a rollback; the second puts back what rings and channels reset in the first. */
    private static final int PASSES = 4;

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
     * rest. Cards come first, and when one was written the rest goes by a plan that is made again:
     * a card may come back with other interrupts, and with its other settings reset. So before the
     * first of them is written, the journal has all that its driver may reset.
     */
    public List<Outcome> apply(final Plan plan) throws IOException {
        final Map<String, Outcome> outcomes = new LinkedHashMap<>();
        final OldValues cards = CardState.of(root, plan);
        if (!cards.byPath().isEmpty()) {
            steps.accept("journal cards");
            journal.record(cards);
        }
        final List<Plan.Item> changes = plan.with(Plan.Verdict.CHANGE);
        for (final Plan.Item item : changes) {
            if (CardState.isSetting(item.setting().path())) {
                change(item, item.current(), outcomes);
            }
        }
        if (outcomes.isEmpty()) {
            for (final Plan.Item item : changes) {
                change(item, item.current(), outcomes);
            }
        } else {
            steps.accept("plan again");
            applyRest(plan, plan.now(Discovery.discover(root), root), outcomes);
        }
        steps.accept("done");
        return List.copyOf(outcomes.values());
    }

    /** What refused is not asked again; what a card has reset was at the first plan's value. */
    private void applyRest(final Plan first, final Plan now, final Map<String, Outcome> outcomes)
            throws IOException {
        final Map<String, String> before = new LinkedHashMap<>();
        first.items().stream()
                .filter(item -> item.verdict() != Plan.Verdict.ABSENT)
                .forEach(item -> before.putIfAbsent(item.setting().path(), item.current()));
        for (final Plan.Item item : now.with(Plan.Verdict.CHANGE)) {
            final String path = item.setting().path();
            final Outcome earlier = outcomes.get(path);
            if (earlier == null || earlier.done()) {
                change(item, before.getOrDefault(path, item.current()), outcomes);
            }
        }
    }

    private void change(
            final Plan.Item item, final String before, final Map<String, Outcome> outcomes)
            throws IOException {
        final String path = item.setting().path();
        steps.accept("journal " + path);
        journal.record(OldValues.of(root, path, before));
        steps.accept("write " + path);
        outcomes.put(path, write(path, before, item.setting().wanted()));
    }

    /**
     * Writes all old values back, newest change first, and deletes the journal when all read so in
     * the end. A card may refuse one while another is not back, and reset one that was back when it
     * gets its rings or channels; so what is not back is written again, in passes.
     */
    public List<Outcome> rollback() throws IOException {
        final OldValues old = new OldValues(journal.entries());
        final Map<String, Outcome> outcomes = new LinkedHashMap<>();
        List<Map.Entry<String, String>> left = old.restoreOrder();
        for (int pass = 0; pass < PASSES && !left.isEmpty(); pass++) {
            for (final Map.Entry<String, String> entry : left) {
                steps.accept("restore " + entry.getKey());
                outcomes.merge(
                        entry.getKey(),
                        restore(entry.getKey(), entry.getValue()),
                        Applier::sinceTheFirst);
            }
            left =
                    old.restoreOrder().stream()
                            .filter(entry -> !old.isBack(root, entry.getKey()))
                            .toList();
        }
        outcomes.replaceAll((path, last) -> asItReads(last, old));
        if (outcomes.values().stream().allMatch(Outcome::done)) {
            steps.accept("delete journal");
            journal.delete();
        }
        return List.copyOf(outcomes.values());
    }

    private static Outcome sinceTheFirst(final Outcome first, final Outcome later) {
        return new Outcome(
                later.path(), first.before(), later.after(), later.done(), later.problem());
    }

    private Outcome restore(final String path, final String value) {
        final String current = now(path);
        return current.equals(value) || OldValues.isGone(root, path)
                ? new Outcome(path, current, current, true, "")
                : write(path, current, value);
    }

    /** Whatever its own write said: others came after it. */
    private Outcome asItReads(final Outcome last, final OldValues old) {
        final String path = last.path();
        final String after = now(path);
        if (OldValues.isGone(root, path)) {
            return new Outcome(path, last.before(), after, true, "this interrupt is gone");
        }
        if (old.isBack(root, path)) {
            return new Outcome(path, last.before(), after, true, "");
        }
        return last.done() ? notHeld(path, last.before(), after, old.byPath().get(path)) : last;
    }

    private String now(final String path) {
        return root.read(path).map(Selection::chosen).orElse("");
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
        final String after = now(path);
        return new Setting(path, value, Knowledge.of(path)).satisfiedBy(after)
                ? new Outcome(path, before, after, true, "")
                : notHeld(path, before, after, value);
    }

    private static Outcome notHeld(
            final String path, final String before, final String after, final String value) {
        return new Outcome(
                path, before, after, false, "reads back '" + after + "', not '" + value + "'");
    }
}
