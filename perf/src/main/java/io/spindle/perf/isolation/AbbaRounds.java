package io.spindle.perf.isolation;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Rounds of four blocks, quiet, disturbed, disturbed, quiet, so that whatever drifts meets both
 * alike. The ratio of a round is p99 of its disturbed blocks to p99 of its quiet ones; the answer
 * is the median of the rounds' ratios with a bootstrap interval, which a few bad rounds of a shared
 * machine do not move.
 */
final class AbbaRounds {
    private static final double PERCENTILE = 99;
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 1;

    private final List<Double> ratios = new ArrayList<>();
    private final Histogram quiet = new Histogram(3);
    private final Histogram disturbed = new Histogram(3);

    void add(final Histogram quietBlocks, final Histogram disturbedBlocks) {
        quiet.add(quietBlocks);
        disturbed.add(disturbedBlocks);
        ratios.add(
                (double) disturbedBlocks.getValueAtPercentile(PERCENTILE)
                        / Math.max(1, quietBlocks.getValueAtPercentile(PERCENTILE)));
    }

    Histogram quiet() {
        return quiet;
    }

    Histogram disturbed() {
        return disturbed;
    }

    /** A ratio and the interval in which it lies with 95 % confidence. */
    record Ratio(double median, double low, double high) {
        boolean isWithin(final double least, final double most) {
            return low >= least && high <= most;
        }
    }

    Ratio ratio() {
        final double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        final Random random = new Random(SEED);
        final double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            final double[] sample = new double[all.length];
            for (int k = 0; k < sample.length; k++) {
                sample[k] = all[random.nextInt(all.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        return new Ratio(
                median(all), medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
