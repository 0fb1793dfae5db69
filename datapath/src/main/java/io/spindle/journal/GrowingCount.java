package io.spindle.journal;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A count that ought to stay 0: said when it has grown, at once at first, then once a minute. */
final class GrowingCount {
    private static final long EVERY_NS = TimeUnit.MINUTES.toNanos(1);

    private final String words;
    private final Consumer<String> line;
    private long reported;
    private long reportedNs;

    /**
     * @param words behind the number
     * @param line takes both
     */
    GrowingCount(final String words, final Consumer<String> line) {
        this.words = words;
        this.line = line;
    }

    void report(final long count, final long nowNs) {
        if (count > reported && (reported == 0 || nowNs - reportedNs > EVERY_NS)) {
            reported = count;
            reportedNs = nowNs;
            line.accept(count + words);
        }
    }
}
