package io.spindle.perf.wire;

import org.HdrHistogram.Histogram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a distribution of round trips comes to, ns.
 *
 * @param count round trips
 */
record Percentiles(
        long count, long min, long p50, long p90, long p99, long p999, long p9999, long max) {
    private static final Pattern NUMBER = Pattern.compile("=(\\d+)");

    static Percentiles of(final Histogram histogram) {
        return new Percentiles(
                histogram.getTotalCount(),
                histogram.getMinValue(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getValueAtPercentile(99.99),
                histogram.getMaxValue());
    }

    /** Reads what {@link #toString} wrote. */
    static Percentiles parse(final String line) {
        final Matcher number = NUMBER.matcher(line);
        final long[] values = new long[8];
        for (int i = 0; i < values.length; i++) {
            if (!number.find()) {
                throw new IllegalArgumentException("no percentiles in: " + line);
            }
            values[i] = Long.parseLong(number.group(1));
        }
        return new Percentiles(
                values[0], values[1], values[2], values[3], values[4], values[5], values[6],
                values[7]);
    }

    @Override
    public String toString() {
        return "n=%d min=%d p50=%d p90=%d p99=%d p99.9=%d p99.99=%d max=%d"
                .formatted(count, min, p50, p90, p99, p999, p9999, max);
    }
}
