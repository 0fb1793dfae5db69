package io.spindle.journal;

import io.spindle.log.CommandLog;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;

import org.agrona.IoUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A data folder with a small ring, a writer that fills it, and a media process on a thread. */
final class LogFixture implements AutoCloseable {
    static final JournalConfig CONFIG = MediaThread.CONFIG;
    static final int MAX_PAYLOAD = 1024;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    final DataFolder folder;
    RingFile file;
    LogRing ring;
    private final Random random = new Random(3);
    private MediaThread media;

    LogFixture(final Path path) throws IOException {
        folder = new DataFolder(path).create();
        file =
                Files.exists(folder.logRing())
                        ? RingFile.open(folder.logRing())
                        : RingFile.create(
                                folder.logRing(), 1 << 20, MAX_PAYLOAD, RingOwner.of(folder), 0, 0);
        ring = file.writer();
    }

    void startMedia() {
        startMedia(CONFIG);
    }

    void startMedia(final JournalConfig config) {
        media = new MediaThread(folder, config);
    }

    void stopMedia() {
        media.close();
    }

    Throwable mediaFailure() {
        return media.failure();
    }

    /** Appends commands that {@link #check} knows; waits while the ring is full. */
    void append(final int count) {
        for (int i = 0; i < count; i++) {
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (!appendOne(false)) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new AssertionError("ring full at " + (ring.lastSequence() + 1));
                }
                LockSupport.parkNanos(10_000);
            }
        }
    }

    /** Appends up to {@code count} commands, as the loop does while nobody records: it refuses. */
    void appendWhatFits(final int count) {
        int appended = 0;
        while (appended < count && appendOne(false)) {
            appended++;
        }
    }

    /**
     * Appends one command that {@link #check} knows, if there is room for it.
     *
     * @param reserved takes the room that new orders may not have
     */
    boolean appendOne(final boolean reserved) {
        final long sequence = ring.lastSequence() + 1;
        final int length = Long.BYTES + random.nextInt(200);
        final int offset = ring.claim(length, reserved);
        if (offset == CommandLog.BACK_PRESSURED) {
            return false;
        }
        ring.buffer().putLong(offset, sequence * 7);
        ring.buffer().setMemory(offset + Long.BYTES, length - Long.BYTES, (byte) 0);
        ring.commit(length, sequence * 1000);
        return true;
    }

    /** What is in the ring is gone; a new one goes on behind the recording's end. */
    void losePower() throws IOException {
        final long recorded = LogEnd.of(folder.archive()).sequence();
        file.close();
        Files.delete(folder.logRing());
        file =
                RingFile.create(
                        folder.logRing(), 1 << 20, MAX_PAYLOAD, RingOwner.of(folder), 0, recorded);
        ring = file.writer();
    }

    void awaitRecorded() {
        media.awaitRecorded(ring);
    }

    /** Reads the recording from a sequence on; every command must be the one appended. */
    long readBack(final long after) {
        try (LogCursor cursor = new LogCursor(folder.archive(), after)) {
            while (cursor.poll(
                            (sequence, timeNs, buffer, offset, length) ->
                                    check(sequence, timeNs, buffer.getLong(offset)),
                            10)
                    > 0) {
                continue;
            }
            return cursor.sequence();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void check(final long sequence, final long timeNs, final long first) {
        if (first != sequence * 7 || timeNs != sequence * 1000) {
            throw new AssertionError("sequence " + sequence + " holds " + first);
        }
    }

    @Override
    public void close() {
        file.close();
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }
}
