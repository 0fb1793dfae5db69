package io.spindle.mgmt.office;

import io.spindle.mgmt.view.View;
import io.spindle.oms.CommandBatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a file asks for, held against what is there: the rows of a batch that would make it so, and
 * the rows that cannot be taken.
 */
final class Load {
    /** Works out what to do about one row. */
    @FunctionalInterface
    interface Rule {
        void take(ExternalFile.Row row, Load load);
    }

    /** A row that waits for somebody: it names what nobody knows. */
    record Quarantined(long line, String key, String reason, Map<String, String> values) {}

    private final SortedMap<String, Map<String, String>> ours = new TreeMap<>();
    private final SortedMap<String, Map<String, String>> theirs = new TreeMap<>();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private final List<ExternalFile.Row> taken = new ArrayList<>();
    private final List<Consumer<CommandBatch>> commands = new ArrayList<>();
    private final SequencedMap<String, String> notes = new LinkedHashMap<>();
    private final FileKind kind;

    private Load(final FileKind kind) {
        this.kind = kind;
    }

    static Load plan(final ExternalFile file, final View.Reading now) {
        final Load load = new Load(file.kind());
        final Rule rule = LoadRules.of(file, now);
        file.rows().forEach(row -> rule.take(row, load));
        return load;
    }

    void quarantine(final ExternalFile.Row row, final String reason) {
        quarantined.add(new Quarantined(row.line(), row.key(kind), reason, row.values()));
    }

    /** The row can be taken; {@code before} and {@code after} are what it says, here and there. */
    void take(
            final ExternalFile.Row row,
            final Map<String, String> before,
            final Map<String, String> after) {
        taken.add(row);
        theirs.put(row.key(kind), after);
        if (!before.isEmpty()) {
            ours.put(row.key(kind), before);
        }
    }

    void command(final Consumer<CommandBatch> command) {
        commands.add(command);
    }

    /** Metadata of the thing that the row is about. */
    void note(final String key, final String attributes) {
        notes.put(key, attributes);
    }

    void write(final CommandBatch batch) {
        commands.forEach(command -> command.accept(batch));
    }

    List<Difference> differences() {
        return Difference.between(ours, theirs);
    }

    List<Quarantined> quarantined() {
        return quarantined;
    }

    List<ExternalFile.Row> taken() {
        return taken;
    }

    SequencedMap<String, String> notes() {
        return notes;
    }
}
