package io.spindle.tuning.search;

import java.util.Arrays;

/**
 * How much of the metric a candidate takes away: −0.1 = ten per cent less.
 *
 * <p>The estimate and its bounds are those that belong to the signed-rank test: the median of the
 * means of all pairs of figures (Hodges and Lehmann), and as many such means from either end as the
 * test's own distribution allows.
 *
 * @param change estimate
 * @param low at least this, and
 * @param high at most that, with {@link #CONFIDENCE} for this candidate alone
 */
public record Effect(double change, double low, double high) {
    public static final double CONFIDENCE = 0.95;

    /** Fewer figures cannot bound anything: all of one sign has a chance of 2⁻ⁿ on either side. */
    static final int FEWEST_ROUNDS = 6;

    /** Of what could not be tried. */
    static final Effect NONE = new Effect(0, 0, 0);

    /**
     * @param figures logarithms of with over without, one of each round
     */
    static Effect of(final double[] figures) {
        final double[] means = pairMeans(figures);
        final int outside = outside(figures.length);
        final int middle = means.length / 2;
        final double median =
                means.length % 2 == 1 ? means[middle] : (means[middle - 1] + means[middle]) / 2;
        return new Effect(
                Math.expm1(median),
                Math.expm1(means[outside]),
                Math.expm1(means[means.length - 1 - outside]));
    }

    private static double[] pairMeans(final double[] figures) {
        final double[] means = new double[pairs(figures.length)];
        int count = 0;
        for (int i = 0; i < figures.length; i++) {
            for (int j = i; j < figures.length; j++) {
                means[count++] = (figures[i] + figures[j]) / 2;
            }
        }
        Arrays.sort(means);
        return means;
    }

    private static int pairs(final int rounds) {
        return rounds * (rounds + 1) / 2;
    }

    /** Means at either end that the bounds leave outside: the largest sum of ranks rare enough. */
    private static int outside(final int rounds) {
        final double[] ways = new double[pairs(rounds) + 1];
        ways[0] = 1;
        for (int rank = 1; rank <= rounds; rank++) {
            for (int sum = ways.length - 1; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        final double allowed = (1 - CONFIDENCE) / 2 * Math.scalb(1.0, rounds);
        int outside = -1;
        double below = ways[0];
        while (below <= allowed) {
            outside++;
            below += ways[outside + 1];
        }
        return outside;
    }
}
