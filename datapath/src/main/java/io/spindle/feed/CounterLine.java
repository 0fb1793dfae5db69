package io.spindle.feed;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells what was counted: a line a minute at most, and none while nothing changes.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class CounterLine {
    static final long INTERVAL_NS = 60_000_000_000L;

    private final Supplier<String> counters;
    private final Consumer<String> reader;
    private String told;
    private long lookedNs;

    CounterLine(final Supplier<String> counters, final Consumer<String> reader, final long nowNs) {
        this.counters = counters;
        this.reader = reader;
        told = counters.get();
        lookedNs = nowNs;
    }

    void poll(final long nowNs) {
        if (nowNs - lookedNs >= INTERVAL_NS) {
            lookedNs = nowNs;
            final String now = counters.get();
            if (!now.equals(told)) {
                told = now;
                reader.accept(now);
            }
        }
    }
}
