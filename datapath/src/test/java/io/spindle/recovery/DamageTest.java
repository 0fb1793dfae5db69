package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Damage to the recording and to the ring. Whatever is done to the files: either every command that
 * was acknowledged comes back as it was, or recovery refuses and says what and where; never a wrong
 * command, never one less.
 */
@Timeout(600)
class DamageTest {
    private static final long RING = 1 << 18;
    private static final int MAX_COMMAND = 1024;
    private static final int COMMANDS = 3_000;

    @TempDir Path path;
    private DataFolder folder;
    private Path kept;
    private final Map<Long, Integer> hashes = new HashMap<>();
    private long recoveries;
    private long refusals;

    /** A recording of several segments whose ring was lost, so that the files are all there is. */
    @BeforeEach
    void record() throws Exception {
        folder = SmallTables.in(new DataFolder(path.resolve("data")).create());
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND);
                MediaThread media = new MediaThread(folder)) {
            final EngineFlow flow = new EngineFlow(9).on(log.ring()).market();
            for (int i = 0; i < COMMANDS / 10; i++) {
                flow.orders(10);
                media.awaitRecorded(log.ring());
            }
        }
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            log.replay(
                    0,
                    (sequence, timeNs, buffer, offset, length) ->
                            hashes.put(sequence, hash(timeNs, buffer, offset, length)),
                    sequence -> {});
        }
        kept = path.resolve("kept");
        copy(folder.archive(), kept);
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
        System.out.printf("damage: %d recovered in full, %d refused%n", recoveries, refusals);
    }

    private static int hash(
            final long timeNs,
            final org.agrona.DirectBuffer buffer,
            final int offset,
            final int length) {
        int hash = Long.hashCode(timeNs);
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        return hash;
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** With the ring of this boot there, which knows how much was recorded. */
    private void staysWhole(final String what) throws IOException {
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            final long[] last = {0};
            log.replay(
                    0,
                    (sequence, timeNs, buffer, offset, length) -> {
                        assertEquals(++last[0], sequence, what);
                        assertEquals(
                                hashes.get(sequence),
                                hash(timeNs, buffer, offset, length),
                                () -> what + ": sequence " + sequence);
                    },
                    sequence -> {});
            assertEquals(hashes.size(), last[0], what);
            recoveries++;
        } catch (final LogDamaged refusal) {
            assertTrue(refusal.getMessage().contains("what to do:"), refusal.getMessage());
            refusals++;
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.archive())) {
            return files.filter(file -> file.toString().endsWith(".rec"))
                    .sorted(Comparator.comparingLong(DamageTest::position))
                    .toList();
        }
    }

    private static long position(final Path segment) {
        final String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
    }

    private interface Damage {
        void to(RandomAccessFile file) throws IOException;
    }

    private void damage(final Path segment, final String what, final Damage damage)
            throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            damage.to(file);
        }
        staysWhole(what);
        Files.copy(
                kept.resolve(segment.getFileName()), segment, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Offset behind the last byte that is not zero. */
    private static int end(final Path segment) throws IOException {
        final byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aLogWithoutDamageComesBack() throws IOException {
        staysWhole("nothing done");
        assertEquals(1, recoveries);
    }

    @Test
    void cuttingTheLastBytesIsNoticed() throws IOException {
        final Path last = segments().getLast();
        final int end = end(last);
        for (int cut = 0; cut < 160; cut++) {
            final int length = end - cut;
            damage(last, "cut at " + length, file -> file.setLength(length));
        }
        assertEquals(1, recoveries, "the cut behind the last byte only");
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws IOException {
        flip(300, 1);
    }

    @Test
    @Tag("campaign")
    void thousandsOfFlippedBitsAreNoticed() throws IOException {
        flip(5_000, System.nanoTime());
    }

    private void flip(final int times, final long seed) throws IOException {
        System.out.println("flips seed " + seed);
        final Random random = new Random(seed);
        final List<Path> segments = segments();
        for (int i = 0; i < times; i++) {
            final Path segment = segments.get(random.nextInt(segments.size()));
            final int at = random.nextInt(end(segment));
            final int bit = random.nextInt(8);
            damage(
                    segment,
                    segment.getFileName() + " byte " + at + " bit " + bit,
                    file -> {
                        file.seek(at);
                        final int before = file.read();
                        file.seek(at);
                        file.write(before ^ 1 << bit);
                    });
        }
        assertTrue(refusals > times / 2, "most bits matter: " + refusals);
    }

    @Test
    void aZeroedPageIsNoticed() throws IOException {
        for (final Path segment : segments()) {
            for (int page = 0; page < end(segment); page += 4096 * 7) {
                final int at = page;
                damage(
                        segment,
                        "zeroed page at " + at,
                        file -> {
                            file.seek(at);
                            file.write(new byte[4096]);
                        });
            }
        }
        assertEquals(0, recoveries);
    }

    @Test
    void swappedAndMissingSegmentsAreNoticed() throws IOException {
        final List<Path> segments = segments();
        assertTrue(segments.size() >= 2, "segments: " + segments.size());
        final Path first = segments.get(0);
        final Path second = segments.get(1);
        Files.copy(kept.resolve(second.getFileName()), first, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(kept.resolve(first.getFileName()), second, StandardCopyOption.REPLACE_EXISTING);
        staysWhole("swapped");
        Files.copy(kept.resolve(first.getFileName()), first, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(kept.resolve(second.getFileName()), second, StandardCopyOption.REPLACE_EXISTING);

        for (final Path segment : segments) {
            Files.delete(segment);
            staysWhole("without " + segment.getFileName());
            Files.copy(kept.resolve(segment.getFileName()), segment);
        }
        assertEquals(0, recoveries);
    }

    /** Another boot: nobody knows how much was recorded, but what is there must not be wrong. */
    @Test
    void withoutTheRingATornTailIsCutAndInteriorDamageIsARefusal() throws IOException {
        final Path last = segments().getLast();
        final int end = end(last);
        for (int cut = 1; cut < 2_000; cut += 37) {
            Files.delete(folder.logRing());
            try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                file.seek(end - cut);
                file.write(new byte[cut]);
            }
            prefixComesBack();
            Files.copy(kept.resolve(last.getFileName()), last, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(folder.logRing());
        final Path first = segments().getFirst();
        try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
            file.seek(end(first) / 3);
            file.write(new byte[64]);
        }
        try {
            prefixComesBack();
            fail("interior damage went unnoticed");
        } catch (final LogDamaged refusal) {
            // A frame that lost no more than its type looks like padding; the gap behind it shows.
            final String message = refusal.getMessage();
            assertTrue(message.contains("is damaged") || message.contains(" follows "), message);
        }
    }

    private void prefixComesBack() throws IOException {
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            final long[] last = {0};
            log.replay(
                    0,
                    (sequence, timeNs, buffer, offset, length) -> {
                        assertEquals(++last[0], sequence);
                        assertEquals(hashes.get(sequence), hash(timeNs, buffer, offset, length));
                    },
                    sequence -> {});
            assertTrue(log.lossPossible());
            assertTrue(last[0] > hashes.size() - 100, "lost " + (hashes.size() - last[0]));
        }
    }
}
