package io.spindle.perf.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs at rising rates until one is not served any more, then between the last good and the first
 * bad one. A run that fails says where saturation is and nothing else.
 */
public final class RateLadder {
    /** Above what any machine here serves. */
    public static final long HIGHEST_RATE = 1_000_000;

    private static final long FIRST_RATE = 1_000;
    private static final int BISECTIONS = 2;

    /** Measures at one rate. */
    @FunctionalInterface
    public interface Rung {
        LoadResult measure(long rate) throws IOException;
    }

    private final List<LoadResult> results = new ArrayList<>();
    private final long end;

    /**
     * @param end rates from this on are not tried
     */
    public RateLadder(final long end) {
        this.end = end;
    }

    /** Climbs. */
    public RateLadder climb(final Rung rung) throws IOException {
        long good = 0;
        long bad = end;
        long rate = FIRST_RATE;
        while (rate < bad) {
            final boolean served = measure(rung, rate);
            good = served ? rate : good;
            bad = served ? bad : rate;
            rate *= 2;
        }
        for (int i = 0; i < BISECTIONS && good > 0 && bad < end; i++) {
            final long middle = (good + bad) / 2;
            if (measure(rung, middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return this;
    }

    private boolean measure(final Rung rung, final long rate) throws IOException {
        results.add(rung.measure(rate));
        return results.getLast().isValid();
    }

    /** Every run in the order of rates. */
    public List<LoadResult> results() {
        return results.stream().sorted((a, b) -> Long.compare(a.offered(), b.offered())).toList();
    }

    /** The highest rate that was served; empty when not even the first was. */
    public Optional<Long> saturation() {
        return results.stream()
                .filter(LoadResult::isValid)
                .map(LoadResult::offered)
                .max(Long::compare);
    }
}
