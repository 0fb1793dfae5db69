package io.spindle.perf.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the raw figures of a measurement stay: every interval of every run, plots, the machine. */
public record ResultFolder(Path path) {
    private static final double NS_IN_MICROS = 1_000.0;

    public void write(final Environment environment, final List<LoadResult> results)
            throws IOException {
        Files.createDirectories(path);
        Files.write(path.resolve("environment.txt"), environment.whole());
        Files.writeString(path.resolve("machine.json"), environment.machine());
        Files.write(
                path.resolve("load.txt"),
                Stream.concat(Stream.of(LoadResult.HEAD), results.stream().map(LoadResult::row))
                        .toList());
        Files.writeString(path.resolve("index.html"), RatePlots.page(environment, results));
        for (final LoadResult result : results) {
            writeLog(result);
        }
    }

    private void writeLog(final LoadResult result) throws IOException {
        final Path file = new RunFile(path, result.name()).path();
        try (PrintStream stream = new PrintStream(file.toFile())) {
            final HistogramLogWriter log = new HistogramLogWriter(stream);
            log.outputComment(result.row());
            log.outputLogFormatVersion();
            log.outputLegend();
            int second = 0;
            for (final Histogram interval : result.intervals()) {
                log.outputIntervalHistogram(second, ++second, interval, NS_IN_MICROS);
            }
        }
    }
}
