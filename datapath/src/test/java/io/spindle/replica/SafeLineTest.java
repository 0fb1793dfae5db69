package io.spindle.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class SafeLineTest {
    @TempDir Path path;

    @Test
    void shouldTellAllWithoutARingAndWhatTheRingSaysWithOne() throws IOException {
        final DataFolder folder = new DataFolder(path).create();
        try (SafeLine ring = new SafeLine(folder, AckLevel.RING);
                SafeLine synced = new SafeLine(folder, AckLevel.SYNCED);
                SafeLine replicated = new SafeLine(folder, AckLevel.REPLICATED)) {
            assertEquals(Long.MAX_VALUE, synced.sequence());
            try (RingFile file =
                    RingFile.create(folder.logRing(), 1 << 16, 1024, RingOwner.of(folder), 0, 7)) {
                file.reader().replicatedSequence(5);
                assertEquals(Long.MAX_VALUE, ring.sequence());
                assertEquals(7, synced.sequence());
                assertEquals(5, replicated.sequence());
            }
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }
}
