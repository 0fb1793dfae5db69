package io.spindle.perf.log;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code bench log}: what one append costs, beside other ways to write a record down. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {
            "Appends records to the log ring, to an Aeron IPC publication and to a mapped file, in "
                    + "interleaved rounds at a steady rate: in bursts, for what an append takes, then one by "
                    + "one, for how long the longest take."
        })
public final class LogBench implements Callable<Integer> {
    private static final long HIGHEST_NS = 1_000_000_000;
    private static final int LARGEST = 4096;
    private static final int BURST = 32;
    private static final double TENTHS = 10;

    @Option(names = "--length", description = "Bytes of a record (default: ${DEFAULT-VALUE}).")
    private int length = 100;

    @Option(names = "--rounds", description = "Interleaved rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(
            names = "--count",
            description = "Appends a round, of each kind (default: ${DEFAULT-VALUE}).")
    private int count = 500_000;

    @Option(names = "--rate", description = "Appends a second (default: ${DEFAULT-VALUE}).")
    private int rate = 500_000;

    @Option(names = "--disk", paramLabel = "DIR", description = "Also map a file in this folder.")
    private Path disk;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[LARGEST]);
    private long backPressured;

    @Override
    public Integer call() throws Exception {
        final Map<String, Appender> ways = new LinkedHashMap<>();
        ways.put("ring", new RingAppender(LARGEST));
        ways.put("aeron-ipc", new AeronAppender());
        ways.put("mapped-shm", new MappedAppender(Path.of("/dev/shm")));
        if (disk != null) {
            ways.put("mapped-disk", new MappedAppender(disk));
        }
        try {
            System.out.printf("%-11s each %s%n", "clock", line(clock()));
            final Map<String, Times> all = new LinkedHashMap<>();
            ways.keySet().forEach(name -> all.put(name, new Times()));
            for (int round = -2; round < rounds; round++) {
                final boolean counts = round >= 0;
                ways.forEach((name, way) -> round(way, counts ? all.get(name) : new Times()));
            }
            all.forEach((name, times) -> print(name, times));
            System.out.printf("retries for room: %,d%n", backPressured);
        } finally {
            ways.values().forEach(Appender::close);
        }
        return 0;
    }

    /** What one way took, all rounds together, ns. */
    private static final class Times {
        /** An append of a burst: the clock is read once for each of them, in tenths of a ns. */
        private final Histogram burst = new Histogram(HIGHEST_NS, 3);

        /** An append alone, two readings of the clock included. */
        private final Histogram own = new Histogram(HIGHEST_NS, 3);

        /** From when it was due: a stall is charged to all behind it. */
        private final Histogram due = new Histogram(HIGHEST_NS, 3);
    }

    private void round(final Appender way, final Times times) {
        bursts(way, times.burst);
        singles(way, times.own, times.due);
    }

    private void print(final String name, final Times times) {
        System.out.printf(
                "%-11s burst p50=%.1f p99=%.1f ns an append  each %s  from when due %s%n",
                name,
                times.burst.getValueAtPercentile(50) / TENTHS,
                times.burst.getValueAtPercentile(99) / TENTHS,
                line(times.own),
                line(times.due));
    }

    /** At the rate as a whole, in bursts, so that the clock costs next to nothing. */
    private void bursts(final Appender way, final Histogram times) {
        final long gapNs = BURST * 1_000_000_000L / rate;
        long dueNs = System.nanoTime();
        for (int i = 0; i < count; i += BURST) {
            dueNs += gapNs;
            long beganNs = System.nanoTime();
            while (beganNs - dueNs < 0) {
                beganNs = System.nanoTime();
            }
            for (int n = 0; n < BURST; n++) {
                append(way, i);
            }
            final long tookNs = System.nanoTime() - beganNs;
            times.recordValue(Math.min((long) (tookNs * TENTHS / BURST), HIGHEST_NS));
        }
    }

    private void singles(final Appender way, final Histogram own, final Histogram due) {
        final long gapNs = 1_000_000_000L / rate;
        long dueNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            dueNs += gapNs;
            long beganNs = System.nanoTime();
            while (beganNs - dueNs < 0) {
                beganNs = System.nanoTime();
            }
            append(way, i);
            final long endedNs = System.nanoTime();
            own.recordValue(Math.min(endedNs - beganNs, HIGHEST_NS));
            final long lateNs = beganNs - dueNs > gapNs ? dueNs : beganNs;
            due.recordValue(Math.min(endedNs - lateNs, HIGHEST_NS));
        }
    }

    private void append(final Appender way, final long value) {
        record.putLong(0, value);
        while (!way.append(record, length)) {
            backPressured++;
            Thread.onSpinWait();
        }
    }

    private Histogram clock() {
        final Histogram times = new Histogram(HIGHEST_NS, 3);
        for (int i = 0; i < count; i++) {
            final long began = System.nanoTime();
            times.recordValue(System.nanoTime() - began);
        }
        return times;
    }

    private static String line(final Histogram times) {
        return "p50=%d p99=%d p99.9=%d max=%d"
                .formatted(
                        times.getValueAtPercentile(50),
                        times.getValueAtPercentile(99),
                        times.getValueAtPercentile(99.9),
                        times.getMaxValue());
    }
}
