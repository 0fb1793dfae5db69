package io.spindle.perf.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

final class FlightLogTest {
    @TempDir private Path folder;

    /** A collection on demand and a loop hot enough to be compiled leave their marks. */
    @Test
    void shouldReadWhatAJvmRecordedOfItself() throws Exception {
        final Path file = folder.resolve("own.jfr");
        final String argument = FlightLog.argument(file);
        assertTrue(argument.startsWith("-XX:StartFlightRecording=settings="), argument);
        final Path settings = folder.resolve("own.jfr.jfc");
        final Instant before = Instant.now();
        try (var reader = Files.newBufferedReader(settings);
                Recording recording = new Recording(Configuration.create(reader))) {
            recording.start();
            heat(x -> x + 1);
            final List<byte[]> made = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                made.add(new byte[1 << 20]);
            }
            assertEquals(100, made.size());
            System.gc();
            recording.stop();
            recording.dump(file);
        }
        final FlightLog log = FlightLog.read(file);
        final Instant after = Instant.now().plusSeconds(1);
        assertTrue(log.collections(before, after) > 0);
        assertFalse(log.compilations(before, after).isEmpty());
        assertTrue(log.compilations(before, after).getFirst().contains("level"));
        assertTrue(
                log.allocationSites(Thread.currentThread().getName(), before, after).stream()
                        .anyMatch(site -> site.contains("[B in " + FlightLogTest.class.getName())));
        assertTrue(
                log.pauses(before, after).stream().anyMatch(pause -> pause.contains(" ms, at ")));
        assertWholePauses(file, log.pauses(before, after));
        assertEquals(List.of(), log.pauses(after, after.plusSeconds(1)));
        assertEquals(List.of(), log.allocationSites("no such thread", before, after));
        assertEquals(List.of(), log.deoptimisations("no such thread", before, after));
        assertEquals(0, log.allocated("no such thread", before, after));
        assertEquals(0, log.collections(after, after.plusSeconds(1)));
    }

    /** The time that threads take to stop and to be let go is part of a pause. */
    private static void assertWholePauses(final Path file, final List<String> pauses)
            throws IOException {
        final List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        final Set<Long> ended =
                events.stream()
                        .filter(event -> isA(event, "jdk.SafepointEnd"))
                        .map(event -> event.getLong("safepointId"))
                        .collect(Collectors.toSet());
        int checked = 0;
        for (final RecordedEvent begin : events) {
            if (isA(begin, "jdk.SafepointBegin") && ended.contains(begin.getLong("safepointId"))) {
                final double leastMs =
                        events.stream()
                                .filter(event -> event.hasField("safepointId"))
                                .filter(event -> isSameStop(event, begin))
                                .mapToDouble(event -> event.getDuration().toNanos() / 1e6)
                                .sum();
                assertTrue(lengthMs(pauses.get(checked)) >= leastMs - 0.006, pauses::toString);
                checked++;
            }
        }
        assertTrue(checked > 0);
        assertEquals(checked, pauses.size());
    }

    private static boolean isA(final RecordedEvent event, final String type) {
        return event.getEventType().getName().equals(type);
    }

    private static boolean isSameStop(final RecordedEvent event, final RecordedEvent begin) {
        return event.getLong("safepointId") == begin.getLong("safepointId");
    }

    private static double lengthMs(final String pause) {
        return Double.parseDouble(pause.split(", | ms")[1]);
    }

    private static void heat(final IntUnaryOperator step) throws IOException {
        int value = 0;
        for (int i = 0; i < 3_000_000; i++) {
            value = Heat.turn(step, value);
        }
        assertEquals(3_000_000, value);
    }

    /** Ours by its package, so that the log shows it. */
    private static final class Heat {
        static int turn(final IntUnaryOperator step, final int value) {
            return step.applyAsInt(value);
        }
    }
}
