package io.spindle.journal;

import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes the beginning of a log away, in whole files: first the Archive's catalog says that the
 * recording begins later, then the files go, the oldest first. So what is left never has a hole,
 * whenever this dies; called again, it goes on.
 */
public final class LogPurge {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final DataFolder folder;
    private final List<Segment> files;
    private final Segment kept;

    private LogPurge(final DataFolder folder, final List<Segment> files, final Segment kept) {
        this.folder = folder;
        this.files = files;
        this.kept = kept;
    }

    /** What could go so that every command behind a sequence stays. */
    public static LogPurge before(final DataFolder folder, final long sequence) throws IOException {
        final List<Segment> all = Segment.list(folder.archive());
        int kept = 0;
        for (int i = 1; i < all.size() && all.get(i).firstSequence() <= sequence + 1; i++) {
            kept = i;
        }
        return new LogPurge(folder, all.subList(0, kept), all.isEmpty() ? null : all.get(kept));
    }

    /** Oldest first. */
    public List<Path> files() {
        return files.stream().map(Segment::file).toList();
    }

    /** Sequence with which the log would begin. */
    public long firstKept() throws IOException {
        return kept.firstSequence();
    }

    /**
     * Does it.
     *
     * @param moveTo where the files go; nothing = they are deleted
     * @throws IOException if the Archive does not let them go; no file is gone then
     * @throws IllegalStateException if a standby, or a trading process without media, is at work
     */
    public void run(final Optional<Path> moveTo) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        final ArchiveCatalog catalog = new ArchiveCatalog(folder.archive());
        if (catalog.startPosition() < kept.basePosition()) {
            detach(catalog);
        }
        for (final Segment file : files) {
            if (moveTo.isPresent()) {
                copy(file.file(), moveTo.get());
            }
            Files.delete(file.file());
        }
    }

    /** By the Archive if it runs, else for it. */
    private void detach(final ArchiveCatalog catalog) throws IOException {
        final FileChannel media = MediaProcess.tryLock(folder);
        if (media != null) {
            try {
                folder.tryLock().close();
                catalog.startPosition(kept.basePosition());
                return;
            } finally {
                media.close();
            }
        }
        try {
            FolderRequest.purge(folder).make(kept.basePosition(), PATIENCE_NS);
        } catch (final TimeoutException silent) {
            throw new IOException(silent.getMessage() + "; nothing was purged", silent);
        }
        if (catalog.startPosition() < kept.basePosition()) {
            throw new IOException(
                    "the Archive did not let its files go, perhaps because a standby still reads them;"
                            + " the media process said why. Nothing was purged");
        }
    }

    /** Whole or not at all under its name, and on the disk. */
    private static void copy(final Path file, final Path to) throws IOException {
        Files.createDirectories(to);
        final Path whole = to.resolve(file.getFileName());
        final Path part = to.resolve(file.getFileName() + ".part");
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    }
}
