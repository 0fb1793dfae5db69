package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.score.WireTimes;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class WireTimesTest {
    @TempDir Path folder;
    private Path log;

    @BeforeEach
    void nameLog() {
        log = folder.resolve("wire.hlog");
    }

    private static Histogram interval(final String tag, final long... times) {
        final Histogram interval = new Histogram(60_000_000_000L, 3);
        for (final long time : times) {
            interval.recordValue(time);
        }
        interval.setTag(tag);
        return interval;
    }

    private void write(final Histogram... intervals) throws IOException {
        try (PrintStream stream = new PrintStream(log.toFile())) {
            final HistogramLogWriter writer = new HistogramLogWriter(stream);
            writer.outputComment("a rig's");
            writer.outputLogFormatVersion();
            writer.outputLegend();
            for (int second = 0; second < intervals.length; second++) {
                writer.outputIntervalHistogram(second, second + 1, intervals[second], 1_000);
            }
        }
    }

    private String refusal() {
        return assertThrows(IOException.class, () -> WireTimes.read(log)).getMessage();
    }

    @Test
    void shouldTakeAllIntervalsTogether() throws IOException {
        write(interval(null, 100, 200), interval("wait", 7), interval(null, 300));
        final Histogram times = WireTimes.read(log);
        assertEquals(3, times.getTotalCount());
        assertEquals(100, times.getMinNonZeroValue());
        assertEquals(300, times.getMaxValue());
    }

    @Test
    void shouldRefuseTimesOfStages() throws IOException {
        write(interval("wait", 100), interval("replica", 100));
        assertTrue(refusal().endsWith("only those of the stages [replica, wait]"), refusal());
    }

    @Test
    void shouldRefuseALogWithoutTimes() throws IOException {
        write(interval(null));
        assertTrue(refusal().endsWith("wire.hlog: no times from wire to wire"), refusal());
        assertThrows(IOException.class, () -> WireTimes.read(folder.resolve("none")));
    }

    @Test
    void shouldRefuseALogThatIsDamaged() throws IOException {
        write(interval(null, 100), interval(null, 200), interval(null, 300));
        final List<String> lines = Files.readAllLines(log);
        final int second = lines.size() - 2;
        final String whole = lines.get(second);
        for (final String damaged :
                List.of("rubbish", whole.substring(0, whole.length() / 2), "1,1,0.2,AAAA")) {
            lines.set(second, damaged);
            Files.write(log, lines);
            assertTrue(refusal().contains("wire.hlog: interval 2 cannot be read"), refusal());
        }
    }
}
