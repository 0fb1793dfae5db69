package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LoadResultTest {
    @Test
    void shouldFailARunThatMissedItsRate() {
        assertTrue(result(995, 0, 0).isValid());
        assertFalse(result(980, 0, 0).isValid());
        assertTrue(result(980, 0, 0).row().contains("FAIL: rate missed"));
    }

    @Test
    void shouldFailARunThatLostAMessage() {
        assertFalse(result(1_000, 1, 0).isValid());
        assertTrue(result(1_000, 1, 0).row().contains("1 unanswered"));
        assertTrue(result(1_000, 0, 2).row().contains("2 refused"));
    }

    @Test
    void shouldTakeAllIntervalsTogether() {
        assertEquals(4, result(1_000, 0, 0).total().getTotalCount());
        assertTrue(result(1_000, 0, 0).row().endsWith("OK"));
    }

    @Test
    void shouldKeepEveryIntervalAndTheMachineBesideTheTable(@TempDir final Path folder)
            throws IOException {
        new ResultFolder(folder)
                .write(
                        Environment.read(Environment.LOOPBACK).with(List.of("trading: -Xmx1g")),
                        List.of(result(1_000, 0, 0)));
        final Path log = folder.resolve("burst-1000.hlog");
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            assertEquals(2, ((Histogram) reader.nextIntervalHistogram()).getTotalCount());
            assertEquals(2, ((Histogram) reader.nextIntervalHistogram()).getTotalCount());
        }
        assertTrue(Files.readString(folder.resolve("load.txt")).contains("burst"));
        final String environment = Files.readString(folder.resolve("environment.txt"));
        for (final String told :
                List.of(
                        "\nkernel ",
                        "\ncommit ",
                        "\ngovernor ",
                        "\nprofile ",
                        "\nstolen ",
                        "\ntrading: -Xmx1g")) {
            assertTrue(environment.contains(told), () -> told + " in\n" + environment);
        }
        assertTrue(environment.contains("\nflags    -"), environment);
        assertEquals(
                environment.contains("settings hold"), // false where no profile fits
                environment.contains("', wanted '"),
                environment);
        assertTrue(Files.readString(folder.resolve("machine.json")).contains("\"processor\""));
    }

    @Test
    void shouldPlanAFixedNumberOfMessagesForEverySecond() {
        for (final LoadProfile profile : LoadProfile.values()) {
            assertEquals(0, profile.dueNs(0, 1_000));
            assertEquals(1_000_000_000L, profile.dueNs(1_000, 1_000));
            assertEquals(3_600_000_000_000L, profile.dueNs(3_600_000_000L, 1_000_000));
        }
        assertEquals(500_000_000L, LoadProfile.CONSTANT.dueNs(500, 1_000));
        assertEquals(505_000_000L, LoadProfile.BURST.dueNs(550, 1_000));
    }

    @Test
    void shouldLeaveNothingInTheBookAfterACycle() {
        for (final LoadProfile profile : LoadProfile.values()) {
            int open = 0;
            for (int place = 0; place < profile.cycle(); place++) {
                switch (profile.step(place)) {
                    case REST_BUY, REST_SELL -> open++;
                    case TAKE -> open = 0;
                    case CANCEL -> open--;
                }
                assertTrue(open >= 0, profile + " at " + place);
            }
            assertEquals(0, open, profile::toString);
        }
    }

    private static LoadResult result(
            final double achieved, final long unanswered, final long refused) {
        return new LoadResult(
                LoadProfile.BURST,
                1_000,
                achieved,
                unanswered,
                refused,
                List.of(second(), second()));
    }

    private static Histogram second() {
        final Histogram histogram = new Histogram(60_000_000_000L, 3);
        histogram.recordValue(10_000);
        histogram.recordValue(20_000);
        return histogram;
    }
}
