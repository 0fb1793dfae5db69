package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.MediaThread;
import io.spindle.journal.Segment;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;
import io.spindle.recovery.OpenLog.Replayed;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

@Timeout(120)
class OpenLogTest {
    private static final long RING = 1 << 20;
    private static final int MAX_COMMAND = 1024;
    private static final long BOOT_ID_OFFSET = 24;

    @TempDir Path path;
    private DataFolder folder;
    private final EngineFlow flow = new EngineFlow(11);

    @BeforeEach
    void makeFolder() throws IOException {
        folder = SmallTables.in(new DataFolder(path));
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private OpenLog open() throws IOException {
        return OpenLog.open(folder, RING, MAX_COMMAND);
    }

    /** Everything comes back, and the same engine with it. */
    private Replayed recovers() throws IOException {
        final EngineFlow next = new EngineFlow(0);
        try (OpenLog log = open()) {
            final Replayed replayed = log.replay(0, next, sequence -> {});
            assertEquals(flow.engine.sequence(), replayed.lastSequence());
            assertEquals(flow.engine.sequence(), next.engine.sequence());
            assertEquals(flow.engine.eventDigest(), next.engine.eventDigest());
            assertEquals(flow.engine.stateHash(), next.engine.stateHash());
            return replayed;
        }
    }

    @Test
    void recoversFromTheRingAloneWhileMediaIsDead() throws IOException {
        try (OpenLog log = open()) {
            log.prefault();
            flow.on(log.ring()).market().orders(1_000);
            assertFalse(log.lossPossible());
        }
        assertEquals(0, recovers().fromArchive());
    }

    @Test
    void joinsWhatWasRecordedWithWhatOnlyTheRingHas() throws Exception {
        try (OpenLog log = open();
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(5_000);
            media.awaitRecorded(log.ring());
        }
        try (OpenLog log = open()) {
            log.replay(0, (sequence, timeNs, buffer, offset, length) -> {}, sequence -> {});
            flow.on(log.ring()).orders(500);
        }
        final Replayed replayed = recovers();
        assertTrue(replayed.fromArchive() > 5_000, replayed.toString());
        assertTrue(replayed.fromRing() >= 500, replayed.toString());
    }

    @Test
    void recoversWhileTheJournallerIsStillDraining() throws Exception {
        try (OpenLog log = open()) {
            flow.on(log.ring()).market().orders(3_000);
        }
        try (MediaThread media = new MediaThread(folder)) {
            for (int i = 0; i < 20; i++) {
                recovers();
                try (OpenLog log = open()) {
                    log.replay(0, (sequence, timeNs, buffer, offset, length) -> {}, s -> {});
                    flow.on(log.ring()).orders(200);
                }
            }
            assertTrue(media.isAlive());
        }
        recovers();
    }

    @Test
    void aSecondTradingProcessIsTurnedAway() throws IOException {
        try (OpenLog log = open()) {
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, this::open);
            assertTrue(refusal.getMessage().contains("another trading process"));
            assertTrue(log.ring().lastSequence() == 0);
        }
        open().close();
    }

    @Test
    void aRingOfAnotherBootIsReplacedAndTheLossIsSaid() throws Exception {
        try (OpenLog log = open();
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(100);
            media.awaitRecorded(log.ring());
        }
        patch(folder.logRing(), BOOT_ID_OFFSET, UUID.randomUUID().getLeastSignificantBits());
        try (OpenLog log = open()) {
            assertTrue(log.lossPossible());
            assertEquals(flow.engine.sequence(), log.ring().lastSequence());
        }
        recovers();
        try (OpenLog log = open()) {
            assertTrue(log.lossPossible(), "whoever found the loss has begun no session");
            log.ring().claim(Long.BYTES, true);
            log.ring().commit(Long.BYTES, 1);
        }
        try (OpenLog log = open()) {
            assertFalse(log.lossPossible());
        }
    }

    /** The ring was made behind the damage, and nothing was appended to it. */
    @Test
    void goesOnBehindAnArchiveThatWasBroughtBackWhole() throws Exception {
        try (OpenLog log = open();
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(300);
            media.awaitRecorded(log.ring());
        }
        patch(folder.logRing(), BOOT_ID_OFFSET, UUID.randomUUID().getLeastSignificantBits());
        final Path segment = Segment.list(folder.archive()).getLast().file();
        final byte[] whole = Files.readAllBytes(segment);
        final byte[] damaged = whole.clone();
        Arrays.fill(damaged, 5_000, 5_064, (byte) 0x55);
        Files.write(segment, damaged);
        assertThrows(LogDamaged.class, this::recovers);
        Files.write(segment, whole);

        recovers();
        try (OpenLog log = open()) {
            assertTrue(log.lossPossible());
            assertEquals(flow.engine.sequence(), log.ring().lastSequence());
        }
    }

    @Test
    void anArchiveShorterThanWhatWasRecordedIsARefusal() throws Exception {
        try (OpenLog log = open();
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(100);
            media.awaitRecorded(log.ring());
        }
        try (var files = Files.list(folder.archive())) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        final LogDamaged refusal = assertThrows(LogDamaged.class, this::recovers);
        assertTrue(refusal.getMessage().contains("ends with sequence 0"), refusal.getMessage());
    }

    @Test
    void aRingThatGoesOnAboveTheArchiveIsARefusal() throws Exception {
        try (OpenLog log = open()) {
            flow.on(log.ring()).market().orders(100);
        }
        patch(folder.logRing(), 256, 50); // released: sequence, then a position in the middle
        patch(folder.logRing(), 264, 128);
        assertThrows(LogDamaged.class, this::recovers);
    }

    private static void patch(final Path file, final long offset, final long value)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Long.BYTES).putLong(Long.reverseBytes(value)).flip(),
                    offset);
        }
    }
}
