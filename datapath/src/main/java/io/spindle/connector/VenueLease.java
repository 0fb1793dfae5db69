package io.spindle.connector;

import io.spindle.log.DataFolder;
import io.spindle.log.FileLease;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The right to speak with a venue: a lock on a file of the data folder, which the kernel takes back
 * from a process that dies.
 */
final class VenueLease implements AutoCloseable {
    private final Path file;
    private FileChannel held;

    VenueLease(final DataFolder folder, final String venue) throws IOException {
        file = folder.path().resolve("run").resolve("venue-" + venue + ".lock");
        Files.createDirectories(file.getParent());
    }

    /** True from the moment on at which it is ours. */
    boolean isHeld() throws IOException {
        if (held == null) {
            held = FileLease.tryTake(file).orElse(null);
        }
        return held != null;
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            held.close();
        }
    }
}
