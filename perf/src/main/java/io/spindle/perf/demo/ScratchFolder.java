package io.spindle.perf.demo;

import io.spindle.log.DataFolder;

import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data folder for one measurement: gone afterwards, with all it had in shared memory. */
public record ScratchFolder(Path path) implements AutoCloseable {
    public ScratchFolder(final String prefix) throws IOException {
        this(Files.createTempDirectory(prefix));
    }

    @Override
    public void close() {
        IoUtil.delete(new DataFolder(path).sharedMemory().toFile(), true);
        IoUtil.delete(path.toFile(), true);
    }
}
