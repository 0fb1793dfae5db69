package io.spindle.tuning.score;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Times from wire to wire, out of an HdrHistogram log in ns. */
public final class WireTimes {
    private static final int DIGITS = 3;

    private WireTimes() {}

    /**
     * All intervals of a log together. Tagged ones are times of a stage, and none of them is the
     * whole way.
     *
     * @throws IOException when the file cannot be read to its end, or has no such times
     */
    public static Histogram read(final Path file) throws IOException {
        final Histogram times = new Histogram(DIGITS);
        final Set<String> stages = new TreeSet<>();
        long intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            final long there = intervals(file);
            EncodableHistogram interval = reader.nextIntervalHistogram();
            while (interval != null) {
                intervals++;
                if (interval.getTag() != null) {
                    stages.add(interval.getTag());
                } else if (interval instanceof final AbstractHistogram whole) {
                    times.add(whole);
                }
                interval = reader.nextIntervalHistogram();
            }
            if (intervals < there) {
                throw new IOException(damage(file, intervals));
            }
        } catch (final RuntimeException undecodable) {
            throw new IOException(damage(file, intervals), undecodable);
        }
        if (times.getTotalCount() == 0) {
            throw new IOException(
                    file
                            + ": no times from wire to wire"
                            + (stages.isEmpty() ? "" : ", only those of the stages " + stages));
        }
        return times;
    }

    /** The reader ends as quietly at what it cannot read as at the end. */
    private static long intervals(final Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .filter(line -> line.charAt(0) != '#' && line.charAt(0) != '"')
                    .count();
        }
    }

    private static String damage(final Path file, final long intervals) {
        return "%s: interval %d cannot be read; this is to be an HdrHistogram log"
                .formatted(file, intervals + 1);
    }
}
