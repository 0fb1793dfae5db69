package io.spindle.perf.book;

import org.HdrHistogram.Histogram;

/** Times of single commands: the distribution, and how many took longer than 20 µs. */
final class LatencyTally {
    private static final long SLOW_NS = 20_000;
    private static final long HIGHEST_NS = 1_000_000_000;

    private final Histogram histogram = new Histogram(HIGHEST_NS, 3);
    private long slow;

    void record(final long ns) {
        histogram.recordValue(Math.min(ns, HIGHEST_NS));
        if (ns > SLOW_NS) {
            slow++;
        }
    }

    @Override
    public String toString() {
        return "p50=%d p90=%d p99=%d p99.9=%d p99.99=%d max=%d over20us=%d"
                .formatted(
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(90),
                        histogram.getValueAtPercentile(99),
                        histogram.getValueAtPercentile(99.9),
                        histogram.getValueAtPercentile(99.99),
                        histogram.getMaxValue(),
                        slow);
    }
}
