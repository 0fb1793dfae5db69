package io.spindle.perf.load;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.Locale;

/**
 * What a run of the rig measured.
 *
 * @param offered messages a second that were due
 * @param achieved messages a second that were answered, from the first that was due to the last
 *     answer
 * @param unanswered messages without an answer when the run was over
 * @param refused messages that the server refused or never got
 * @param intervals round trips, one histogram for each second
 */
public record LoadResult(
        LoadProfile profile,
        long offered,
        double achieved,
        long unanswered,
        long refused,
        List<Histogram> intervals) {
    /** A run counts only if it did what it set out to do. */
    private static final double ENOUGH = 0.99;

    /** What the row of a run that does not count has in its verdict, and no other row. */
    static final String FAIL = "FAIL: ";

    /** Head of a table of {@link #row}s. */
    public static final String HEAD =
            "profile       offered/s  achieved/s      p50      p99    p99.9   p99.99      max  µs";

    /** False when the rate was missed or anything was lost: such figures say nothing. */
    public boolean isValid() {
        return achieved >= ENOUGH * offered && unanswered == 0 && refused == 0;
    }

    /** All intervals together. */
    public Histogram total() {
        final Histogram total = intervals.getFirst().copy();
        intervals.subList(1, intervals.size()).forEach(total::add);
        return total;
    }

    /** Short and unique among the runs of a table. */
    String name() {
        return profile.name().toLowerCase(Locale.ROOT).replace('_', '-') + '-' + offered;
    }

    /** One line of a table. */
    public String row() {
        final Histogram all = total();
        return String.format(
                Locale.ROOT,
                "%-12s %,10d  %,10.0f %8.1f %8.1f %8.1f %8.1f %8.1f  %s",
                profile.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                offered,
                achieved,
                micros(all, 50),
                micros(all, 99),
                micros(all, 99.9),
                micros(all, 99.99),
                micros(all, 100),
                verdict());
    }

    private String verdict() {
        if (isValid()) {
            return "OK";
        }
        return FAIL
                + (unanswered > 0 ? unanswered + " unanswered " : "")
                + (refused > 0 ? refused + " refused " : "")
                + (achieved < ENOUGH * offered ? "rate missed" : "");
    }

    private static double micros(final Histogram histogram, final double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1_000.0;
    }
}
