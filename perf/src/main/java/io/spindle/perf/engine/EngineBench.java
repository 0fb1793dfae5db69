package io.spindle.perf.engine;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.NoEvents;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code bench engine}: what a command costs from log record to last event, and how much of that
 * the bare matcher is; both play the same stream, turn by turn, in the same run.
 */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Commands through accounts, risk and matching, beside the bare matcher.")
public final class EngineBench implements Callable<Integer> {
    private static final EngineConfig CONFIG =
            new EngineConfig(1 << 20, 1_024, 16_384, 16_384, 131_072, 16_384, 1_024, 16 << 20);
    private static final long START_NS = 1_800_000_000_000_000_000L;

    @Spec private CommandSpec spec;

    @Option(names = "--commands", defaultValue = "1000000", description = "Length of the stream.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds; the median counts.")
    private int rounds;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final EngineStream stream = new EngineStream(commands, 1);
        final double[] engineNs = new double[rounds];
        final double[] matcherNs = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            final double engine = playEngine(stream, null);
            final double matcher = playMatcher(stream);
            if (round >= 0) {
                engineNs[round] = engine;
                matcherNs[round] = matcher;
            }
        }
        final Histogram latency = new Histogram(1_000_000_000L, 3);
        playEngine(stream, latency);
        Arrays.sort(engineNs);
        Arrays.sort(matcherNs);
        final double engine = engineNs[rounds / 2];
        final double matcher = matcherNs[rounds / 2];
        out.printf(
                "ns_per_cmd=%.1f commands_per_second=%.0f matcher_ns=%.1f added_ns=%.1f%n",
                engine, 1e9 / engine, matcher, engine - matcher);
        out.printf(
                "timed: p50=%d p99=%d p99.9=%d ns, timer itself p50=%d p99=%d ns%n",
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                timer().getValueAtPercentile(50),
                timer().getValueAtPercentile(99));
        out.flush();
        return 0;
    }

    /** Nanoseconds for each command of the second half; the first half fills the books. */
    private static double playEngine(final EngineStream stream, final Histogram latency) {
        final NoEvents silence = new NoEvents();
        final TradingEngine engine = new TradingEngine(CONFIG, silence, silence, silence);
        EngineStream.writeMarket(
                (buffer, offset, length) ->
                        engine.apply(engine.sequence() + 1, START_NS, buffer, offset, length));
        final int half = stream.count / 2;
        apply(stream, engine, 0, half);
        final long start = System.nanoTime();
        if (latency == null) {
            apply(stream, engine, half, stream.count);
        } else {
            for (int i = half; i < stream.count; i++) {
                final long before = System.nanoTime();
                apply(stream, engine, i, i + 1);
                latency.recordValue(System.nanoTime() - before);
            }
        }
        return (double) (System.nanoTime() - start) / (stream.count - half);
    }

    private static void apply(
            final EngineStream stream, final TradingEngine engine, final int from, final int to) {
        final long base = engine.sequence() + 1 - from;
        for (int i = from; i < to; i++) {
            engine.apply(
                    base + i,
                    START_NS + i,
                    stream.records(),
                    i * EngineStream.SLOT_LENGTH,
                    stream.lengths[i]);
        }
    }

    private static double playMatcher(final EngineStream stream) {
        final Fills fills = new Fills();
        final Matcher matcher =
                new Matcher(MatcherConfig.of(stream.count, EngineStream.INSTRUMENTS + 1), fills);
        for (int book = 0; book < EngineStream.INSTRUMENTS; book++) {
            matcher.openBook(book, 100_000);
        }
        final OrderTerms terms = new OrderTerms();
        final int half = stream.count / 2;
        for (int i = 0; i < half; i++) {
            play(stream, matcher, terms, i);
        }
        final long start = System.nanoTime();
        for (int i = half; i < stream.count; i++) {
            play(stream, matcher, terms, i);
        }
        return (double) (System.nanoTime() - start) / (stream.count - half);
    }

    private static void play(
            final EngineStream stream, final Matcher matcher, final OrderTerms terms, final int i) {
        if (stream.targets[i] >= 0) {
            matcher.cancel(stream.targets[i], 'U');
            return;
        }
        terms.book = stream.instruments[i];
        terms.order = i;
        terms.side = stream.sides[i];
        terms.timeInForce = stream.immediate[i] ? OrderTerms.IMMEDIATE_OR_CANCEL : OrderTerms.REST;
        terms.priceTicks = stream.ticks[i];
        terms.lots = stream.lots[i];
        if (matcher.admit(terms) == 0) {
            matcher.enter(terms);
        }
    }

    private static Histogram timer() {
        final Histogram timer = new Histogram(1_000_000_000L, 3);
        for (int i = 0; i < 1_000_000; i++) {
            final long before = System.nanoTime();
            timer.recordValue(System.nanoTime() - before);
        }
        return timer;
    }

    /** Reads every field, so that nothing is optimised away. */
    private static final class Fills implements MatchListener {
        private long sum;

        @Override
        public void onFill(
                final int book,
                final int maker,
                final int taker,
                final long priceTicks,
                final long lots,
                final long makerLeavesLots,
                final long takerLeavesLots) {
            sum += book + maker + taker + priceTicks + lots + makerLeavesLots + takerLeavesLots;
        }

        @Override
        public void onRested(
                final int book,
                final int order,
                final int side,
                final long priceTicks,
                final long displayedLots) {
            sum += book + order + side + priceTicks + displayedLots;
        }

        @Override
        public void onCancelled(
                final int book,
                final int order,
                final long cancelledLots,
                final long leavesLots,
                final int reason,
                final boolean wasResting) {
            sum += book + order + cancelledLots + leavesLots + reason + (wasResting ? 1 : 0);
        }
    }
}
