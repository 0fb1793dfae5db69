package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.client.AeronArchive;
import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.CommandLog;
import io.spindle.log.LogDamaged;
import io.spindle.log.Refusal;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.testing.Await;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@Timeout(120)
class MediaProcessTest {
    /** The writer looks at a refusal once in 64 KiB; no command takes less than 32 bytes. */
    private static final int MORE_THAN_A_GRANT = 2_100;

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

    /** A power cut may take the end of one file and all of the next, and leave both there. */
    @Test
    void goesOnWithoutAHoleWhenTheLastFileHasNoFrame() throws Exception {
        recordSeveralFiles();
        final List<Segment> files = Segment.list(log.folder.archive());
        final Segment before = files.get(files.size() - 2);
        zeroFrom(before, Files.size(before.file()) - 10_000);
        zeroFrom(files.getLast(), 0);
        new ArchiveCatalog(log.folder.archive()).stopPosition(AeronArchive.NULL_POSITION);

        goesOnAfterLossOfPower();
    }

    @Test
    void theHashChainGoesOnWhenTheFirstFrameOfAFileIsTorn() throws Exception {
        recordSeveralFiles();
        final int rest = DataHeaderFlyweight.HEADER_LENGTH + JournalFrame.RECORDS_OFFSET;
        zeroFrom(Segment.list(log.folder.archive()).getLast(), rest);

        goesOnAfterLossOfPower();
    }

    /** A catalog of another day would have the Archive write over what is there. */
    @Test
    void anArchiveThatWouldGoOnElsewhereIsARefusal() throws Exception {
        final Path catalog = log.folder.archive().resolve("archive.catalog");
        log.startMedia();
        log.append(10);
        log.awaitRecorded();
        log.stopMedia();
        Files.delete(catalog);
        log.startMedia();

        final Throwable refusal = assertInstanceOf(LogDamaged.class, log.mediaFailure());
        assertTrue(refusal.getMessage().contains("position 0"), refusal.getMessage());
    }

    private void recordSeveralFiles() {
        log.startMedia();
        log.append(10_000);
        log.awaitRecorded();
        log.stopMedia();
    }

    private void goesOnAfterLossOfPower() throws IOException {
        log.losePower();
        final long kept = log.ring.lastSequence();
        assertTrue(kept > 5_000 && kept < 10_000, "kept " + kept);
        log.startMedia();
        log.append(10);
        log.awaitRecorded();
        log.stopMedia();
        assertEquals(kept + 10, log.readBack(0));
        assertEquals(Optional.empty(), ChainCheck.of(log.folder.archive()).failure());
    }

    private static void zeroFrom(final Segment segment, final long offset) throws IOException {
        try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate((int) (file.size() - offset)), offset);
        }
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
        Await.until(() -> log.ring.refusal() == Refusal.DISK_LOW, "new orders refused");
        final long before = log.ring.lastSequence();
        log.appendWhatFits(MORE_THAN_A_GRANT);
        assertTrue(log.ring.lastSequence() - before < MORE_THAN_A_GRANT);
        assertEquals(CommandLog.BACK_PRESSURED, log.ring.claim(Long.BYTES, false));
        assertTrue(log.appendOne(true), "what is no new order goes on");
        log.awaitRecorded();
        log.stopMedia();

        log.startMedia();
        Await.until(() -> log.ring.refusal() == Refusal.NONE, "new orders taken again");
        log.append(1);
        log.awaitRecorded();
        log.stopMedia();
        assertEquals(log.ring.lastSequence(), log.readBack(0));
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
