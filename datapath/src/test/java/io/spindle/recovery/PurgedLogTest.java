package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.LogPurge;
import io.spindle.journal.LogStart;
import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;
import io.spindle.oms.SnapshotReader;
import io.spindle.replica.Snapshots;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A log without its beginning: all that reads it starts from the snapshot, or says why not. */
@Timeout(120)
class PurgedLogTest {
    private static final long RING = 1 << 20;
    private static final int MAX_COMMAND = 1024;

    @TempDir Path path;
    private DataFolder folder;
    private long front;
    private final EngineFlow flow = new EngineFlow(21);

    @BeforeEach
    void purge() throws Exception {
        folder = SmallTables.in(new DataFolder(path).create());
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND);
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(16_000);
            final Snapshots snapshots = new Snapshots(folder.snapshots());
            snapshots.writeBeforeDay(flow.engine);
            front = flow.engine.sequence();
            flow.orders(3_000);
            media.awaitRecorded(log.ring());
        }
        final LogPurge purge = LogPurge.before(folder, front);
        assertTrue(purge.files().size() > 2);
        purge.run(Optional.empty());
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    @Test
    void shouldVerifyFromTheSnapshotOn() throws IOException {
        final Verification verified = Verification.of(folder);
        assertEquals(Optional.empty(), verified.failure());
        assertEquals(front, verified.snapshot());
        assertEquals(flow.engine.eventDigest(), verified.digest());
        assertEquals(flow.engine.stateHash(), verified.stateHash());
        assertTrue(verified.lines().getFirst().startsWith("recorded  " + verified.first()));
    }

    @Test
    void shouldRecoverFromTheSnapshotOn() throws IOException {
        final EngineFlow next = new EngineFlow(0);
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            log.replay(log.restore(next.engine), next, sequence -> {});
        }
        assertEquals(flow.engine.stateHash(), next.engine.stateHash());
    }

    @Test
    void shouldReplayAsFarBackAsTheLogGoesAndSayWhyNotFurther() throws IOException {
        assertEquals(front, sequenceAt(front));
        assertEquals(front + 100, sequenceAt(front + 100));
        final LogDamaged refusal = assertThrows(LogDamaged.class, () -> sequenceAt(front - 100));
        assertTrue(refusal.getMessage().contains("was purged"), refusal.getMessage());
    }

    /** Where an engine stands that was to be brought to a sequence. */
    private long sequenceAt(final long sequence) throws IOException {
        final EngineFlow then = new EngineFlow(0);
        new Snapshots(folder.snapshots()).restore(then.engine, sequence);
        new OfflineLog(folder).read(then.engine.sequence(), sequence, then);
        return then.engine.sequence();
    }

    @Test
    void shouldRunTheRestTwiceForADifference() throws IOException {
        final WhatIf smaller = new WhatIf().orderQuantity("", 20);
        final ReplayDiff diff = ReplayDiff.of(folder, EngineFlow.CONFIG, smaller, front + 10);
        assertTrue(diff.firstDivergence().orElseThrow() > front);
        assertFalse(diff.changes().isEmpty());
        assertEquals(
                Optional.empty(),
                ReplayDiff.of(folder, EngineFlow.CONFIG, new WhatIf(), front + 10)
                        .firstDivergence());
    }

    @Test
    void withoutTheSnapshotNothingIsBelieved() throws IOException {
        Files.delete(SnapshotReader.list(folder.snapshots()).getFirst());
        assertTrue(LogStart.of(folder.archive()).isPurged());
        final LogDamaged refusal = assertThrows(LogDamaged.class, () -> Verification.of(folder));
        assertTrue(refusal.getMessage().contains("no whole snapshot"), refusal.getMessage());
    }
}
