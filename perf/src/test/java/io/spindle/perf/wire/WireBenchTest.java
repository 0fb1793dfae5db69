package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.perf.BenchCommand;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The wire rig end to end, on few round trips: that it measures, not what. */
class WireBenchTest {
    @Test
    void shouldReadThePercentilesItWrote() {
        final Histogram histogram = new Histogram(1_000_000, 3);
        for (int i = 1; i <= 1_000; i++) {
            histogram.recordValue(i);
        }
        final Percentiles percentiles = Percentiles.of(histogram);
        assertEquals(percentiles, Percentiles.parse(percentiles + " lost=0"));
        assertEquals(500, percentiles.p50());
        assertThrows(IllegalArgumentException.class, () -> Percentiles.parse("no numbers"));
    }

    @Test
    void shouldMeasureTheLoopOverAVethPairAndDrawIt(@TempDir final Path folder) throws IOException {
        final boolean possible =
                "root".equals(System.getProperty("user.name"))
                        && Runtime.getRuntime().availableProcessors() >= 2
                        && Files.isExecutable(Path.of("/usr/sbin/ip"));
        if (!possible) {
            System.out.println("WireBenchTest: rig skipped, it needs root, iproute2 and two cores");
        }
        assumeTrue(possible);
        final Path plot = folder.resolve("wire.svg");
        final int exit =
                new CommandLine(new BenchCommand())
                        .execute(
                                "wire",
                                "--rounds=1",
                                "--trips=1000",
                                "--backend=socket",
                                "--echo=",
                                "--loop-trips=1000",
                                "--plot=" + plot);
        assertEquals(0, exit);
        assertTrue(Files.readString(plot).contains("spindle-socket"));
    }
}
