package io.spindle.recovery;

import io.spindle.journal.LogCursor;
import io.spindle.journal.LogEnd;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.LogRing;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Snapshots;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * The log of one data folder, held for writing.
 *
 * <pre>
 *   lock ─▶ ring of this boot? attach and repair : make a new one behind the Archive's end
 *        ─▶ replay: Archive's files up to K, then ring records above K in place
 *        ─▶ the ring's writing end
 * </pre>
 *
 * <p>Needs no other process: the Archive's files are read where they lie. While this is open no
 * other process can write to the log. One thread.
 */
public final class OpenLog implements AutoCloseable {
    private static final int FRAMES = 64;
    private static final int COMMANDS = 4096;

    private final DataFolder folder;
    private final FileChannel lockFile;
    private final RingFile file;
    private final LogRing ring;
    private final boolean lossPossible;

    private OpenLog(final DataFolder folder, final FileChannel lockFile, final RingFile file) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.file = file;
        this.ring = file.writer();
        this.lossPossible = ring.isUnused() && ring.lastSequence() > 0;
    }

    public static OpenLog open(final DataFolder folder) throws IOException {
        return open(folder, LogRing.CAPACITY, LogRing.MAX_COMMAND);
    }

    /**
     * Takes the fence and the ring's writing end.
     *
     * @throws IllegalStateException if another process holds the log
     * @throws LogDamaged if something is there that no crash leaves behind
     */
    public static OpenLog open(
            final DataFolder folder, final long ringCapacity, final int maxCommand)
            throws IOException {
        folder.create();
        folder.checkNotFenced();
        final FileChannel lockFile = folder.tryLock();
        RingFile file = null;
        try {
            final Path path = folder.logRing();
            final RingOwner owner = RingOwner.of(folder);
            if (Files.exists(path)) {
                file = RingFile.open(path);
                if (file.owner().equals(owner)) {
                    followArchive(file, folder);
                    return new OpenLog(folder, lockFile, file);
                }
                file.close();
            }
            final long recorded = LogEnd.of(folder.archive()).sequence();
            file = RingFile.create(path, ringCapacity, maxCommand, owner, folder.epoch(), recorded);
            return new OpenLog(folder, lockFile, file);
        } catch (final IOException | RuntimeException e) {
            if (file != null) {
                file.close();
            }
            lockFile.close();
            throw e;
        }
    }

    /** An unused ring was perhaps made behind an Archive that has been brought back whole since. */
    private static void followArchive(final RingFile file, final DataFolder folder)
            throws IOException {
        if (file.writer().isUnused()) {
            file.beginBehind(LogEnd.of(folder.archive()).sequence());
        }
    }

    /**
     * Fills an unused engine from the newest whole snapshot.
     *
     * @return its sequence, to be given to {@link #replay}; 0 without a snapshot
     */
    public long restore(final TradingEngine engine) throws IOException {
        return new Snapshots(folder.snapshots()).restore(engine, Long.MAX_VALUE);
    }

    /**
     * What a replay found.
     *
     * @param fromArchive commands read from the Archive's files
     * @param fromRing commands that only the ring had
     * @param lastSequence of the log
     */
    public record Replayed(long fromArchive, long fromRing, long lastSequence) {}

    /**
     * Hands over every command above {@code after}, the Archive's first, then the ring's. The
     * ring's {@link LogRing#poll} goes on from there.
     *
     * @param after the sequence of the snapshot that was read, 0 without one
     * @param progress is told the sequence reached, now and then
     */
    public Replayed replay(
            final long after, final CommandHandler handler, final LongConsumer progress)
            throws IOException {
        if (after > ring.lastSequence()) {
            throw new LogDamaged(
                    "the log ends with sequence "
                            + ring.lastSequence()
                            + " and the snapshot is of "
                            + after,
                    "bring the archive folder back from a standby or a backup");
        }
        long fromArchive = 0;
        final long recorded;
        try (LogCursor cursor = new LogCursor(folder.archive(), after)) {
            do {
                for (int commands = 1; commands > 0; fromArchive += commands) {
                    commands = cursor.poll(handler, FRAMES);
                    progress.accept(cursor.sequence());
                }
            } while (!cursor.isAtEnd());
            recorded = cursor.sequence();
        }
        checkJoint(recorded);
        long fromRing = 0;
        for (int commands = 1; commands > 0; fromRing += commands) {
            commands = ring.poll(handler, COMMANDS);
        }
        progress.accept(ring.lastSequence());
        return new Replayed(fromArchive, fromRing, ring.lastSequence());
    }

    public DataFolder folder() {
        return folder;
    }

    /** The ring's records must go on where the Archive's end. */
    private void checkJoint(final long recorded) {
        if (recorded < file.releasedSequence()) {
            throw new LogDamaged(
                    folder.archive()
                            + " ends with sequence "
                            + recorded
                            + ", and "
                            + file.releasedSequence()
                            + " was recorded",
                    "bring the archive folder back from a standby or a backup, or promote a"
                            + " standby");
        }
        final long next = ring.offerAbove(recorded);
        if (next != recorded + 1) {
            throw new LogDamaged(
                    "the Archive ends with sequence "
                            + recorded
                            + " and the ring goes on with "
                            + next,
                    "another data folder's ring lies in "
                            + folder.logRing()
                            + ", or the Archive was changed; move the ring away only if nothing in"
                            + " it was acknowledged");
        }
    }

    /** The writing end. */
    public LogRing ring() {
        return ring;
    }

    /**
     * True if the ring of the log was gone (another boot): commands that were acknowledged from the
     * ring and not yet recorded are lost, so sessions go on under a higher epoch. It stays true
     * until the command that begins that is in the new ring, whoever dies before.
     */
    public boolean lossPossible() {
        return lossPossible;
    }

    /** Maps every page of the ring now, so that no append meets a page fault. */
    public void prefault() {
        file.prefault();
    }

    @Override
    public void close() throws IOException {
        file.close();
        lockFile.close();
    }
}
