package io.spindle.perf.load;

import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One percentile of one run, before and after a change. Every block of some seconds gives one
 * figure; the rank-sum test asks whether those of the one side lie above those of the other, and
 * Holm's correction keeps the chance of even one wrong claim over a table below {@value
 * #ERROR_RATE}, provided that blocks are independent of each other. Neighbouring seconds are not;
 * what lasts longer than a block, such as the luck of a start, is seen only by several folders a
 * side: a claim takes every folder of the one side beyond every folder of the other.
 *
 * @param run name of the histogram file
 * @param before median over the blocks, ns
 * @param after the same of the other side
 * @param p chance of such figures without a difference, before the correction; not a number when
 *     the blocks are too few for the table
 * @param significant whether that is little enough, with the correction
 * @param apart whether all folders of the one side lie beyond all of the other
 */
record Comparison(
        String run,
        double percentile,
        double before,
        double after,
        double p,
        boolean significant,
        boolean apart) {
    static final double ERROR_RATE = 0.05;

    static final String HEAD =
            "run                          percentile   before µs    after µs   change        p  verdict";

    private static final double[] PERCENTILES = {50, 99, 99.9};

    /**
     * All percentiles of all runs.
     *
     * @param leftOut runs that are not compared, and why
     */
    record Table(List<Comparison> rows, List<String> leftOut) {}

    /**
     * Compares every run that all folders have and that failed in none.
     *
     * @param before result folders of one side, at least one
     * @param after those of the other
     * @param blockSeconds length of what counts as one figure
     */
    static Table of(final List<Path> before, final List<Path> after, final int blockSeconds)
            throws IOException {
        final List<Path> folders = Stream.concat(before.stream(), after.stream()).toList();
        final TreeSet<String> runs = new TreeSet<>();
        for (final Path folder : folders) {
            runs.addAll(RunFile.names(folder));
        }
        final List<String> leftOut = new ArrayList<>();
        final List<String> compared = new ArrayList<>();
        for (final String run : runs) {
            final List<String> faults = faults(run, folders);
            if (faults.isEmpty()) {
                compared.add(run);
            } else {
                leftOut.add(run + ": " + String.join(", ", faults));
            }
        }
        final int fewest = fewestBlocks(compared.size() * PERCENTILES.length);
        final List<Comparison> raw = new ArrayList<>();
        for (final String run : compared) {
            final List<List<Histogram>> first = blocks(run, before, blockSeconds);
            final List<List<Histogram>> second = blocks(run, after, blockSeconds);
            for (final double percentile : PERCENTILES) {
                raw.add(
                        compare(
                                run,
                                percentile,
                                figures(first, percentile),
                                figures(second, percentile),
                                fewest));
            }
        }
        return new Table(holm(raw), leftOut);
    }

    private static List<String> faults(final String run, final List<Path> folders)
            throws IOException {
        final List<String> faults = new ArrayList<>();
        for (final Path folder : folders) {
            final RunFile file = new RunFile(folder, run);
            if (!file.exists()) {
                faults.add("not in " + folder);
            } else if (file.isFailed()) {
                faults.add("failed in " + folder);
            }
        }
        return faults;
    }

    private static List<List<Histogram>> blocks(
            final String run, final List<Path> folders, final int seconds) throws IOException {
        final List<List<Histogram>> blocks = new ArrayList<>();
        for (final Path folder : folders) {
            blocks.add(new RunFile(folder, run).blocks(seconds));
        }
        return blocks;
    }

    /**
     * Blocks that each of two sides must have for a table to prove anything: the smallest p that
     * the test can come to is two in (2n over n).
     */
    static int fewestBlocks(final int comparisons) {
        int blocks = 1;
        double p = 1;
        while (p >= ERROR_RATE / comparisons) {
            blocks++;
            p *= blocks / (2.0 * (2 * blocks - 1));
        }
        return blocks;
    }

    /**
     * @param before figures of every folder of one side
     * @param after those of the other
     */
    private static Comparison compare(
            final String run,
            final double percentile,
            final List<double[]> before,
            final List<double[]> after,
            final int fewest) {
        final double[] first = all(before);
        final double[] second = all(after);
        final boolean enough = Math.min(first.length, second.length) >= fewest;
        final double p =
                enough
                        ? MannWhitneyUTest.withDefaults().test(first, second).getPValue()
                        : Double.NaN;
        return new Comparison(
                run, percentile, median(first), median(second), p, false, areApart(before, after));
    }

    private static boolean areApart(final List<double[]> before, final List<double[]> after) {
        final double[] first = before.stream().mapToDouble(Comparison::median).sorted().toArray();
        final double[] second = after.stream().mapToDouble(Comparison::median).sorted().toArray();
        return first[first.length - 1] < second[0] || second[second.length - 1] < first[0];
    }

    private static List<double[]> figures(
            final List<List<Histogram>> folders, final double percentile) {
        return folders.stream()
                .map(
                        blocks ->
                                blocks.stream()
                                        .mapToDouble(
                                                block -> block.getValueAtPercentile(percentile))
                                        .toArray())
                .toList();
    }

    private static double[] all(final List<double[]> folders) {
        return folders.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static double median(final double[] values) {
        return values.length == 0 ? 0 : Median.withDefaults().evaluate(values.clone());
    }

    /** Smallest p against error/n, the next against error/(n−1) …, until one fails. */
    private static List<Comparison> holm(final List<Comparison> raw) {
        final List<Comparison> byP =
                raw.stream().sorted(Comparator.comparingDouble(Comparison::p)).toList();
        final List<Comparison> significant = new ArrayList<>();
        for (int i = 0; i < byP.size() && byP.get(i).p < ERROR_RATE / (byP.size() - i); i++) {
            significant.add(byP.get(i));
        }
        return raw.stream()
                .map(
                        it ->
                                new Comparison(
                                        it.run,
                                        it.percentile,
                                        it.before,
                                        it.after,
                                        it.p,
                                        significant.contains(it),
                                        it.apart))
                .toList();
    }

    /** Whether there is a difference. */
    boolean proved() {
        return significant && apart;
    }

    boolean isWorse() {
        return proved() && after > before;
    }

    /** One line of a table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%-28s %10s %11.1f %11.1f %+7.1f %% %8.4f  %s",
                run,
                "p" + (percentile == Math.rint(percentile) ? "%.0f" : "%.1f").formatted(percentile),
                before / 1e3,
                after / 1e3,
                before == 0 ? 0 : 100 * (after / before - 1),
                p,
                verdict());
    }

    private String verdict() {
        if (Double.isNaN(p)) {
            return "too few blocks";
        }
        if (!significant) {
            return "no difference proved";
        }
        if (!apart) {
            return "runs of one side differ as much";
        }
        return after > before ? "worse" : "better";
    }
}
