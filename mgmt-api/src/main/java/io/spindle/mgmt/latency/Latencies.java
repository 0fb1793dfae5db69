package io.spindle.mgmt.latency;

import io.spindle.log.CommandHandler;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.PackedHistogram;
import org.agrona.DirectBuffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Histograms of every stage in intervals of ten seconds, the last hour of them kept, with what took
 * longest in each: what a loop that only trades cannot do for itself. Recorded on the replica's
 * thread and those of the stream's subscribers; read by any.
 */
public final class Latencies {
    private static final long INTERVAL_MS = 10_000;
    private static final int INTERVALS = 360;
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final long FIRST_BUCKET_NS = 250;
    private static final long LAST_BUCKET_NS = 16_384_000;

    private final LongSupplier wallNs;
    private final long behind;
    private final Map<Stage, Histogram> current = new EnumMap<>(Stage.class);
    private final Slowest slowest = new Slowest();
    private final Deque<Interval> past = new ArrayDeque<>();
    private final ReceiveStamp stamp = new ReceiveStamp();
    private volatile ObjLongConsumer<Stage> listener = (stage, ns) -> {};

    /** What is kept of ten seconds. */
    private record Interval(Map<Stage, PackedHistogram> histograms, List<Outlier> slowest) {}

    /**
     * @param wallNs wall clock, ns since the Unix epoch
     * @param behind sequence of the log's last command so far: what is read again is not timed
     */
    public Latencies(final LongSupplier wallNs, final long behind) {
        this.wallNs = wallNs;
        this.behind = behind;
        for (final Stage stage : Stage.values()) {
            current.put(stage, new Histogram(LONGEST_NS, DIGITS));
        }
        begin(milliseconds(wallNs.getAsLong()));
    }

    /** Upper bounds of the buckets that are shown, in ns: doubling from 250 ns to above 10 ms. */
    public static LongStream buckets() {
        return LongStream.iterate(FIRST_BUCKET_NS, ns -> ns <= LAST_BUCKET_NS, ns -> 2 * ns);
    }

    /** Hears every value from now on, in ns; one listener, on the thread that records. */
    public void onValue(final ObjLongConsumer<Stage> heard) {
        listener = heard;
    }

    private static long milliseconds(final long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }

    /** Times what it hands on. */
    public CommandHandler before(final CommandHandler next) {
        return (sequence, timeNs, buffer, offset, length) -> {
            record(sequence, timeNs, buffer, offset);
            next.onCommand(sequence, timeNs, buffer, offset, length);
        };
    }

    private synchronized void record(
            final long sequence, final long timeNs, final DirectBuffer buffer, final int offset) {
        if (sequence <= behind) {
            return;
        }
        final long nowNs = wallNs.getAsLong();
        roll(nowNs);
        take(Stage.REPLICA, sequence, timeNs, nowNs - timeNs);
        final long receivedNs = stamp.of(buffer, offset);
        if (receivedNs != 0) {
            take(Stage.WAIT, sequence, timeNs, timeNs - receivedNs);
        }
    }

    /**
     * A command, or an event of it, is now at the end of a stage that began at the matching thread.
     *
     * @param timeNs log time of the command
     */
    public synchronized void reached(final Stage stage, final long sequence, final long timeNs) {
        if (sequence > behind) {
            final long nowNs = wallNs.getAsLong();
            roll(nowNs);
            take(stage, sequence, timeNs, nowNs - timeNs);
        }
    }

    private void take(
            final Stage stage, final long sequence, final long timeNs, final long tookNs) {
        final long ns = Math.clamp(tookNs, 0, LONGEST_NS);
        current.get(stage).recordValue(ns);
        slowest.add(stage, sequence, timeNs, ns);
        listener.accept(stage, ns);
    }

    private void roll(final long nowNs) {
        final long nowMs = milliseconds(nowNs);
        if (nowMs - current.get(Stage.WAIT).getStartTimeStamp() >= INTERVAL_MS) {
            past.addLast(new Interval(keep(nowMs), slowest.list()));
            if (past.size() > INTERVALS) {
                past.removeFirst();
            }
            begin(nowMs);
        }
    }

    /** The running interval, packed: hundreds of them are kept. */
    private Map<Stage, PackedHistogram> keep(final long endMs) {
        final Map<Stage, PackedHistogram> interval = new EnumMap<>(Stage.class);
        current.forEach(
                (stage, histogram) -> {
                    final PackedHistogram packed = new PackedHistogram(LONGEST_NS, DIGITS);
                    packed.add(histogram);
                    packed.setTag(stage.label());
                    packed.setStartTimeStamp(histogram.getStartTimeStamp());
                    packed.setEndTimeStamp(endMs);
                    interval.put(stage, packed);
                });
        return interval;
    }

    private void begin(final long nowMs) {
        for (final Histogram histogram : current.values()) {
            histogram.reset();
            histogram.setStartTimeStamp(nowMs);
        }
        slowest.clear();
    }

    /** All that is kept of a stage, together. */
    public synchronized Histogram total(final Stage stage) {
        final Histogram total = current.get(stage).copy();
        past.forEach(interval -> total.add(interval.histograms.get(stage)));
        return total;
    }

    /** The interval that runs now, or the last one while it is empty, of a stage. */
    public synchronized Histogram latest(final Stage stage) {
        final Histogram latest = current.get(stage).copy();
        if (latest.getTotalCount() == 0 && !past.isEmpty()) {
            latest.add(past.getLast().histograms.get(stage));
        }
        return latest;
    }

    /** What took longest in a stage, of all that is kept, the longest first. */
    public synchronized List<Outlier> outliers(final Stage stage) {
        return Stream.concat(
                        past.stream().flatMap(interval -> interval.slowest.stream()),
                        slowest.list().stream())
                .filter(outlier -> outlier.stage() == stage)
                .sorted(Comparator.comparing(Outlier::tookNs).reversed())
                .limit(Slowest.KEPT)
                .toList();
    }

    /** The kept intervals as an HdrHistogram log, tagged by stage. */
    public synchronized String log() {
        roll(wallNs.getAsLong());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputComment("Spindle: ns, stages " + List.of(Stage.values()));
        writer.outputLogFormatVersion();
        if (!past.isEmpty()) {
            final long startMs = past.getFirst().histograms.get(Stage.WAIT).getStartTimeStamp();
            writer.outputStartTime(startMs);
            writer.setBaseTime(startMs);
        }
        writer.outputLegend();
        past.forEach(
                interval -> interval.histograms.values().forEach(writer::outputIntervalHistogram));
        writer.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
