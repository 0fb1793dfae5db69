package io.spindle.perf.engine;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code bench engine}: what a command costs from log record to last event, how much of that is the
 * bare matcher, and what exchange-core takes for the same with its risk engine on; all play the
 * same stream, in turns of one round, in the same run.
 */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Commands through accounts, risk and matching, beside the bare matcher.")
public final class EngineBench implements Callable<Integer> {
    private static final int DIFFERENT_TRADES = 1;
    private static final long MAX_LATENCY_NS = 1_000_000_000L;

    @Spec private CommandSpec spec;

    @Option(names = "--commands", defaultValue = "200000", description = "Commands of a round.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "21", description = "Rounds; the median counts.")
    private int rounds;

    @Option(names = "--warm-ups", defaultValue = "10", description = "Rounds before those.")
    private int warmUps;

    @Option(names = "--resting", defaultValue = "30000", description = "Orders in the books.")
    private int resting;

    @Option(names = "--no-rival", description = "Leave exchange-core out.")
    private boolean noRival;

    private EngineStream stream;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        stream = new EngineStream(commands * (warmUps + 2 * rounds), resting, 1);
        final StreamPlayer engine = new EnginePlayer(stream);
        final StreamPlayer matcher = new MatcherPlayer(stream);
        final StreamPlayer rival = noRival ? matcher : new ExchangeCorePlayer(stream);
        final double[][] ns = new double[3][rounds];
        for (int round = -warmUps; round < rounds; round++) {
            final int at = Math.max(0, round);
            ns[0][at] = time(engine, round);
            ns[1][at] = time(matcher, round);
            ns[2][at] = noRival ? ns[1][at] : time(rival, round);
        }
        final long lots = engine.tradedLots();
        if (lots != matcher.tradedLots() || lots != rival.tradedLots()) {
            out.printf(
                    "traded lots differ: %d, %d, %d%n",
                    lots, matcher.tradedLots(), rival.tradedLots());
            out.flush();
            return DIFFERENT_TRADES;
        }
        report(out, ns);
        latency(out, engine);
        out.flush();
        return 0;
    }

    private void report(final PrintWriter out, final double[][] ns) {
        final double[] added = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            added[round] = ns[0][round] - ns[1][round];
        }
        final double engine = median(ns[0]);
        out.printf(
                "ns per command, median of %d rounds (least): engine %.1f (%.1f), matcher %.1f"
                        + " (%.1f), added %.1f (%.1f)%n",
                rounds, engine, ns[0][0], median(ns[1]), ns[1][0], median(added), added[0]);
        out.printf("commands a second: %.2f million%n", 1e3 / engine);
        if (!noRival) {
            final double rival = median(ns[2]);
            out.printf(
                    "exchange-core with risk, stages called in place: %.1f (%.1f), %.2f x%n",
                    rival, ns[2][0], rival / engine);
        }
    }

    /** Nanoseconds for each command of the round. */
    private double time(final StreamPlayer player, final int round) {
        final int from = (round + warmUps) * commands;
        final long start = System.nanoTime();
        player.play(from, from + commands);
        return (double) (System.nanoTime() - start) / commands;
    }

    /** Each command timed alone, in the second half of the rounds; and the timer beside it. */
    private void latency(final PrintWriter out, final StreamPlayer engine) {
        final Histogram latency = new Histogram(MAX_LATENCY_NS, 3);
        final Histogram timer = new Histogram(MAX_LATENCY_NS, 3);
        for (int i = (warmUps + rounds) * commands; i < stream.count; i++) {
            final long before = System.nanoTime();
            engine.play(i, i + 1);
            final long after = System.nanoTime();
            latency.recordValue(after - before);
            timer.recordValue(System.nanoTime() - after);
        }
        percentiles(out, "command", latency);
        percentiles(out, "timer", timer);
    }

    private static void percentiles(
            final PrintWriter out, final String name, final Histogram histogram) {
        out.printf(
                "%-8s p50=%d p99=%d p99.9=%d p99.99=%d ns%n",
                name,
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getValueAtPercentile(99.99));
    }

    private static double median(final double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
