package io.spindle.journal;

import io.spindle.log.DataFolder;
import io.spindle.log.DurableFile;
import io.spindle.log.FolderRequest;
import io.spindle.log.LogDamaged;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes the beginning of a log away, in whole files: first the Archive's catalog says, on the disk,
 * that the recording begins later, then the files go, the oldest first. So what is left never has a
 * hole, whenever this dies; called again, it goes on.
 */
public final class LogPurge {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final DataFolder folder;
    private final ArchiveCatalog catalog;
    private final long sequence;
    private final List<Segment> files;
    private final Segment kept;

    private LogPurge(
            final DataFolder folder,
            final long sequence,
            final List<Segment> files,
            final Segment kept) {
        this.folder = folder;
        this.catalog = new ArchiveCatalog(folder.archive());
        this.sequence = sequence;
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
        return new LogPurge(
                folder, sequence, all.subList(0, kept), all.isEmpty() ? null : all.get(kept));
    }

    /** Oldest first. */
    public List<Path> files() {
        return files.stream().map(Segment::file).toList();
    }

    /** True if no file lies before, and the catalog knows it. */
    public boolean isDone() throws IOException {
        return kept == null
                || files.isEmpty()
                        && (kept.basePosition() == 0
                                || catalog.startPosition() >= kept.basePosition());
    }

    /** Sequence with which the log would begin. */
    public long firstKept() throws IOException {
        return kept.firstSequence();
    }

    /**
     * Does it.
     *
     * @param moveTo in whose folder of this log's id the files go; nothing = they are deleted
     * @throws IOException if the Archive does not let them go, or others lie there under their
     *     names; no file is gone then
     * @throws LogDamaged if files are missing already that nobody purged
     * @throws IllegalStateException if a standby, or a trading process without media, is at work
     */
    public void run(final Optional<Path> moveTo) throws IOException {
        if (isDone()) {
            return;
        }
        if (files.isEmpty() && kept.firstSequence() > sequence + 1) {
            throw new LogDamaged(
                    "%s begins with sequence %d without a purge, and sequence %d is wanted"
                            .formatted(folder.archive(), kept.firstSequence(), sequence + 1),
                    "bring the missing files back from a standby or a backup");
        }
        final Optional<Path> place =
                moveTo.isPresent() ? Optional.of(place(moveTo.get())) : Optional.empty();
        try (FileChannel media = MediaProcess.tryLock(folder);
                FileChannel writer = media == null ? null : folder.tryLock()) {
            if (catalog.startPosition() < kept.basePosition()) {
                detach(writer != null);
            }
            catalog.force();
            remove(place);
        }
    }

    /** Each log has a folder of its own there: all call their files alike. */
    private Path place(final Path moveTo) throws IOException {
        final Path wanted = moveTo.toAbsolutePath().normalize();
        if ((Files.exists(wanted) ? wanted.toRealPath() : wanted)
                .startsWith(folder.archive().toRealPath())) {
            throw new IOException(wanted + " is the log's own folder: move to another");
        }
        final Path place = Files.createDirectories(wanted.resolve(folder.logId().toString()));
        DurableFile.force(wanted);
        for (final Segment file : files) {
            final Path there = place.resolve(file.file().getFileName());
            if (Files.exists(there) && Files.mismatch(file.file(), there) >= 0) {
                throw new FileAlreadyExistsException(
                        there.toString(), null, "not the same as " + file.file());
            }
        }
        return place;
    }

    /** By the Archive if it runs, else for it. */
    private void detach(final boolean isAlone) throws IOException {
        if (isAlone) {
            catalog.startPosition(kept.basePosition());
            return;
        }
        try {
            FolderRequest.purge(folder).make(kept.basePosition(), PATIENCE_NS);
        } catch (final TimeoutException silent) {
            throw new IOException(silent.getMessage() + "; nothing was purged", silent);
        }
        if (catalog.startPosition() < kept.basePosition()) {
            throw new IOException(
                    "the Archive did not let its files go, perhaps because a standby still reads"
                            + " them; the media process said why. Nothing was purged");
        }
    }

    private void remove(final Optional<Path> place) throws IOException {
        for (final Segment file : files) {
            if (place.isPresent()) {
                copy(file.file(), place.get());
            }
            Files.delete(file.file());
        }
        DurableFile.force(folder.archive());
    }

    /** Whole or not at all under its name, and on the disk. */
    private static void copy(final Path file, final Path to) throws IOException {
        final Path part = to.resolve(file.getFileName() + ".part");
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        DurableFile.force(part);
        Files.move(part, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.force(to);
    }
}
