package io.spindle.perf.start;

import io.spindle.perf.jvm.FlightLog;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a freshly started trading process did to its first orders: round trips of every second, and
 * what the compiler did to the trading thread after the port had opened.
 *
 * @param rehearsal what the process said of its rehearsal
 * @param load the run, from the first order on, without a warm-up
 * @param deoptimisations of the trading thread after the port opened
 * @param compilations of our methods after the port opened
 * @param collections of the trading process's heap after the port opened
 * @param pauses of all its threads after the port opened: cause, length, time from there
 */
public record FirstOrders(
        String rehearsal,
        LoadResult load,
        List<String> deoptimisations,
        List<String> compilations,
        long collections,
        List<String> pauses) {
    private static final String TRADING_THREAD = "main";
    private static final int SESSIONS = 4;
    private static final double TAIL = 99.9;
    private static final int PAUSES_SHOWN = 10;

    /** The tail of the first second may be so many times that of the later ones. */
    public static final double ALLOWED = 1.5;

    /** Starts a trading process on an empty folder and offers it orders from its first moment. */
    public static FirstOrders measure(
            final Path folder,
            final int portBase,
            final LoadProfile profile,
            final long rate,
            final long orders)
            throws IOException {
        final Path recording = folder.resolve("trading.jfr");
        final InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), portBase);
        final LoadResult load;
        final Instant opened;
        final Instant ended;
        final String rehearsal;
        try (TradingChild child =
                        new TradingChild(folder, portBase, FlightLog.argument(recording));
                LoadRig rig = new LoadRig(server, profile, SESSIONS)) {
            child.awaitOpen();
            opened = Instant.now();
            rehearsal = child.rehearsal();
            load = rig.run(rate, Duration.ZERO, Duration.ofSeconds((orders + rate - 1) / rate));
            ended = Instant.now();
        }
        final FlightLog log = FlightLog.read(recording);
        return new FirstOrders(
                rehearsal,
                load,
                log.deoptimisations(TRADING_THREAD, opened, ended),
                log.compilations(opened, ended),
                log.collections(opened, ended),
                log.pauses(opened, ended));
    }

    /** Tail of the first second over the median tail of the seconds of the second half. */
    public double tailRatio() {
        return FirstSecondsBench.ratio(load.intervals());
    }

    /** Whether the seconds of the steady state agree well enough to hold the first against them. */
    public boolean isDecided() {
        return FirstSecondsBench.decides(load.intervals());
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
        lines.add(rehearsal);
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
                        "p99.9 of the first second: %.2f × the steady state's%s",
                        tailRatio(),
                        isDecided() ? "" : FirstSecondsBench.UNDECIDED));
        lines.add(
                "after the port opened: %d deoptimisations of the trading thread, %d compilations of our methods, %d collections"
                        .formatted(deoptimisations.size(), compilations.size(), collections));
        lines.add("pauses of all its threads: " + pauses.size());
        pauses.stream().limit(PAUSES_SHOWN).map("    "::concat).forEach(lines::add);
        return lines;
    }
}
