package io.spindle.perf.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM's own log of its safepoints: what stopped all its threads, when, and for how long. */
public final class SafepointLog {
    /** A few thousand safepoints, twice: the log of a JVM that runs for ever is no larger. */
    private static final String BOUND = "filecount=1,filesize=1m";

    private static final Pattern LINE =
            Pattern.compile("\\[(\\d+)ms\\].*Safepoint \"([^\"]+)\".*Total: *(\\d+) ns.*");

    private SafepointLog() {}

    /**
     * One of them.
     *
     * @param cause the JVM's name for its operation
     * @param end when the threads went on
     * @param lengthNs from asking them to stop to letting them go on
     */
    public record Pause(String cause, Instant end, long lengthNs) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, %.2f ms", cause, lengthNs / 1e6);
        }
    }

    /** The JVM argument that makes a JVM write the log into this file while it runs. */
    public static String argument(final Path file) {
        return "-Xlog:safepoint:file=" + file.toAbsolutePath() + ":timemillis:" + BOUND;
    }

    /**
     * Those that ended in this time, as far as the files still have them. The log knows only
     * milliseconds: what ended in the first of them may have ended before.
     */
    public static List<Pause> read(final Path file, final Instant from, final Instant until)
            throws IOException {
        final Instant first = from.truncatedTo(ChronoUnit.MILLIS);
        return lines(file).stream()
                .map(SafepointLog::parse)
                .flatMap(Optional::stream)
                .filter(pause -> !pause.end().isBefore(first) && !pause.end().isAfter(until))
                .toList();
    }

    /** A JVM that has filled the file puts it aside, over what it put aside before. */
    private static List<String> lines(final Path file) throws IOException {
        final Path older = file.resolveSibling(file.getFileName() + ".0");
        final List<String> lines = new ArrayList<>();
        if (Files.exists(older)) {
            lines.addAll(Files.readAllLines(older));
        }
        lines.addAll(Files.readAllLines(file));
        return lines;
    }

    private static Optional<Pause> parse(final String line) {
        final Matcher found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(
                        new Pause(
                                found.group(2),
                                Instant.ofEpochMilli(Long.parseLong(found.group(1))),
                                Long.parseLong(found.group(3))))
                : Optional.empty();
    }
}
