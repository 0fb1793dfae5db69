package io.spindle.mgmt.latency;

import io.spindle.log.CommandHandler;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.PackedHistogram;
import org.agrona.DirectBuffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Histograms of every stage in intervals of ten seconds, the last hour of them kept: what a loop
 * that only trades cannot do for itself. Recorded on the replica's thread; read by any.
 */
public final class Latencies {
    private static final long INTERVAL_MS = 10_000;
    private static final int INTERVALS = 360;
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final LongSupplier wallNs;
    private final Map<Stage, Histogram> current = new EnumMap<>(Stage.class);
    private final Deque<Map<Stage, PackedHistogram>> past = new ArrayDeque<>();
    private final ReceiveStamp stamp = new ReceiveStamp();

    /**
     * @param wallNs wall clock, ns since the Unix epoch
     */
    public Latencies(final LongSupplier wallNs) {
        this.wallNs = wallNs;
        for (final Stage stage : Stage.values()) {
            current.put(stage, new Histogram(LONGEST_NS, DIGITS));
        }
        begin(milliseconds(wallNs.getAsLong()));
    }

    private static long milliseconds(final long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }

    /** Times what it hands on. */
    public CommandHandler before(final CommandHandler next) {
        return (sequence, timeNs, buffer, offset, length) -> {
            record(timeNs, buffer, offset);
            next.onCommand(sequence, timeNs, buffer, offset, length);
        };
    }

    private synchronized void record(
            final long timeNs, final DirectBuffer buffer, final int offset) {
        final long nowNs = wallNs.getAsLong();
        roll(nowNs);
        current.get(Stage.REPLICA).recordValue(Math.clamp(nowNs - timeNs, 0, LONGEST_NS));
        final long receivedNs = stamp.of(buffer, offset);
        if (receivedNs != 0) {
            current.get(Stage.WAIT).recordValue(Math.clamp(timeNs - receivedNs, 0, LONGEST_NS));
        }
    }

    private void roll(final long nowNs) {
        final long nowMs = milliseconds(nowNs);
        if (nowMs - current.get(Stage.WAIT).getStartTimeStamp() >= INTERVAL_MS) {
            past.addLast(keep(nowMs));
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
    }

    /** All that is kept of a stage, together. */
    public synchronized Histogram total(final Stage stage) {
        final Histogram total = current.get(stage).copy();
        past.forEach(interval -> total.add(interval.get(stage)));
        return total;
    }

    /** The interval that runs now, or the last one while it is empty, of a stage. */
    public synchronized Histogram latest(final Stage stage) {
        final Histogram latest = current.get(stage).copy();
        if (latest.getTotalCount() == 0 && !past.isEmpty()) {
            latest.add(past.getLast().get(stage));
        }
        return latest;
    }

    /** The kept intervals as an HdrHistogram log, tagged by stage. */
    public synchronized String log() {
        roll(wallNs.getAsLong());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputComment("Spindle: ns, stages " + List.of(Stage.values()));
        writer.outputLogFormatVersion();
        if (!past.isEmpty()) {
            final long startMs = past.getFirst().get(Stage.WAIT).getStartTimeStamp();
            writer.outputStartTime(startMs);
            writer.setBaseTime(startMs);
        }
        writer.outputLegend();
        past.forEach(interval -> interval.values().forEach(writer::outputIntervalHistogram));
        writer.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
