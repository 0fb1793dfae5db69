package io.spindle.perf.start;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.jvm.FlightLog;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What a freshly started appliance did to its first orders: round trips of every second, and what
 * the compiler did to the trading thread after the port had opened.
 *
 * @param load the run, from the first order on, without a warm-up
 * @param deoptimisations of the trading thread after the port opened
 * @param compilations of our methods after the port opened
 * @param collections of the trading process's heap after the port opened
 */
public record FirstOrders(
        LoadResult load,
        List<String> deoptimisations,
        List<String> compilations,
        long collections) {
    private static final String TRADING_THREAD = "main";
    private static final Duration OPENING_PATIENCE = Duration.ofSeconds(180);
    private static final long LOOK_NS = 1_000_000;
    private static final int SESSIONS = 4;
    private static final double TAIL = 99.9;

    /** The tail of the first second may be so many times that of the later ones. */
    public static final double ALLOWED = 1.5;

    /** Starts an appliance on an empty folder and offers it orders from its first moment. */
    public static FirstOrders measure(
            final Path folder,
            final int portBase,
            final String api,
            final LoadProfile profile,
            final long rate,
            final long orders)
            throws IOException, InterruptedException {
        final Path recording = folder.resolve("trading.jfr");
        final Appliance.Options options =
                new Appliance.Options(
                        folder,
                        portBase,
                        api,
                        List.of(
                                "-Dspindle.child.jvm.args.trading="
                                        + FlightLog.argument(recording)));
        final LoadResult load;
        final Instant opened;
        final Instant ended;
        try (Appliance appliance = new Appliance(options);
                LoadRig rig = new LoadRig(appliance.orderEntry(), profile, SESSIONS)) {
            opened = awaitPort(appliance);
            load = rig.run(rate, Duration.ZERO, Duration.ofSeconds((orders + rate - 1) / rate));
            ended = Instant.now();
        }
        final FlightLog log = FlightLog.read(recording);
        return new FirstOrders(
                load,
                log.deoptimisations(TRADING_THREAD, opened, ended),
                log.compilations(opened, ended),
                log.collections(opened, ended));
    }

    /** By the counters file: the port is open before the management plane knows of it. */
    private static Instant awaitPort(final Appliance appliance) throws IOException {
        final Path counters = appliance.folder().counters();
        final long endNs = System.nanoTime() + OPENING_PATIENCE.toNanos();
        while (!Files.exists(counters)
                || LoopCounters.read(counters).getCounterValue(LoopCounter.STATE.ordinal())
                        != LoopCounter.STATE_OPEN) {
            if (System.nanoTime() - endNs > 0) {
                throw new IOException("the port did not open; see " + appliance.folder().run());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return Instant.now();
    }

    /** Tail of the first second over the median tail of the seconds of the second half. */
    public double tailRatio() {
        final List<Histogram> seconds = load.intervals();
        final double[] steady =
                seconds.subList(seconds.size() / 2, seconds.size()).stream()
                        .mapToDouble(second -> second.getValueAtPercentile(TAIL))
                        .sorted()
                        .toArray();
        return seconds.getFirst().getValueAtPercentile(TAIL) / steady[steady.length / 2];
    }

    /** What is not as it should be; empty = the start was warm. */
    public List<String> faults() {
        final List<String> faults = new ArrayList<>();
        if (!load.isValid()) {
            faults.add("the load itself failed: " + load.row());
        }
        deoptimisations.forEach(line -> faults.add("deoptimised " + line));
        compilations.forEach(line -> faults.add("compiled " + line));
        if (tailRatio() > ALLOWED) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "p99.9 of the first second is %.2f × the steady state's, allowed %.1f",
                            tailRatio(),
                            ALLOWED));
        }
        return faults;
    }

    /** The report, in lines. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(LoadResult.HEAD);
        lines.add(load.row());
        int second = 0;
        for (final Histogram interval : load.intervals()) {
            if (second < 5) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "second %d: p50 %.1f, p99 %.1f, p99.9 %.1f µs",
                                ++second,
                                interval.getValueAtPercentile(50) / 1e3,
                                interval.getValueAtPercentile(99) / 1e3,
                                interval.getValueAtPercentile(TAIL) / 1e3));
            }
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "p99.9 of the first second: %.2f × the steady state's",
                        tailRatio()));
        lines.add(
                "after the port opened: %d deoptimisations of the trading thread, %d compilations of our methods, %d collections"
                        .formatted(deoptimisations.size(), compilations.size(), collections));
        return lines;
    }
}
