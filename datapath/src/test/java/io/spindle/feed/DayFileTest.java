package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.ByteOrder.BIG_ENDIAN;

import com.paritytrading.nassau.MessageListener;
import com.paritytrading.nassau.binaryfile.BinaryFILEReader;

import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MessageRing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

class DayFileTest {
    private static final long HEAD = SessionId.head(20261120);
    private static final short TAIL = SessionId.tail(1);

    @TempDir Path folder;

    private final MessageRing ring = new MessageRing(1 << 16, 1_024);

    @Test
    void shouldGiveBackWhatTheRingForgot() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 100_000);

            for (long sequence = 1; sequence <= 100_000; sequence += 997) {
                final ByteBuffer target = ByteBuffer.allocate(100);
                assertEquals(1, day.read(sequence, 1, target));
                assertArrayEquals(block(sequence), written(target));
            }
        }
    }

    @Test
    void shouldReadAsManyAsFit() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 10);
            final ByteBuffer target = ByteBuffer.allocate(33);

            assertEquals(3, day.read(1, 10, target));
            assertEquals(30, target.position());
        }
    }

    @Test
    void shouldReadAsManyAsWereWantedAndAreThere() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 10);

            assertEquals(2, day.read(1, 2, ByteBuffer.allocate(1_000)));
            assertEquals(3, day.read(8, 100, ByteBuffer.allocate(1_000)));
            assertEquals(0, day.read(11, 100, ByteBuffer.allocate(1_000)));
        }
    }

    @Test
    void shouldKnowAfterReopeningWhatItHolds() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 1_000);
            day.force();
        }
        try (DayFile again = new DayFile(folder, HEAD, TAIL, ".itch")) {
            assertEquals(1_001, again.nextSequence());
            final ByteBuffer target = ByteBuffer.allocate(100);
            assertEquals(1, again.read(777, 1, target));
            assertArrayEquals(block(777), written(target));
        }
    }

    @Test
    void shouldTakeTheSameMessagesASecondTimeWithoutStoringThem() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 100);
            ring.restart(1);
            fill(day, 150);

            assertEquals(151, day.nextSequence());
        }
    }

    @Test
    void shouldRefuseAMessageThatWasPublishedWithOtherBytes() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 100);
            ring.restart(100);
            ring.buffer().putLong(ring.claim(8), -1);
            ring.commit(8);

            assertThrows(IllegalStateException.class, () -> day.append(ring, 100));
        }
    }

    /** A power cut may leave out any page; the log says it all again. */
    @Test
    void shouldBeWrittenAnewOnAnotherBoot() throws IOException {
        for (final String kind : List.of(".itch", ".ouch")) {
            write(kind, 1_000);
            final Path file = folder.resolve("SP26112001" + kind);
            final byte[] whole = Files.readAllBytes(file);
            final byte[] torn = whole.clone();
            Arrays.fill(torn, 9_895, torn.length, (byte) 0);
            Files.write(file, torn);
            assertThrows(IllegalStateException.class, () -> write(kind, 1_000), "of this boot");
            Files.writeString(folder.resolve("boot"), UUID.randomUUID() + " SP26112001\n");

            write(kind, 500);
            write(kind, 1_000);
            assertArrayEquals(whole, Files.readAllBytes(file));
        }
    }

    /** A replay that begins behind what the file has must not take it away. */
    @Test
    void shouldKeepOnAnotherBootWhatIsNotWrittenAgain() throws IOException {
        write(".itch", 100);
        Files.delete(folder.resolve("boot"));
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            ring.restart(101);
            fill(day, 110);

            assertEquals(111, day.nextSequence());
        }
    }

    private void write(final String kind, final int upTo) {
        ring.restart(1);
        try (DayFile day = new DayFile(folder, HEAD, TAIL, kind)) {
            fill(day, upTo);
        }
    }

    @Test
    void shouldRefuseToLeaveAGap() {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            ring.restart(5);
            append(5);

            assertThrows(IllegalStateException.class, () -> day.append(ring, 1));
        }
    }

    @Test
    void shouldBeAFileThatOthersRead() throws IOException {
        try (DayFile day = new DayFile(folder, HEAD, TAIL, ".itch")) {
            fill(day, 1_000);
        }
        final List<Long> read = new ArrayList<>();
        final MessageListener listener = message -> read.add(message.getLong());
        try (BinaryFILEReader reader =
                BinaryFILEReader.open(folder.resolve("SP26112001.itch").toFile(), listener)) {
            while (reader.read() >= 0) {
                assertEquals(1 + read.size() - 1, read.getLast());
            }
        }

        assertEquals(1_000, read.size());
        assertEquals(8 * 1_000 + 2 * 1_000, Files.size(folder.resolve("SP26112001.itch")));
    }

    private void fill(final DayFile day, final int upTo) {
        while (ring.nextSequence() <= upTo) {
            final long sequence = ring.nextSequence();
            append(sequence);
            day.append(ring, sequence);
        }
    }

    private void append(final long sequence) {
        ring.buffer().putLong(ring.claim(8), sequence, BIG_ENDIAN);
        ring.commit(8);
    }

    private static byte[] block(final long sequence) {
        return ByteBuffer.allocate(10).putShort((short) 8).putLong(sequence).array();
    }

    private static byte[] written(final ByteBuffer target) {
        final byte[] bytes = new byte[target.position()];
        target.flip().get(bytes);
        return bytes;
    }
}
