package io.spindle.perf.flood;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.List;

/**
 * 95 % confidence interval of a ratio from repeated rounds: Student's, over the rounds' logarithms.
 *
 * @param mean geometric mean of the rounds
 */
public record RatioInterval(double low, double mean, double high, int rounds) {
    private static final double QUANTILE = 0.975;

    /** At least two rounds, each a ratio above 0. */
    public static RatioInterval of(final List<Double> ratios) {
        final int count = ratios.size();
        final double mean = ratios.stream().mapToDouble(Math::log).average().orElseThrow();
        final double squares =
                ratios.stream().mapToDouble(ratio -> Math.pow(Math.log(ratio) - mean, 2)).sum();
        final double error = Math.sqrt(squares / (count - 1) / count);
        final double half =
                TDistribution.of(count - 1.0).inverseCumulativeProbability(QUANTILE) * error;
        return new RatioInterval(
                Math.exp(mean - half), Math.exp(mean), Math.exp(mean + half), count);
    }

    /** True when the whole interval lies in these bounds. */
    public boolean isWithin(final double least, final double most) {
        return low >= least && high <= most;
    }
}
