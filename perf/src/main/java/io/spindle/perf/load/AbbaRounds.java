package io.spindle.perf.load;

import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rounds of four blocks, quiet, disturbed, disturbed, quiet, so that whatever drifts meets both
 * alike. The ratio of a round is p99 of its two disturbed blocks together to p99 of its two quiet
 * ones: the core's other guests spoil a block now and then, and two blocks as one have twice the
 * orders above their p99. Times are ns.
 *
 * <p>All rounds together are told by the signed-rank test on the logarithms of their ratios: the
 * estimate is the median of the means of every two of them (Hodges and Lehmann), the interval those
 * means that the test does not reject at 5 % (Wilcoxon). It asks of the rounds only that they do
 * not depend on one another and that each errs up as easily as down, which is so because quiet and
 * disturbed blocks could change places if nothing but a factor told them apart. It is exact however
 * few the rounds are, six at least. Three reasons against what is more usual:
 *
 * <ul>
 *   <li>p99 of all blocks of a kind in one heap is what the worst rounds were, and no more precise
 *       for the others.
 *   <li>The interval of the median of the ratios is wider by a fifth where errors are about normal,
 *       and sees nothing of what happens in fewer than half of the rounds. This one does not see
 *       everything either: of 20 to 60 rounds, one in five must be worse by a third and more.
 *   <li>The interval of their mean is whatever one bad round of a shared machine makes of it.
 * </ul>
 */
public final class AbbaRounds {
    private static final double LEAST = 0.90;
    private static final double MOST = 1.15;
    private static final double PERCENTILE = 99;
    private static final double TAIL = 0.025;

    private final List<Double> ratios = new ArrayList<>();
    private final Histogram quiet = new Histogram(3);
    private final Histogram disturbed = new Histogram(3);

    public void add(final Histogram quietBlocks, final Histogram disturbedBlocks) {
        quiet.add(quietBlocks);
        disturbed.add(disturbedBlocks);
        ratios.add((double) tail(disturbedBlocks) / tail(quietBlocks));
    }

    private static long tail(final Histogram blocks) {
        return Math.max(1, blocks.getValueAtPercentile(PERCENTILE));
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
                told.estimate(),
                told.low(),
                told.high(),
                told.verdict());
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

    /** Of the rounds so far, at least one. */
    public Ratio ratio() {
        return Ratio.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * A ratio and the interval in which it lies with 95 % confidence: from 0 to infinity by fewer
     * than six rounds.
     */
    public record Ratio(double estimate, double low, double high) {
        /** By the signed-rank test on the logarithms. */
        static Ratio of(final double[] ratios) {
            final double[] means = new double[ratios.length * (ratios.length + 1) / 2];
            int next = 0;
            for (int i = 0; i < ratios.length; i++) {
                for (int k = i; k < ratios.length; k++) {
                    means[next++] = (Math.log(ratios[i]) + Math.log(ratios[k])) / 2;
                }
            }
            Arrays.sort(means);
            final double estimate = Math.exp(Median.withDefaults().evaluate(means));
            final int rank = rankOfEnds(ratios.length);
            return rank == 0
                    ? new Ratio(estimate, 0, Double.POSITIVE_INFINITY)
                    : new Ratio(
                            estimate,
                            Math.exp(means[rank - 1]),
                            Math.exp(means[means.length - rank]));
        }

        /**
         * The interval's ends are so many from the lowest and from the highest mean: the least sum
         * of positive ranks that the test does not reject. Each rank is positive with a chance of a
         * half.
         */
        private static int rankOfEnds(final int rounds) {
            final double[] chances = new double[rounds * (rounds + 1) / 2 + 1];
            chances[0] = 1;
            for (int rank = 1; rank <= rounds; rank++) {
                for (int sum = rank * (rank + 1) / 2; sum >= 0; sum--) {
                    chances[sum] = (chances[sum] + (sum < rank ? 0 : chances[sum - rank])) / 2;
                }
            }
            int sum = 0;
            for (double upTo = chances[0]; upTo <= TAIL; upTo += chances[sum]) {
                sum++;
            }
            return sum;
        }

        /** Whether the whole interval lies where nobody is slowed: from 0.90 to 1.15. */
        public boolean isWithinBounds() {
            return low >= LEAST && high <= MOST;
        }

        /** Whether it does, or on which side it does not; 1 outside it is a difference for sure. */
        private String verdict() {
            if (isWithinBounds()) {
                return "within";
            }
            final String side =
                    low < LEAST && high > MOST
                            ? "on both sides"
                            : low < LEAST ? "below 0.90" : "above 1.15";
            final String sure = high < 1 ? ", disturbed is faster" : ", disturbed is slower";
            return "NOT WITHIN: " + side + (high < 1 || low > 1 ? sure : "");
        }
    }
}
