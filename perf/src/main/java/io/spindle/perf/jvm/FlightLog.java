package io.spindle.perf.jvm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The flight recording of one JVM: what its compiler did and undid, what its threads allocated, and
 * what stopped them all.
 */
public final class FlightLog {
    /** Short enough to see an allocation soon, long enough to cost nothing. */
    private static final String SETTINGS =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.Compilation">
                <setting name="enabled">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
              <event name="jdk.Deoptimization">
                <setting name="enabled">true</setting>
                <setting name="stackTrace">false</setting>
              </event>
              <event name="jdk.GarbageCollection">
                <setting name="enabled">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
              <event name="jdk.SafepointBegin">
                <setting name="enabled">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
              <event name="jdk.SafepointEnd">
                <setting name="enabled">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
              <event name="jdk.ExecuteVMOperation">
                <setting name="enabled">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
              <event name="jdk.ThreadAllocationStatistics">
                <setting name="enabled">true</setting>
                <setting name="period">5 s</setting>
              </event>
              <event name="jdk.ObjectAllocationSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">100/s</setting>
                <setting name="stackTrace">true</setting>
              </event>
            </configuration>
            """;

    private static final int SITES_NAMED = 5;
    private static final int FRAMES_NAMED = 5;

    private final List<RecordedEvent> events;

    private FlightLog(final List<RecordedEvent> events) {
        this.events = events;
    }

    /** The JVM argument that makes a JVM write its recording into this file when it ends. */
    public static String argument(final Path file) throws IOException {
        final Path settings = file.resolveSibling(file.getFileName() + ".jfc");
        Files.writeString(settings, SETTINGS);
        return "-XX:StartFlightRecording=settings="
                + settings.toAbsolutePath()
                + ",filename="
                + file.toAbsolutePath()
                + ",dumponexit=true";
    }

    public static FlightLog read(final Path file) throws IOException {
        return new FlightLog(RecordingFile.readAllEvents(file));
    }

    private Stream<RecordedEvent> between(
            final String type, final Instant from, final Instant until) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getStartTime().isAfter(from))
                .filter(event -> event.getStartTime().isBefore(until));
    }

    /** Code that a thread had to throw away and leave, each as method, line and reason. */
    public List<String> deoptimisations(
            final String thread, final Instant from, final Instant until) {
        return between("jdk.Deoptimization", from, until)
                .filter(event -> isOf(event.getThread(), thread))
                .map(
                        event ->
                                "%s line %d: %s"
                                        .formatted(
                                                name(event.getValue("method")),
                                                event.getInt("lineNumber"),
                                                event.getString("reason")))
                .toList();
    }

    /** Methods of ours that the compiler worked on, each with its level and time. */
    public List<String> compilations(final Instant from, final Instant until) {
        return between("jdk.Compilation", from, until)
                .filter(event -> isOurs(event.getValue("method")))
                .map(
                        event ->
                                String.format(
                                        Locale.ROOT,
                                        "%s, level %d, %.1f ms",
                                        name(event.getValue("method")),
                                        event.getShort("compileLevel"),
                                        event.getDuration().toNanos() / 1e6))
                .toList();
    }

    /** Time that the compiler spent on our methods, ms. */
    public long compilationMs(final Instant from, final Instant until) {
        return between("jdk.Compilation", from, until)
                .filter(event -> isOurs(event.getValue("method")))
                .mapToLong(event -> event.getDuration().toMillis())
                .sum();
    }

    public long collections(final Instant from, final Instant until) {
        return between("jdk.GarbageCollection", from, until).count();
    }

    /**
     * What stopped all threads of the JVM, each with its length, from asking the first of them to
     * stop to letting them go on, and when it began.
     */
    public List<String> pauses(final Instant from, final Instant until) {
        final Map<Long, RecordedEvent> operations = bySafepoint("jdk.ExecuteVMOperation");
        final Map<Long, RecordedEvent> ends = bySafepoint("jdk.SafepointEnd");
        return between("jdk.SafepointBegin", from, until)
                .filter(begin -> ends.containsKey(safepoint(begin)))
                .map(
                        begin ->
                                String.format(
                                        Locale.ROOT,
                                        "%s, %.2f ms, at second %.2f",
                                        operation(operations.get(safepoint(begin))),
                                        ns(begin.getStartTime(), end(ends, begin)) / 1e6,
                                        ns(from, begin.getStartTime()) / 1e9))
                .toList();
    }

    private static Instant end(final Map<Long, RecordedEvent> ends, final RecordedEvent begin) {
        return ends.get(safepoint(begin)).getEndTime();
    }

    private static long ns(final Instant from, final Instant until) {
        return Duration.between(from, until).toNanos();
    }

    /** The first of each; an operation that stopped nobody has none, told as 0. */
    private Map<Long, RecordedEvent> bySafepoint(final String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .collect(toMap(FlightLog::safepoint, event -> event, (first, next) -> first));
    }

    private static long safepoint(final RecordedEvent event) {
        return event.getLong("safepointId");
    }

    private static String operation(final RecordedEvent event) {
        return event == null ? "no operation" : event.getString("operation");
    }

    /** Bytes that a thread allocated between the first and the last reading in this time. */
    public long allocated(final String thread, final Instant from, final Instant until) {
        final long[] readings =
                between("jdk.ThreadAllocationStatistics", from, until)
                        .filter(event -> isOf(event.getValue("thread"), thread))
                        .mapToLong(event -> event.getLong("allocated"))
                        .sorted()
                        .toArray();
        return readings.length == 0 ? 0 : readings[readings.length - 1] - readings[0];
    }

    /**
     * Where a thread allocated, most bytes first, each with the class of what it made, as far as
     * samples tell: one is taken when the thread asks for another piece of the heap.
     */
    public List<String> allocationSites(
            final String thread, final Instant from, final Instant until) {
        final Map<String, Long> bytes =
                between("jdk.ObjectAllocationSample", from, until)
                        .filter(event -> isOf(event.getThread(), thread))
                        .collect(
                                groupingBy(
                                        FlightLog::site,
                                        summingLong(event -> event.getLong("weight"))));
        return bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SITES_NAMED)
                .map(site -> "about %,d bytes: %s".formatted(site.getValue(), site.getKey()))
                .toList();
    }

    private static String site(final RecordedEvent event) {
        final String made = event.getClass("objectClass").getName();
        return event.getStackTrace() == null
                ? made
                : event.getStackTrace().getFrames().stream()
                        .limit(FRAMES_NAMED)
                        .map(frame -> name(frame.getMethod()) + ':' + frame.getLineNumber())
                        .collect(joining(" < ", made + " in ", ""));
    }

    private static boolean isOf(final RecordedThread thread, final String name) {
        return thread != null && name.equals(thread.getJavaName());
    }

    private static boolean isOurs(final RecordedMethod method) {
        final String type = method.getType().getName();
        return type.startsWith("io.spindle.") || type.startsWith("org.agrona.");
    }

    private static String name(final RecordedMethod method) {
        return method.getType().getName() + '.' + method.getName();
    }
}
