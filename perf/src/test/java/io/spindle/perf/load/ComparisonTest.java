package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
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
import java.util.function.IntUnaryOperator;

final class ComparisonTest {
    private static final int SECONDS = 40;
    private static final int MESSAGES = 1_000;
    private static final int BLOCK = 5;

    private static Environment environment;

    @TempDir private Path folder;

    @BeforeAll
    static void readEnvironment() throws IOException {
        environment = Environment.read(Environment.LOOPBACK);
    }

    /** Messages take between mean and twice the mean. */
    private static LoadResult run(final long seed, final int meanNs) {
        return run(seed, SECONDS, second -> meanNs);
    }

    private static LoadResult run(
            final long seed, final int length, final IntUnaryOperator meanNsOfSecond) {
        return run(seed, length, meanNsOfSecond, 1_000);
    }

    private static LoadResult run(
            final long seed,
            final int length,
            final IntUnaryOperator meanNsOfSecond,
            final double achieved) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Histogram> seconds = new ArrayList<>();
        for (int second = 0; second < length; second++) {
            final int meanNs = meanNsOfSecond.applyAsInt(second);
            final Histogram histogram = new Histogram(60_000_000_000L, 3);
            for (int i = 0; i < MESSAGES; i++) {
                histogram.recordValue(meanNs + random.nextInt(meanNs));
            }
            seconds.add(histogram);
        }
        return new LoadResult(LoadProfile.CONSTANT, 1_000, achieved, 0, 0, seconds);
    }

    private Path results(final String name, final LoadResult... runs) throws IOException {
        final Path path = folder.resolve(name);
        new ResultFolder(path).write(environment, List.of(runs));
        return path;
    }

    private Path results(final String name, final long seed, final int meanNs) throws IOException {
        return results(name, run(seed, meanNs));
    }

    private static List<Comparison> rows(final Path before, final Path after) throws IOException {
        return Comparison.of(List.of(before), List.of(after), BLOCK).rows();
    }

    @Test
    void shouldProveADifferenceThatIsThere() throws IOException {
        final Path before = results("before", 1, 10_000);
        final Path after = results("after", 2, 12_000);
        final List<Comparison> worse = rows(before, after);
        assertEquals(3, worse.size());
        assertTrue(worse.stream().allMatch(Comparison::isWorse), worse::toString);
        assertTrue(worse.getFirst().row().contains("worse"), worse.getFirst()::row);

        final List<Comparison> better = rows(after, before);
        assertTrue(better.stream().noneMatch(Comparison::isWorse), better::toString);
        assertTrue(better.getFirst().row().contains("better"), better.getFirst()::row);
    }

    /** At 5 % for a whole table, three tables in sixty are wrong on average; nine hardly ever. */
    @Test
    void shouldClaimNothingWhereNothingIs() throws IOException {
        int claims = 0;
        for (int trial = 0; trial < 60; trial++) {
            final List<Comparison> same =
                    rows(
                            results("a" + trial, 100 + trial, 10_000),
                            results("b" + trial, 500 + trial, 10_000));
            claims += same.stream().anyMatch(Comparison::proved) ? 1 : 0;
        }
        assertTrue(claims < 9, claims + " wrong tables of 60");
    }

    /**
     * A machine that is faster or slower for five seconds at a time; by seconds, a third is wrong.
     */
    @Test
    void shouldNotTakeNeighbouringSecondsForIndependent() throws IOException {
        final SplittableRandom random = new SplittableRandom(7);
        int claims = 0;
        for (int trial = 0; trial < 60; trial++) {
            final Path before = results("a" + trial, run(1_000 + trial, SECONDS, spells(random)));
            final Path after = results("b" + trial, run(2_000 + trial, SECONDS, spells(random)));
            claims += rows(before, after).stream().anyMatch(Comparison::proved) ? 1 : 0;
        }
        assertTrue(claims < 9, claims + " wrong tables of 60");
    }

    private static IntUnaryOperator spells(final SplittableRandom random) {
        final int[] meansNs = random.ints(SECONDS / 5, 8_000, 12_000).toArray();
        return second -> meansNs[second / 5];
    }

    /** 2 in 70 for four blocks, 2 in 252 for five: a table of three wants less than one in 60. */
    @Test
    void shouldSayWhenTheBlocksAreTooFewToProveAnything() throws IOException {
        assertEquals(5, Comparison.fewestBlocks(3));
        assertEquals(7, Comparison.fewestBlocks(40));
        final List<Comparison> table =
                rows(
                        results("short-before", run(1, 24, second -> 10_000)),
                        results("short-after", run(2, 24, second -> 20_000)));
        assertTrue(
                table.stream().allMatch(line -> line.row().endsWith("too few blocks")),
                table::toString);
        final List<Comparison> enough =
                rows(
                        results("before", run(1, 25, second -> 10_000)),
                        results("after", run(2, 25, second -> 20_000)));
        assertTrue(enough.stream().allMatch(Comparison::isWorse), enough::toString);
    }

    /** Three blocks of one folder are too few for a table of three, six of two are enough. */
    @Test
    void shouldTakeSeveralFoldersForOneSide() throws IOException {
        final List<Path> before =
                List.of(
                        results("a1", run(1, 15, second -> 10_000)),
                        results("a2", run(2, 15, second -> 10_100)));
        final List<Path> after =
                List.of(
                        results("b1", run(3, 15, second -> 12_000)),
                        results("b2", run(4, 15, second -> 12_100)));
        final List<Comparison> table = Comparison.of(before, after, BLOCK).rows();
        assertTrue(table.stream().allMatch(Comparison::isWorse), table::toString);
    }

    /**
     * On the whole the second side is slower, but its first run is faster than one of the first.
     */
    @Test
    void shouldClaimNothingThatDoesNotHoldBetweenEveryTwoFolders() throws IOException {
        final List<Path> before =
                List.of(
                        results("a1", run(1, 80, second -> 10_000)),
                        results("a2", run(2, 80, second -> 12_000)));
        final List<Path> after =
                List.of(
                        results("b1", run(3, 80, second -> 11_000)),
                        results("b2", run(4, 80, second -> 13_000)));
        final List<Comparison> table = Comparison.of(before, after, BLOCK).rows();
        assertTrue(table.stream().noneMatch(Comparison::proved), table::toString);
        assertTrue(
                table.getFirst().row().endsWith("runs of one side differ as much"),
                table.getFirst()::row);
    }

    @Test
    void shouldLeaveOutByNameWhatFailedOrIsMissing() throws IOException {
        final LoadResult other =
                new LoadResult(LoadProfile.BURST, 500, 500, 0, 0, run(5, 10_000).intervals());
        final Path before = results("before", run(1, 10_000), other);
        final Path after = results("after", run(2, SECONDS, second -> 20_000, 900));
        final Comparison.Table table = Comparison.of(List.of(before), List.of(after), BLOCK);
        assertEquals(List.of(), table.rows());
        assertEquals(
                List.of("burst-500: not in " + after, "constant-1000: failed in " + after),
                table.leftOut());
    }

    @Test
    void shouldExplainFoldersWithNothingInCommon() throws IOException {
        final Path empty = Files.createDirectory(folder.resolve("empty"));
        final StringWriter out = new StringWriter();
        final Path before = results("before", 1, 10_000);
        assertEquals(1, compare(out, before, empty));
        assertTrue(out.toString().contains("no histogram file of the same name"), out::toString);
        assertTrue(out.toString().contains("left out: constant-1000: not in " + empty));
        assertEquals(1, compare(out, before, results("after", 2, 15_000)));
        assertTrue(out.toString().contains("worse"), out::toString);
        assertFalse(out.toString().contains("better"), out::toString);
        assertTrue(out.toString().contains("if blocks of 5 s are independent"), out::toString);
        assertTrue(out.toString().contains("a side of one folder"), out::toString);
    }

    @Test
    void shouldTakeFoldersWithCommasOnTheCommandLine() throws IOException {
        final StringWriter out = new StringWriter();
        final String before = results("a1", 1, 10_000) + "," + results("a2", 2, 10_000);
        final String after = results("b1", 3, 10_000) + "," + results("b2", 4, 10_000);
        assertEquals(0, compare(out, before, after));
        assertTrue(out.toString().contains("no difference proved"), out::toString);
        assertFalse(out.toString().contains("a side of one folder"), out::toString);
    }

    private static int compare(final StringWriter out, final Object before, final Object after) {
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
