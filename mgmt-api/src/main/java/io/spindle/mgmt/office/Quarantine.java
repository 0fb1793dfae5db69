package io.spindle.mgmt.office;

import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rows of files and feeds that name what nobody knows: they wait, as notes in the log. */
final class Quarantine {
    private static final String KIND = "quarantine";

    private final Notes notes;

    Quarantine(final Notes notes) {
        this.notes = notes;
    }

    static int size(final View.Reading now) {
        return now.metadata().list(KIND).size();
    }

    Optional<Metadata> find(final String key) {
        return notes.find(KIND, key);
    }

    /**
     * The row has been settled.
     *
     * @return sequence of the command that says so
     */
    long remove(final String key, final String by) throws IOException, InterruptedException {
        return notes.remove(KIND, key, by);
    }

    void add(final String key, final String by, final Object row)
            throws IOException, InterruptedException {
        notes.write(KIND, key, by, row);
    }

    /** The rows of a file that wait are those of its last load; the others were settled since. */
    void replace(final ExternalFile file, final List<Load.Quarantined> rows, final String by)
            throws IOException, InterruptedException {
        final String prefix = file.label() + ".";
        final List<String> waiting = rows.stream().map(row -> prefix + row.key()).toList();
        for (final var old : notes.list(KIND)) {
            if (old.key().startsWith(prefix) && !waiting.contains(old.key())) {
                notes.remove(KIND, old.key(), by);
            }
        }
        for (final Load.Quarantined row : rows) {
            add(prefix + row.key(), by, row);
        }
    }
}
