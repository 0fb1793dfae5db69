package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class RingFileTest {
    @TempDir Path folder;

    private RingFile create(final long lastSequence) throws IOException {
        return RingFile.create(
                folder.resolve("log.ring"),
                Rings.CAPACITY,
                Rings.MAX_PAYLOAD,
                Rings.OWNER,
                3,
                lastSequence);
    }

    @Test
    void aNewRingGoesOnWhereTheLogEnded() throws IOException {
        try (RingFile file = create(41)) {
            file.prefault();
            final LogRing ring = file.writer();
            assertEquals(42, Rings.append(ring, 1, 8));
            assertEquals(3, ring.epoch());
            assertEquals(Rings.OWNER, file.owner());
            assertEquals(Rings.CAPACITY, ring.capacity());
            assertEquals(Rings.MAX_PAYLOAD, ring.maxCommandLength());
        }
        assertEquals(List.of("log.ring"), names());
    }

    @Test
    void theNextProcessFindsTheTailAndTheRaisedEpoch() throws IOException {
        try (RingFile file = create(0)) {
            final LogRing ring = file.writer();
            ring.epoch(4);
            Rings.append(ring, 1, 8);
            Rings.append(ring, 2, 8);
        }
        try (RingFile file = RingFile.open(folder.resolve("log.ring"))) {
            assertEquals(2, file.writer().lastSequence());
            assertEquals(0, file.releasedSequence());
            assertEquals(4, file.epoch());
            assertEquals(4, file.reader().epoch());
        }
    }

    @Test
    void aReaderAndTheWriterInTwoMappingsSeeTheSameRing() throws IOException {
        try (RingFile mine = create(0);
                RingFile other = RingFile.open(folder.resolve("log.ring"))) {
            final LogRing ring = mine.writer();
            final RingReader reader = other.reader();
            Rings.append(ring, 1, 30);
            assertEquals(
                    1,
                    reader.poll(
                            (sequence, timeNs, buffer, offset, length) ->
                                    assertNotEquals(0, reader.crc(offset, length)),
                            10));
            assertTrue(reader.backlog() > 0);
            reader.release(reader.sequence(), reader.position());
            reader.replicatedSequence(1);
            assertEquals(0, ring.backlog());
            assertEquals(1, ring.safeSequence(AckLevel.REPLICATED));
            assertEquals(Rings.CAPACITY, reader.capacity());
        }
    }

    @Test
    void whatIsNoRingIsRefusedInWords() throws IOException {
        final Path path = folder.resolve("log.ring");
        Files.write(path, new byte[100]);
        refused("shorter", path);
        Files.write(path, new byte[8192]);
        refused("first 8 bytes", path);
        create(0).close();
        patch(path, RingLayout.VERSION_OFFSET, 9);
        refused("version 9", path);
        create(0).close();
        patch(path, RingLayout.CAPACITY_OFFSET, 77);
        refused("capacity 77", path);
    }

    private static void refused(final String words, final Path path) {
        final LogDamaged refusal = assertThrows(LogDamaged.class, () -> RingFile.open(path));
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("what to do"));
    }

    private static void patch(final Path path, final int offset, final int value)
            throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            file.writeInt(Integer.reverseBytes(value));
        }
    }

    @Test
    void aRingTooSmallForItsRecordsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RingFile.create(folder.resolve("r"), 1024, 1024, Rings.OWNER, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> RingFile.create(folder.resolve("r"), 5000, 8, Rings.OWNER, 0, 0));
        assertFalse(Files.exists(folder.resolve("r")));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
