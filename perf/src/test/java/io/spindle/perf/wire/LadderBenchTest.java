package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.perf.BenchCommand;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LadderBenchTest {
    private static Contestant withTails(final long... tails) {
        final Contestant contestant = Contestant.of("a", "echo", List.of());
        for (final long tail : tails) {
            contestant.rounds().add(new Percentiles(1, 1, 1, 1, 1, tail, tail, tail));
        }
        return contestant;
    }

    @Test
    void shouldCompareTheTwoRunsOfARoundWithTheTwoOfTheEcho() {
        assertArrayEquals(
                new double[] {2, 1},
                LadderBench.ratios(
                        withTails(100, 400, 100, 100, 100), withTails(400, 400, 100, 100)),
                1e-9);
    }

    /** What it comes to on a busy machine is of no interest, only that there is a ladder. */
    @Test
    @Tag("campaign")
    @Timeout(300)
    void shouldClimbOverAVethPair(@TempDir final Path folder) throws IOException {
        final boolean possible =
                "root".equals(System.getProperty("user.name"))
                        && Runtime.getRuntime().availableProcessors() >= 2
                        && Files.isExecutable(Path.of("/usr/sbin/ip"));
        if (!possible) {
            System.out.println("LadderBenchTest: skipped, it needs root, iproute2 and two cores");
        }
        assumeTrue(possible);
        final int exit =
                new CommandLine(new BenchCommand())
                        .execute("ladder", "--backend=afxdp", "--seconds=1", "--out=" + folder);
        assertEquals(0, exit);
        final Path results = folder.resolve("afxdp");
        assertTrue(Files.readString(results.resolve("index.html")).contains("<svg"));
        assertTrue(Files.readString(results.resolve("load.txt")).contains("constant"));
    }
}
