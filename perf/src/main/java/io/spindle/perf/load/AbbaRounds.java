package io.spindle.perf.load;

import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Rounds of four blocks, quiet, disturbed, disturbed, quiet, so that whatever drifts meets both
 * alike. The ratio of a round is p99 of its disturbed blocks to p99 of its quiet ones; the answer
 * is the median of the rounds' ratios with a bootstrap interval, which a few bad rounds of a shared
 * machine do not move. Times are ns.
 */
public final class AbbaRounds {
    private static final double LEAST = 0.90;
    private static final double MOST = 1.15;
    private static final double PERCENTILE = 99;
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 1;

    private final List<Double> ratios = new ArrayList<>();
    private final Histogram quiet = new Histogram(3);
    private final Histogram disturbed = new Histogram(3);
    private Ratio ratio;

    public void add(final Histogram quietBlocks, final Histogram disturbedBlocks) {
        quiet.add(quietBlocks);
        disturbed.add(disturbedBlocks);
        ratio = null;
        ratios.add(
                (double) disturbedBlocks.getValueAtPercentile(PERCENTILE)
                        / Math.max(1, quietBlocks.getValueAtPercentile(PERCENTILE)));
    }

    /** What the table's columns are. */
    public static String head() {
        return "%-17s %9s %9s %9s %7s %7s  %s"
                .formatted(
                        "disturbance",
                        "orders",
                        "p99 quiet",
                        "disturbed",
                        "worst",
                        "ratio",
                        "95 % interval");
    }

    /** One line of the table; "worst" is the round with the highest ratio. */
    public String row(final String name) {
        final Ratio told = ratio();
        return String.format(
                Locale.ROOT,
                "%-17s %,9d %6.1f µs %6.1f µs %7.3f %7.3f  %.3f to %.3f %s",
                name,
                quiet.getTotalCount() + disturbed.getTotalCount(),
                quiet.getValueAtPercentile(PERCENTILE) / 1e3,
                disturbed.getValueAtPercentile(PERCENTILE) / 1e3,
                ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                told.median(),
                told.low(),
                told.high(),
                told.isWithinBounds() ? "within" : "NOT WITHIN");
    }

    /** The whole picture of how long orders stayed, µs, in two lines. */
    public String percentiles() {
        return percentiles("quiet", quiet) + percentiles("disturbed", disturbed);
    }

    private static String percentiles(final String name, final Histogram stays) {
        return String.format(
                Locale.ROOT,
                "  %-9s p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f µs of %,d orders%n",
                name,
                stays.getValueAtPercentile(50) / 1e3,
                stays.getValueAtPercentile(90) / 1e3,
                stays.getValueAtPercentile(PERCENTILE) / 1e3,
                stays.getValueAtPercentile(99.9) / 1e3,
                stays.getMaxValue() / 1e3,
                stays.getTotalCount());
    }

    /** A ratio and the interval in which it lies with 95 % confidence. */
    public record Ratio(double median, double low, double high) {
        /** Whether the whole interval lies where nobody is slowed: from 0.90 to 1.15. */
        public boolean isWithinBounds() {
            return low >= LEAST && high <= MOST;
        }
    }

    /** Of the rounds so far, at least one. Takes seconds where the machine is slow. */
    public Ratio ratio() {
        ratio = ratio == null ? resampled() : ratio;
        return ratio;
    }

    private Ratio resampled() {
        final double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        final Random random = new Random(SEED);
        final double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            final double[] sample = new double[all.length];
            for (int k = 0; k < sample.length; k++) {
                sample[k] = all[random.nextInt(all.length)];
            }
            medians[i] = Median.withDefaults().evaluate(sample);
        }
        Arrays.sort(medians);
        return new Ratio(
                Median.withDefaults().evaluate(all),
                medians[RESAMPLES / 40],
                medians[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
