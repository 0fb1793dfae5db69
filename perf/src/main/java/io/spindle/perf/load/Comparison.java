package io.spindle.perf.load;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One percentile of one run, before and after a change. Every second of a run gives one figure; the
 * rank-sum test asks whether those of the one run lie above those of the other, and Holm's
 * correction keeps the chance of even one wrong claim over a table below {@value #ERROR_RATE}.
 *
 * @param run name of the histogram file
 * @param before median over the seconds, ns
 * @param after the same of the other run
 * @param p chance of such figures without a difference, before the correction; not a number when
 *     the seconds are too few for the table
 * @param proved whether the difference is
 */
record Comparison(
        String run, double percentile, double before, double after, double p, boolean proved) {
    static final double ERROR_RATE = 0.05;

    static final String HEAD =
            "run                          percentile   before µs    after µs   change        p  verdict";

    private static final String SUFFIX = ".hlog";
    private static final double[] PERCENTILES = {50, 99, 99.9};

    /** Compares every histogram file that both folders have. */
    static List<Comparison> of(final Path before, final Path after) throws IOException {
        final List<String> common;
        try (Stream<Path> files = Files.list(before)) {
            common =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(SUFFIX))
                            .filter(name -> Files.exists(after.resolve(name)))
                            .sorted()
                            .toList();
        }
        final int fewest = fewestSeconds(common.size() * PERCENTILES.length);
        final List<Comparison> raw = new ArrayList<>();
        for (final String name : common) {
            final List<Histogram> first = seconds(before.resolve(name));
            final List<Histogram> second = seconds(after.resolve(name));
            for (final double percentile : PERCENTILES) {
                raw.add(
                        compare(
                                name.substring(0, name.length() - SUFFIX.length()),
                                percentile,
                                values(first, percentile),
                                values(second, percentile),
                                fewest));
            }
        }
        return holm(raw);
    }

    /**
     * Seconds that each of two runs must have for a table to prove anything: the smallest p that
     * the test can come to is two in (2n over n).
     */
    static int fewestSeconds(final int comparisons) {
        int seconds = 1;
        double p = 1;
        while (p >= ERROR_RATE / comparisons) {
            seconds++;
            p *= seconds / (2.0 * (2 * seconds - 1));
        }
        return seconds;
    }

    private static List<Histogram> seconds(final Path file) throws IOException {
        final List<Histogram> seconds = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            EncodableHistogram interval = reader.nextIntervalHistogram();
            while (interval != null) {
                if (interval instanceof final Histogram histogram) {
                    seconds.add(histogram);
                }
                interval = reader.nextIntervalHistogram();
            }
        }
        return seconds;
    }

    private static Comparison compare(
            final String run,
            final double percentile,
            final double[] before,
            final double[] after,
            final int fewest) {
        final boolean enough = Math.min(before.length, after.length) >= fewest;
        final double p =
                enough
                        ? MannWhitneyUTest.withDefaults().test(before, after).getPValue()
                        : Double.NaN;
        return new Comparison(run, percentile, median(before), median(after), p, false);
    }

    private static double[] values(final List<Histogram> seconds, final double percentile) {
        return seconds.stream()
                .mapToDouble(second -> second.getValueAtPercentile(percentile))
                .toArray();
    }

    private static double median(final double[] values) {
        return values.length == 0 ? 0 : Median.withDefaults().evaluate(values.clone());
    }

    /** Smallest p against error/n, the next against error/(n−1) …, until one fails. */
    private static List<Comparison> holm(final List<Comparison> raw) {
        final List<Comparison> byP =
                raw.stream().sorted(Comparator.comparingDouble(Comparison::p)).toList();
        final List<Comparison> proved = new ArrayList<>();
        for (int i = 0; i < byP.size() && byP.get(i).p < ERROR_RATE / (byP.size() - i); i++) {
            proved.add(byP.get(i));
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
                                        proved.contains(it)))
                .toList();
    }

    boolean isWorse() {
        return proved && after > before;
    }

    /** One line of a table. */
    String row() {
        final String unproved = Double.isNaN(p) ? "too few seconds" : "no difference proved";
        final String verdict = proved ? after > before ? "worse" : "better" : unproved;
        return String.format(
                Locale.ROOT,
                "%-28s %10s %11.1f %11.1f %+7.1f %% %8.4f  %s",
                run,
                "p" + (percentile == Math.rint(percentile) ? "%.0f" : "%.1f").formatted(percentile),
                before / 1e3,
                after / 1e3,
                before == 0 ? 0 : 100 * (after / before - 1),
                p,
                verdict);
    }
}
