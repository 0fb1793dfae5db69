package io.spindle.perf.log;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code bench log}: what one append costs, beside other ways to write a record down. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {
            "Appends records to the log ring, to an Aeron IPC publication and to a mapped file, in",
            "interleaved rounds: mean time in bulk, then every single append at a steady rate."
        })
public final class LogBench implements Callable<Integer> {
    private static final long HIGHEST_NS = 1_000_000_000;
    private static final int LARGEST = 4096;

    @Option(names = "--length", description = "Bytes of a record (default: ${DEFAULT-VALUE}).")
    private int length = 100;

    @Option(names = "--rounds", description = "Interleaved rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(names = "--count", description = "Appends a round (default: ${DEFAULT-VALUE}).")
    private int count = 2_000_000;

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
            System.out.printf("clock       %s%n", line(clock()));
            final Map<String, double[]> bulk = new LinkedHashMap<>();
            final Map<String, Histogram> paced = new LinkedHashMap<>();
            for (int round = -2; round < rounds; round++) {
                final int slot = round;
                ways.forEach(
                        (name, way) -> {
                            final double ns = bulk(way);
                            final Histogram times = paced(way);
                            if (slot >= 0) {
                                bulk.computeIfAbsent(name, n -> new double[rounds])[slot] = ns;
                                paced.merge(name, times, LogBench::plus);
                            }
                        });
            }
            bulk.forEach(
                    (name, ns) -> {
                        Arrays.sort(ns);
                        System.out.printf(
                                "%-11s bulk=%.1f ns (%.1f … %.1f)  each at %,d/s: %s%n",
                                name,
                                ns[rounds / 2],
                                ns[0],
                                ns[rounds - 1],
                                rate,
                                line(paced.get(name)));
                    });
            System.out.printf("retries for room: %,d%n", backPressured);
        } finally {
            ways.values().forEach(Appender::close);
        }
        return 0;
    }

    private static Histogram plus(final Histogram sum, final Histogram more) {
        sum.add(more);
        return sum;
    }

    /** Mean of appends back to back; waiting for room counts. */
    private double bulk(final Appender way) {
        final long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            append(way, i);
        }
        return (double) (System.nanoTime() - began) / count;
    }

    /**
     * Each append by itself, from the moment it was to begin: a stall is charged to all behind it.
     */
    private Histogram paced(final Appender way) {
        final Histogram times = new Histogram(HIGHEST_NS, 3);
        final long gapNs = 1_000_000_000L / rate;
        long intendedNs = System.nanoTime();
        for (int i = 0; i < count / 4; i++) {
            intendedNs += gapNs;
            long nowNs = System.nanoTime();
            while (nowNs - intendedNs < 0) {
                nowNs = System.nanoTime();
            }
            append(way, i);
            final long lateNs = nowNs - intendedNs > gapNs ? intendedNs : nowNs;
            times.recordValue(Math.min(System.nanoTime() - lateNs, HIGHEST_NS));
        }
        return times;
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
