package io.spindle.log;

import io.spindle.nic.Cold;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Something that one of a folder's processes is asked to do now: a file in {@code DATA/run}, made
 * by whoever asks and removed once it is done. Several requests at one time are one.
 *
 * <p>One thread on each side.
 */
@Cold
public final class FolderRequest {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path file;
    private final String nobody;
    private long lookedNs;
    private boolean hasLooked;

    private FolderRequest(final DataFolder folder, final String name, final String nobody) {
        this.file = folder.run().resolve(name);
        this.nobody = nobody;
    }

    /** That the feed process writes a snapshot. */
    public static FolderRequest snapshot(final DataFolder folder) {
        return new FolderRequest(
                folder, "snapshot", "no feed process takes snapshots of this folder");
    }

    /** That the media process lets the recording begin at a stream position. */
    public static FolderRequest purge(final DataFolder folder) {
        return new FolderRequest(
                folder, "purge", "the media process of this folder does not answer");
    }

    /** True if it is wanted; looks some times a second. */
    public boolean isMade(final long nowNs) {
        if (hasLooked && nowNs - lookedNs < LOOK_NS) {
            return false;
        }
        hasLooked = true;
        lookedNs = nowNs;
        return Files.exists(file);
    }

    /**
     * What was given with it; nothing if it was withdrawn meanwhile, or is not what {@link #make}
     * writes: such a request is removed.
     */
    public OptionalLong argument() throws IOException {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (final NoSuchFileException | NumberFormatException | CharacterCodingException e) {
            granted();
            return OptionalLong.empty();
        }
    }

    /** It is done, or cannot be. */
    public void granted() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Asks and waits.
     *
     * @throws TimeoutException if nobody did it; the request is withdrawn
     */
    public void make(final long argument, final long patienceNs)
            throws IOException, TimeoutException {
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, argument + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        final long deadlineNs = System.nanoTime() + patienceNs;
        while (Files.exists(file)) {
            if (System.nanoTime() - deadlineNs > 0) {
                granted();
                throw new TimeoutException(nobody);
            }
            LockSupport.parkNanos(LOOK_NS / 10);
        }
    }
}
