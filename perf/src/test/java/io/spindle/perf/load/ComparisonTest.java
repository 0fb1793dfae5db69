package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

final class ComparisonTest {
    private static final int SECONDS = 20;
    private static final int MESSAGES = 2_000;

    @TempDir private Path folder;

    /** Messages take between mean and twice the mean. */
    private static LoadResult run(final long seed, final int meanNs) {
        return run(seed, meanNs, SECONDS);
    }

    private static LoadResult run(final long seed, final int meanNs, final int length) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Histogram> seconds = new ArrayList<>();
        for (int second = 0; second < length; second++) {
            final Histogram histogram = new Histogram(60_000_000_000L, 3);
            for (int i = 0; i < MESSAGES; i++) {
                histogram.recordValue(meanNs + random.nextInt(meanNs));
            }
            seconds.add(histogram);
        }
        return new LoadResult(LoadProfile.CONSTANT, 1_000, 1_000, 0, 0, seconds);
    }

    private Path results(final String name, final long seed, final int meanNs) throws IOException {
        final Path path = folder.resolve(name);
        new ResultFolder(path)
                .write(Environment.read(Environment.LOOPBACK), List.of(run(seed, meanNs)));
        return path;
    }

    @Test
    void shouldProveADifferenceThatIsThere() throws IOException {
        final Path before = results("before", 1, 10_000);
        final Path after = results("after", 2, 12_000);
        final List<Comparison> worse = Comparison.of(before, after);
        assertEquals(3, worse.size());
        assertTrue(worse.stream().allMatch(Comparison::isWorse), worse::toString);
        assertTrue(worse.getFirst().row().contains("worse"), worse.getFirst()::row);

        final List<Comparison> better = Comparison.of(after, before);
        assertTrue(better.stream().noneMatch(Comparison::isWorse), better::toString);
        assertTrue(better.getFirst().row().contains("better"), better.getFirst()::row);
    }

    /** At 5 % for a whole table, three tables in sixty are wrong on average; nine hardly ever. */
    @Test
    void shouldClaimNothingWhereNothingIs() throws IOException {
        int claims = 0;
        for (int trial = 0; trial < 60; trial++) {
            final List<Comparison> same =
                    Comparison.of(
                            results("a" + trial, 100 + trial, 10_000),
                            results("b" + trial, 500 + trial, 10_000));
            claims += same.stream().anyMatch(Comparison::proved) ? 1 : 0;
        }
        assertTrue(claims < 9, claims + " wrong tables of 60");
    }

    /** 2 in 70 for four seconds, 2 in 252 for five: a table of three wants less than one in 60. */
    @Test
    void shouldSayWhenTheSecondsAreTooFewToProveAnything() throws IOException {
        assertEquals(5, Comparison.fewestSeconds(3));
        assertEquals(7, Comparison.fewestSeconds(40));
        final Path before = folder.resolve("short-before");
        final Path after = folder.resolve("short-after");
        final Environment environment = Environment.read(Environment.LOOPBACK);
        new ResultFolder(before).write(environment, List.of(run(1, 10_000, 4)));
        new ResultFolder(after).write(environment, List.of(run(2, 20_000, 4)));
        final List<Comparison> table = Comparison.of(before, after);
        assertTrue(
                table.stream().allMatch(line -> line.row().endsWith("too few seconds")),
                table::toString);
        new ResultFolder(before).write(environment, List.of(run(1, 10_000, 5)));
        new ResultFolder(after).write(environment, List.of(run(2, 20_000, 5)));
        assertTrue(Comparison.of(before, after).stream().allMatch(Comparison::isWorse));
    }

    @Test
    void shouldExplainFoldersWithNothingInCommon() throws IOException {
        final Path empty = Files.createDirectory(folder.resolve("empty"));
        final StringWriter out = new StringWriter();
        final Path before = results("before", 1, 10_000);
        assertEquals(1, compare(out, before, empty));
        assertTrue(out.toString().contains("no histogram file of the same name"), out::toString);
        assertEquals(1, compare(out, before, results("after", 2, 15_000)));
        assertTrue(out.toString().contains("worse"), out::toString);
        assertFalse(out.toString().contains("better"), out::toString);
    }

    private static int compare(final StringWriter out, final Path before, final Path after) {
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .setExecutionExceptionHandler(
                        (failure, line, result) -> {
                            line.getErr().println(failure.getMessage());
                            return 1;
                        })
                .execute(before.toString(), after.toString());
    }
}
