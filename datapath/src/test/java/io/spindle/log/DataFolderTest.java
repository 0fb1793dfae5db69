package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.EngineConfig;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aLogIdThatCannotBeReadIsSaidToBe() throws IOException {
        final DataFolder folder = new DataFolder(path);
        assertEquals(folder.logId(), folder.logId());
        Files.writeString(path.resolve("log.id"), "");
        final LogDamaged refusal = assertThrows(LogDamaged.class, folder::logId);
        assertTrue(refusal.getMessage().contains("log.id"), refusal.getMessage());
    }

    @Test
    void capacitiesAreReadFromTheFolder() throws IOException {
        assertEquals(SmallTables.CONFIG, SmallTables.in(new DataFolder(path)).engineConfig());
        Files.writeString(path.resolve("capacities"), "# a big box\nmaxOrders 10000000\n");
        final EngineConfig config = new DataFolder(path).engineConfig();
        assertEquals(10_000_000, config.maxOrders());
        assertEquals(EngineConfig.standard().maxAccounts(), config.maxAccounts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    maxOrder 4096                       | maxOrder: not a capacity
                    maxOrders                           | maxOrders: expected one number
                    maxOrders 4k                        | maxOrders: expected one number
                    maxOrders 17000000                  | maxOrders=17000000: 1 … 16000000
                    maxRequests 1000                    | maxRequests=1000: power of two
                    """)
    void wrongCapacitiesAreRefusedByFileLineAndName(final String line, final String reason)
            throws IOException {
        final Path file = path.resolve("capacities");
        Files.writeString(file, "maxCash 1024\n\n" + line + "\n");
        final IOException refusal =
                assertThrows(IOException.class, new DataFolder(path)::engineConfig);
        assertTrue(refusal.getMessage().startsWith(file + ":3: " + reason), refusal.getMessage());
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
