package io.spindle.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sessions that can be asked for: the current one and the one before it.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class DayFiles implements AutoCloseable {
    private final Path folder;
    private DayFile current;
    private DayFile previous;

    DayFiles(final Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    /** Opens the file of a session, which becomes the current one. */
    DayFile start(final long head, final short tail) {
        if (current != null && current.isOf(head, tail)) {
            return current;
        }
        if (previous != null) {
            previous.close();
        }
        previous = current;
        current = new DayFile(folder, head, tail, ".itch");
        return current;
    }

    /** The file of a session, or null when it is neither the current one nor the last. */
    DayFile find(final long head, final short tail) {
        if (current != null && current.isOf(head, tail)) {
            return current;
        }
        return previous != null && previous.isOf(head, tail) ? previous : null;
    }

    @Override
    public void close() {
        if (previous != null) {
            previous.close();
        }
        if (current != null) {
            current.close();
        }
    }
}
