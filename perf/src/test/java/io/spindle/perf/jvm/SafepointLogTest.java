package io.spindle.perf.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

final class SafepointLogTest {
    @TempDir private Path folder;

    /** A JVM that is stopped once, by a collection. */
    static final class Collecting {
        public static void main(final String[] arguments) {
            System.gc();
        }
    }

    @Test
    void shouldReadWhatAJvmSaysOfItsSafepoints() throws Exception {
        final Path file = folder.resolve("safepoints.log");
        final Instant before = Instant.now().minusMillis(1);
        final int code =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                SafepointLog.argument(file),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Collecting.class.getName())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertEquals(0, code);
        final Instant after = Instant.now();
        final List<SafepointLog.Pause> pauses = SafepointLog.read(file, before, after);
        assertFalse(pauses.isEmpty(), () -> "in " + file);
        assertTrue(pauses.stream().allMatch(pause -> pause.lengthNs() > 0), pauses::toString);
        final Instant later = after.plusSeconds(1);
        assertEquals(List.of(), SafepointLog.read(file, later, later.plusSeconds(1)));
    }

    @Test
    void shouldReadAPauseThatEndedInTheMillisecondInWhichTheTimeBegan() throws IOException {
        final Path file = folder.resolve("safepoints.log");
        Files.writeString(file, line(1_000, "Collect"));
        final Instant began = Instant.ofEpochMilli(1_000).plusNanos(400_000);
        assertEquals(1, SafepointLog.read(file, began, began.plusSeconds(1)).size());
        assertEquals(List.of(), SafepointLog.read(file, began.plusMillis(1), began.plusSeconds(1)));
    }

    @Test
    void shouldReadOnWhereTheJvmTurnedItsLogOver() throws IOException {
        final Path file = folder.resolve("safepoints.log");
        Files.writeString(folder.resolve("safepoints.log.0"), line(1_000, "Older"));
        Files.writeString(file, line(1_001, "Newer"));
        final List<SafepointLog.Pause> pauses =
                SafepointLog.read(file, Instant.ofEpochMilli(999), Instant.ofEpochMilli(1_002));
        assertEquals("[Older, 1.25 ms, Newer, 1.25 ms]", pauses.toString());
    }

    private static String line(final long endMs, final String cause) {
        return "[%dms] Safepoint \"%s\", Time since last: 7 ns, Total: 1250000 ns%n"
                .formatted(endMs, cause);
    }

    @Test
    void shouldNameCauseAndLength() throws IOException {
        final Path file = folder.resolve("safepoints.log");
        Files.writeString(
                file,
                "[1000ms] Safepoint \"Collect\", Time since last: 7 ns, Reaching safepoint: 5 ns,"
                        + " At safepoint: 9 ns, Leaving safepoint: 1 ns, Total: 1250000 ns,"
                        + " Threads: 1 runnable, 9 total\n[1001ms] something else\n");
        final List<SafepointLog.Pause> pauses =
                SafepointLog.read(file, Instant.ofEpochMilli(999), Instant.ofEpochMilli(1_001));
        assertEquals("[Collect, 1.25 ms]", pauses.toString());
    }
}
