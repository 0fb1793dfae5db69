package io.spindle.replica;

import io.spindle.log.DataFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A snapshot that somebody wants now: a file in {@code DATA/run}, made by whoever asks and removed
 * by the snapshotter once the snapshot is on the disk. Several requests at one time are one.
 *
 * <p>One thread on each side.
 */
public final class SnapshotRequest {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path file;
    private long lookedNs;
    private boolean hasLooked;

    public SnapshotRequest(final DataFolder folder) {
        file = folder.run().resolve("snapshot");
    }

    /** True if one is wanted; looks some times a second. */
    public boolean isMade(final long nowNs) {
        if (hasLooked && nowNs - lookedNs < LOOK_NS) {
            return false;
        }
        hasLooked = true;
        lookedNs = nowNs;
        return Files.exists(file);
    }

    /** The snapshot has been written. */
    public void granted() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Asks and waits.
     *
     * @throws TimeoutException if nobody took one; the request is withdrawn
     */
    public void make(final long patienceNs) throws IOException, TimeoutException {
        Files.writeString(file, "");
        final long deadlineNs = System.nanoTime() + patienceNs;
        while (Files.exists(file)) {
            if (System.nanoTime() - deadlineNs > 0) {
                granted();
                throw new TimeoutException("no feed process takes snapshots of this folder");
            }
            LockSupport.parkNanos(LOOK_NS / 10);
        }
    }
}
