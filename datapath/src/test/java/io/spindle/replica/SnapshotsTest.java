package io.spindle.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;
import io.spindle.oms.SnapshotReader;
import io.spindle.recovery.EngineFlow;
import io.spindle.recovery.OpenLog;
import io.spindle.recovery.OpenLog.Replayed;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@Timeout(120)
class SnapshotsTest {
    private static final long RING = 1 << 20;
    private static final int MAX_COMMAND = 1024;

    @TempDir Path path;
    private DataFolder folder;
    private final EngineFlow flow = new EngineFlow(21);

    @BeforeEach
    void recordThreeSnapshots() throws Exception {
        folder = SmallTables.in(new DataFolder(path).create());
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND);
                MediaThread media = new MediaThread(folder)) {
            final Snapshots snapshots = new Snapshots(folder.snapshots(), 580, 1_000, 3);
            flow.on(log.ring()).market();
            assertFalse(snapshots.isDue(flow.engine, 1), "too early");
            for (int i = 0; i < 5; i++) {
                flow.orders(600);
                assertTrue(snapshots.isDue(flow.engine, 1), "by commands");
                snapshots.write(flow.engine, 1);
            }
            assertFalse(snapshots.isDue(flow.engine, 5_000), "nothing happened");
            flow.orders(1);
            assertFalse(snapshots.isDue(flow.engine, 1_000));
            assertTrue(snapshots.isDue(flow.engine, 1_001), "by time");
            snapshots.write(flow.engine, 1_001);
            snapshots.write(flow.engine, 1_001);
            flow.orders(50);
            media.awaitRecorded(log.ring());
        }
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private Replayed recovers() throws IOException {
        final EngineFlow next = new EngineFlow(0);
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            final Replayed replayed = log.replay(log.restore(next.engine), next, sequence -> {});
            assertEquals(flow.engine.sequence(), next.engine.sequence());
            assertEquals(flow.engine.eventDigest(), next.engine.eventDigest());
            assertEquals(flow.engine.stateHash(), next.engine.stateHash());
            return replayed;
        }
    }

    private List<Path> files() throws IOException {
        return SnapshotReader.list(folder.snapshots());
    }

    @Test
    void snapshotAndTailAreTheFullReplayAndOnlyTheNewestAreKept() throws IOException {
        assertEquals(3, files().size());
        final Replayed replayed = recovers();
        assertEquals(50, replayed.fromArchive(), 2);
        assertEquals(flow.engine.sequence(), replayed.lastSequence());
    }

    @Test
    void aDamagedOrHalfWrittenSnapshotIsPassedOver() throws IOException {
        final byte[] bytes = Files.readAllBytes(files().get(0));
        bytes[bytes.length / 2] ^= 1;
        Files.write(files().get(0), bytes);
        Files.write(files().get(1), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(folder.snapshots().resolve("9.snapshot.tmp"), new byte[10]);
        assertTrue(recovers().fromArchive() > 600);
    }

    @Test
    void everyCutBetweenSnapshotAndLogGivesTheSameState() throws IOException {
        for (final Path file : files()) {
            final long sequence =
                    Long.parseLong(file.getFileName().toString().replace(".snapshot", ""));
            try (Replica replica = Replica.ofState(folder, EngineFlow.CONFIG, sequence)) {
                assertEquals(sequence, replica.engine().sequence());
                while (replica.poll(16) > 0) {
                    continue;
                }
                assertEquals(flow.engine.stateHash(), replica.engine().stateHash());
                assertEquals(flow.engine.eventDigest(), replica.engine().eventDigest());
            }
        }
    }

    @Test
    void aSnapshotAheadOfTheLogIsARefusal() throws IOException {
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            final long beyond = log.ring().lastSequence() + 1;
            final LogDamaged refusal =
                    assertThrows(
                            LogDamaged.class,
                            () -> log.replay(beyond, new EngineFlow(0), sequence -> {}));
            assertTrue(refusal.getMessage().contains("snapshot is of " + beyond));
        }
    }
}
