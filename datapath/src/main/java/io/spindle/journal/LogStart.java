package io.spindle.journal;

import io.spindle.log.LogDamaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the recording begins: with the log's first command, unless its beginning was purged. Only
 * the Archive's catalog says that: a first file that is missing without its word is damage.
 *
 * @param sequence of the first command that is there
 */
public record LogStart(Path archive, long sequence) {
    /** Looks at the files of an Archive's folder. */
    public static LogStart of(final Path archive) {
        try {
            final List<Segment> segments = Segment.list(archive);
            final boolean isPurged =
                    !segments.isEmpty()
                            && segments.getFirst().basePosition() > 0
                            && segments.getFirst().basePosition()
                                    <= new ArchiveCatalog(archive).startPosition();
            return new LogStart(archive, isPurged ? segments.getFirst().firstSequence() : 1);
        } catch (final IOException e) {
            throw new UncheckedIOException("looking for the log's beginning in " + archive, e);
        }
    }

    public boolean isPurged() {
        return sequence > 1;
    }

    /**
     * Says why nothing can be read from there on, if it is because of a purge.
     *
     * @param after the sequence behind which somebody wants to read
     * @throws LogDamaged if it was purged
     */
    void refuse(final long after) {
        if (isPurged() && after + 1 < sequence) {
            throw new LogDamaged(
                    "%s begins with sequence %d: what lies before was purged, and sequence %d is wanted"
                            .formatted(archive, sequence, after + 1),
                    "ask for a later moment, or bring the purged files back while nothing runs");
        }
    }
}
