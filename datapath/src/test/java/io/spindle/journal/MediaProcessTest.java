package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.LogDamaged;
import io.spindle.log.Refusal;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@Timeout(120)
class MediaProcessTest {
    @TempDir Path path;
    private LogFixture log;

    @BeforeEach
    void open() throws IOException {
        log = new LogFixture(path);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void recordsWhatTheRingHoldsAndGivesItsRoomBack() throws Exception {
        log.startMedia();
        log.append(20_000);
        log.awaitRecorded();

        assertEquals(0, log.ring.backlog());
        assertEquals(20_000, log.readBack(0));
        assertEquals(20_000, log.readBack(12_345));
        assertTrue(Segment.list(log.folder.archive()).size() > 3, "several segments");
        log.stopMedia();
    }

    @Test
    void goesOnWithTheSameRecordingInItsNextLife() throws Exception {
        for (int life = 1; life <= 3; life++) {
            log.startMedia();
            log.append(3_000);
            log.awaitRecorded();
            log.append(10);
            log.stopMedia();
            assertEquals(life * 3_010L, log.readBack(0));
        }
        assertEquals(0, Segment.list(log.folder.archive()).getFirst().recordingId());
    }

    /** As when a write fails half-way for want of room: frames are there that were not counted. */
    @Test
    void goesOnBehindWhatTheArchiveDidNotCount() throws Exception {
        final ArchiveCatalog catalog = new ArchiveCatalog(log.folder.archive());
        log.startMedia();
        log.append(1_000);
        log.awaitRecorded();
        log.stopMedia();
        final long stop = catalog.stopPosition();
        assertEquals(LogEnd.of(log.folder.archive()).position(), stop);
        log.startMedia();
        log.append(10);
        log.awaitRecorded();
        log.stopMedia();
        catalog.stopPosition(stop);

        log.startMedia();
        log.append(10);
        log.awaitRecorded();
        log.stopMedia();
        assertEquals(1_020, log.readBack(0));
    }

    /** Of several frames that are not synced a power cut may keep the later alone. */
    @Test
    void withSyncOneFrameIsOnItsWayAtATime() throws Exception {
        log.append(2_000);
        final JournalConfig config = LogFixture.CONFIG.synced();
        final RingDrain drain =
                new RingDrain(
                        log.file.reader(),
                        config.frameLength(),
                        LogEnd.of(log.folder.archive()),
                        config.framesInFlight());
        for (long position = 1; position < 10; position++) {
            assertTrue(drain.pack() > 0);
            drain.sent(position);
            assertEquals(0, drain.pack(), "waits");
            assertEquals(1, drain.recorded(position));
        }
    }

    @Test
    void aSecondMediaProcessIsTurnedAway() throws Exception {
        log.startMedia();
        log.append(1);
        log.awaitRecorded();
        final MediaProcess second =
                new MediaProcess(log.folder, LogFixture.CONFIG, System.out::println);
        final Throwable refusal =
                assertThrows(IllegalStateException.class, () -> second.run(() -> true));

        assertTrue(refusal.getMessage().contains("another media process"));
        log.stopMedia();
    }

    @Test
    void littleDiskSpaceStopsNewOrdersButNotTheRecording() throws Exception {
        log.append(100);
        log.startMedia(LogFixture.CONFIG.lowSpace(Long.MAX_VALUE));
        log.awaitRecorded();
        while (log.ring.refusal() != Refusal.DISK_LOW) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        log.stopMedia();

        log.startMedia();
        while (log.ring.refusal() != Refusal.NONE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        log.stopMedia();
    }

    @Test
    void anArchiveThatLacksWhatTheRingSawRecordedIsARefusal() throws Exception {
        log.startMedia();
        log.append(1_000);
        log.awaitRecorded();
        log.stopMedia();
        for (final Segment segment : Segment.list(log.folder.archive())) {
            Files.delete(segment.file());
        }
        Files.delete(log.folder.archive().resolve("archive.catalog"));
        log.append(1);
        log.startMedia();

        final Throwable refusal = assertInstanceOf(LogDamaged.class, log.mediaFailure());
        assertTrue(refusal.getMessage().contains("sequence 0"), refusal.getMessage());
        assertEquals(Refusal.NOT_RECORDING, log.ring.refusal());
    }

    @Test
    void waitsForTheRingOfThisBoot() throws Exception {
        Files.delete(log.folder.logRing());
        log.startMedia();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        log.file.close();
        log.file =
                RingFile.create(
                        log.folder.logRing(),
                        1 << 20,
                        LogFixture.MAX_PAYLOAD,
                        RingOwner.of(log.folder),
                        0,
                        0);
        log.ring = log.file.writer();
        log.append(10);
        log.awaitRecorded();
        log.stopMedia();
    }
}
