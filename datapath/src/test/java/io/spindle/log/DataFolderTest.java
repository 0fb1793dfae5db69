package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.EngineConfig;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

class DataFolderTest {
    @TempDir Path path;

    @Test
    void checksOfOnesOwnAreReadFromTheFolder() throws IOException {
        final DataFolder folder = new DataFolder(path);
        assertEquals(EngineConfig.standard(), folder.engineConfig());
        Files.writeString(
                path.resolve("order-checks"),
                "# one a line\n\n  io.spindle.oms.TradesPerDay:100 \n");
        assertEquals(List.of("io.spindle.oms.TradesPerDay:100"), folder.engineConfig().checks());
    }

    @Test
    void sharedMemoryIsNamedFromTheAbsolutePath() {
        final DataFolder folder = new DataFolder(Path.of("/srv/spindle/x/../data"));

        assertEquals(new DataFolder(Path.of("/srv/spindle/data")), folder);
        assertEquals(
                "spindle-" + "0123456789abcdef".length(),
                folder.sharedMemory().getFileName().toString().replaceFirst("[0-9a-f]{16}$", "16"));
        assertNotEquals(new DataFolder(Path.of("data2")).sharedMemory(), folder.sharedMemory());
    }

    @Test
    void everyFileHasItsPlace() throws IOException {
        final DataFolder folder = new DataFolder(path.resolve("data")).create();
        try {
            assertTrue(Files.isDirectory(folder.archive()));
            assertTrue(Files.isDirectory(folder.snapshots()));
            assertEquals(folder.run().resolve("media.pid"), folder.pid("media"));
            assertEquals(folder.run().resolve("lock"), folder.lock());
            assertEquals("admin.key", folder.adminKey().getFileName().toString());
            assertEquals("spindle.db", folder.database().getFileName().toString());
            assertEquals(folder.sharedMemory(), folder.aeron().getParent());
            assertEquals(folder.sharedMemory(), folder.counters().getParent());
            assertEquals(folder.sharedMemory(), folder.logRing().getParent());
            assertEquals(folder.sharedMemory(), folder.mark().getParent());
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), false);
        }
    }

    @Test
    void manyProcessesThatStartTogetherAgreeOnTheFoldersNumber() throws IOException {
        final DataFolder folder = new DataFolder(path).create();
        final Set<UUID> ids = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 32)
                .parallel()
                .forEach(
                        i -> {
                            try {
                                ids.add(folder.logId());
                            } catch (final IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        IoUtil.delete(folder.sharedMemory().toFile(), false);

        assertEquals(1, ids.size());
    }
}
