package io.spindle.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the volume of the recording. */
record DiskSpace(FileStore store, long low) {
    static DiskSpace of(final Path folder, final long low) throws IOException {
        return new DiskSpace(Files.getFileStore(folder), low);
    }

    boolean isLow() {
        try {
            return store.getUsableSpace() < low;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
