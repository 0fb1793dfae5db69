package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.perf.BenchCommand;
import io.spindle.perf.load.RateLadder;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class LadderBenchTest {
    private static Contestant withTails(final String name, final long... tails) {
        final Contestant contestant = Contestant.of(name, "echo", List.of());
        for (final long tail : tails) {
            contestant.rounds().add(new Percentiles(1, 1, 1, 1, 1, tail, tail, tail));
        }
        return contestant;
    }

    private static HalfRounds rounds(final Contestant reference, final Contestant ours) {
        return new HalfRounds("afxdp", 100_000, reference, ours);
    }

    @Test
    void shouldCompareTheTwoRunsOfARoundWithTheTwoOfTheEcho() {
        final HalfRounds rounds =
                rounds(
                        withTails("echo", 100, 400, 100, 100, 100),
                        withTails("ours", 400, 400, 100, 100));
        assertArrayEquals(new double[] {2, 1}, rounds.ratios(), 1e-9);
        assertTrue(rounds.verdict().contains("too few rounds"), rounds.verdict());
    }

    @Test
    void shouldJudgeByTheMedianOfEnoughRounds() {
        final long[] echo = new long[2 * HalfRounds.ENOUGH];
        final long[] ours = new long[2 * HalfRounds.ENOUGH];
        Arrays.fill(echo, 100);
        for (int run = 0; run < ours.length; run++) {
            ours[run] = run < 16 ? 149 : 900;
        }
        final HalfRounds rounds = rounds(withTails("echo", echo), withTails("ours", ours));
        assertTrue(rounds.isMet());
        assertTrue(rounds.verdict().endsWith("met"), rounds.verdict());
        Arrays.fill(ours, 0, 16, 151);
        final HalfRounds missed = rounds(withTails("echo", echo), withTails("ours", ours));
        assertFalse(missed.isMet());
        assertTrue(missed.verdict().endsWith("NOT MET"), missed.verdict());
        assertEquals(HalfRounds.ENOUGH + 2, missed.lines().size());
        assertTrue(missed.plot().startsWith("<svg"));
    }

    @Test
    void shouldKeepBothRunsOfARoundForTheNextCall(@TempDir final Path folder) throws IOException {
        final RoundsFile file = new RoundsFile(folder.resolve("rounds.tsv"));
        final Contestant played = withTails("ours", 5, 6, 7);
        file.append(List.of(played), 2);
        final Contestant read = withTails("ours");
        file.read(List.of(read));
        assertEquals(List.of(played.rounds().get(1), played.rounds().get(2)), read.rounds());
    }

    @Test
    void shouldNotTakeTheEndOfAShortClimbForSaturation(@TempDir final Path folder) {
        final Path full = LadderBench.saturationFile(folder, RateLadder.HIGHEST_RATE);
        final Path quick = LadderBench.saturationFile(folder, 4_000);
        assertEquals(folder.resolve("saturation.txt"), full);
        assertNotEquals(full, quick);
        assertNotEquals(quick, LadderBench.saturationFile(folder, 8_000));
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
