package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.CommandLog;
import io.spindle.log.Refusal;
import io.spindle.testing.Await;
import io.spindle.testing.Needed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The volume of the recording runs full while commands flow: new orders are refused, cancels go on,
 * nothing is lost, and all of it ends by itself once there is room. Needs the right to mount.
 */
@Timeout(300)
class DiskFullTest {
    private static final long VOLUME = 24 << 20;

    @TempDir Path path;
    private Path mount;

    @AfterEach
    void unmount() throws Exception {
        if (mount != null) {
            execute("umount", "-l", mount.toString());
        }
    }

    @Test
    void aFullMemoryFilesystemRefusesOrdersAndLosesNothing() throws Exception {
        mount("mount", "-t", "tmpfs", "-o", "size=" + VOLUME, "tmpfs");
        fillAndMakeRoom();
    }

    @Test
    void aFullLoopMountedFilesystemRefusesOrdersAndLosesNothing() throws Exception {
        final Path image = path.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(VOLUME);
        }
        Needed.that(execute("mkfs.ext4", "-q", image.toString()) == 0, "no mkfs.ext4");
        mount("mount", "-o", "loop", image.toString());
        fillAndMakeRoom();
    }

    private void mount(final String... command) throws Exception {
        final Path point = Files.createDirectory(path.resolve("volume"));
        final String[] all = java.util.Arrays.copyOf(command, command.length + 1);
        all[command.length] = point.toString();
        Needed.that(execute(all) == 0, "may not mount here");
        mount = point;
    }

    /** Prints what the program has to say, which is little unless it fails. */
    private static int execute(final String... command) throws Exception {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String said = new String(process.getInputStream().readAllBytes());
            said.lines().forEach(line -> System.out.println(command[0] + ": " + line));
            return process.waitFor();
        } catch (final IOException absent) {
            System.out.println(absent.getMessage());
            return -1;
        }
    }

    private void fillAndMakeRoom() throws Exception {
        final Path filler = mount.resolve("filler");
        try (LogFixture log = new LogFixture(mount.resolve("data"))) {
            log.startMedia(MediaThread.CONFIG.lowSpace(1 << 20));
            log.append(1_000);
            log.awaitRecorded();
            fill(filler);
            Await.until(() -> log.ring.refusal() != Refusal.NONE, "new orders refused");
            final long before = log.ring.lastSequence();
            Await.until(() -> !commit(log, false), "new orders end, at the latest after one grant");
            assertTrue(log.ring.lastSequence() - before < 5_000);
            for (int cancels = 0; cancels < 500; cancels++) {
                assertTrue(commit(log, true), "cancels go on");
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            assertEquals(CommandLog.BACK_PRESSURED, log.ring.claim(100, false), "still refused");

            Files.delete(filler);
            Await.until(() -> log.ring.refusal() == Refusal.NONE, "taken again by itself");
            log.append(1_000);
            log.awaitRecorded();
            log.stopMedia();
            assertEquals(log.ring.lastSequence(), log.readBack(0));
        }
    }

    private static boolean commit(final LogFixture log, final boolean reserved) {
        final int offset = log.ring.claim(Long.BYTES, reserved);
        if (offset == CommandLog.BACK_PRESSURED) {
            return false;
        }
        final long sequence = log.ring.lastSequence() + 1;
        log.ring.buffer().putLong(offset, sequence * 7);
        log.ring.commit(Long.BYTES, sequence * 1000);
        return true;
    }

    /** To the last byte. */
    private static void fill(final Path filler) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            fill(file, 1 << 20);
            fill(file, 4096);
            fill(file, 1);
        }
    }

    private static void fill(final RandomAccessFile file, final int piece) {
        try {
            for (int pieces = 0; pieces < VOLUME / piece; pieces++) {
                file.write(new byte[piece]);
            }
        } catch (final IOException full) {
            assertTrue(full.getMessage().contains("No space"), full.getMessage());
        }
    }
}
