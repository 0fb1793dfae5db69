package io.spindle.perf.load;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's raw histogram file, as {@link ResultFolder} writes it: a histogram for every second, and
 * how the run went in a comment in front of them.
 *
 * @param folder the result folder
 * @param run name of the run in it
 */
record RunFile(Path folder, String run) {
    private static final String SUFFIX = ".hlog";
    private static final String COMMENT = "#";

    /** Names of the runs that a folder has. */
    static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        }
    }

    Path path() {
        return folder.resolve(run + SUFFIX);
    }

    boolean exists() {
        return Files.exists(path());
    }

    /** Whether its own row says that it missed its rate or lost something. */
    boolean isFailed() throws IOException {
        try (Stream<String> lines = Files.lines(path())) {
            return lines.takeWhile(line -> line.startsWith(COMMENT))
                    .anyMatch(line -> line.contains(LoadResult.FAIL));
        }
    }

    /** Its histogram in pieces of so many seconds; what is left over belongs to the last. */
    List<Histogram> blocks(final int seconds) throws IOException {
        final List<Histogram> intervals = intervals();
        final int count = Math.max(1, intervals.size() / seconds);
        final List<Histogram> blocks = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            final int block = Math.min(i / seconds, count - 1);
            if (block == blocks.size()) {
                blocks.add(intervals.get(i));
                blocks.getLast().setAutoResize(true);
            } else {
                blocks.get(block).add(intervals.get(i));
            }
        }
        return blocks;
    }

    private List<Histogram> intervals() throws IOException {
        final List<Histogram> intervals = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(path().toFile())) {
            EncodableHistogram interval = reader.nextIntervalHistogram();
            while (interval != null) {
                if (interval instanceof final Histogram histogram) {
                    intervals.add(histogram);
                }
                interval = reader.nextIntervalHistogram();
            }
        }
        return intervals;
    }
}
