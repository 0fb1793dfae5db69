package io.spindle.connector;

import io.spindle.log.DataFolder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to speak with a venue: a lock on a file of the data folder, which the kernel takes back
 * from a process that dies.
 */
final class VenueLease implements AutoCloseable {
    private final FileChannel channel;
    private FileLock lock;

    VenueLease(final DataFolder folder, final String venue) throws IOException {
        final Path path = folder.path().resolve("run").resolve("venue-" + venue + ".lock");
        Files.createDirectories(path.getParent());
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** True from the moment on at which it is ours. */
    boolean isHeld() throws IOException {
        if (lock == null) {
            try {
                lock = channel.tryLock();
            } catch (final OverlappingFileLockException anotherOfThisProcess) {
                return false;
            }
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
