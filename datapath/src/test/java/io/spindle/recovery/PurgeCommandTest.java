package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.LogStart;
import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;
import io.spindle.replica.Snapshots;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the database lacks is not let go. */
@Timeout(120)
class PurgeCommandTest {
    @TempDir Path path;
    private DataFolder folder;
    private long front;

    @BeforeEach
    void record() throws Exception {
        folder = SmallTables.in(new DataFolder(path).create());
        final EngineFlow flow = new EngineFlow(22);
        try (OpenLog log = OpenLog.open(folder, 1 << 20, 1024);
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(16_000);
            new Snapshots(folder.snapshots()).writeBeforeDay(flow.engine);
            front = flow.engine.sequence();
            flow.orders(100);
            media.awaitRecorded(log.ring());
        }
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private String purge(final int code) {
        final StringWriter said = new StringWriter();
        assertEquals(
                code,
                new CommandLine(new LogCommand())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute("purge", "--keep-days=1", "--delete", "--data", path.toString()),
                said::toString);
        return said.toString();
    }

    @Test
    void shouldWaitForTheDatabase() throws IOException {
        folder.databaseHolds(front - 1);
        assertTrue(purge(1).contains("nothing goes"));
        assertFalse(LogStart.of(folder.archive()).isPurged());
        folder.databaseHolds(front);
        assertTrue(purge(0).contains("deleted: sequences 1 to"));
        assertTrue(LogStart.of(folder.archive()).isPurged());
        assertTrue(purge(0).contains("no whole file"));
    }

    @Test
    void shouldSayThatNobodyKnowsOfADatabase() throws IOException {
        Files.writeString(path.resolve("database.sequence"), "");
        assertThrows(LogDamaged.class, folder::databaseHolds);
        purge(1);
        assertFalse(LogStart.of(folder.archive()).isPurged());
        Files.delete(path.resolve("database.sequence"));
        assertTrue(purge(0).contains("no management process"));
    }
}
