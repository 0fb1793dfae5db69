package io.spindle.recovery;

import io.spindle.journal.LogCursor;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.function.LongPredicate;

/**
 * The whole log of a data folder for reading only: the Archive's files, then what only the ring
 * has. Takes no lock and changes nothing, so that it may run beside a live appliance.
 */
public final class OfflineLog {
    private static final int FRAMES = 64;

    private final DataFolder folder;

    public OfflineLog(final DataFolder folder) {
        this.folder = folder;
    }

    /** How much was read from where; sequences are 0 when there is nothing. */
    public record Extent(long recorded, long last) {}

    /**
     * Hands over every command above {@code after}.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws LogDamaged if the log does not go on to its end
     */
    public Extent read(final long after, final CommandHandler handler) throws IOException {
        return read(after, Long.MAX_VALUE, handler);
    }

    /** The same, but nothing above {@code upTo}: the rest of the log is not looked at. */
    public Extent read(final long after, final long upTo, final CommandHandler all)
            throws IOException {
        final CommandHandler handler =
                (sequence, timeNs, buffer, offset, length) -> {
                    if (sequence <= upTo) {
                        all.onCommand(sequence, timeNs, buffer, offset, length);
                    }
                };
        return read(after, sequence -> sequence >= upTo, handler);
    }

    /**
     * The same until enough was handed over; what lies in the same frame follows.
     *
     * @param enough asked with the last sequence read
     */
    private Extent read(final long after, final LongPredicate enough, final CommandHandler handler)
            throws IOException {
        if (!Files.isDirectory(folder.path())) {
            throw new NoSuchFileException(folder.path().toString(), null, "no data folder");
        }
        final long recorded = readArchive(after, enough, handler);
        final long[] last = {recorded};
        if (!enough.test(recorded) && Files.exists(folder.logRing())) {
            try (RingFile ring = RingFile.open(folder.logRing())) {
                if (ring.owner().equals(RingOwner.of(folder))) {
                    checkRecorded(recorded, ring.releasedSequence());
                    ring.forEach(
                            (sequence, timeNs, buffer, offset, length) -> {
                                if (sequence == last[0] + 1) {
                                    last[0] = sequence;
                                    handler.onCommand(sequence, timeNs, buffer, offset, length);
                                }
                            });
                }
            }
        }
        return new Extent(recorded, last[0]);
    }

    private long readArchive(
            final long after, final LongPredicate enough, final CommandHandler handler)
            throws IOException {
        try (LogCursor cursor = new LogCursor(folder.archive(), after)) {
            do {
                while (!enough.test(cursor.sequence()) && cursor.poll(handler, FRAMES) > 0) {
                    continue;
                }
            } while (!enough.test(cursor.sequence()) && !cursor.isAtEnd());
            return cursor.sequence();
        }
    }

    private void checkRecorded(final long recorded, final long released) throws IOException {
        if (recorded < released) {
            throw new LogDamaged(
                    folder.archive()
                            + " ends with sequence "
                            + recorded
                            + ", and "
                            + released
                            + " was recorded",
                    "bring the archive folder back from a standby or a backup, or promote a"
                            + " standby");
        }
    }
}
