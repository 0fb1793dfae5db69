package io.spindle.perf.start;

import io.spindle.perf.jvm.SafepointLog;
import io.spindle.perf.load.AbbaSetup;

import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle bench first-seconds}: how long the first orders after a start stay in the
 * appliance, beside later ones.
 *
 * <p>{@link StartBench} times whole round trips, with the wait of sender and answer for a core in
 * them, and tells what the compiler did; this one asks the appliance itself.
 */
@Command(
        name = "first-seconds",
        mixinStandardHelpOptions = true,
        description = {
            "Starts an appliance again and again and offers it orders from its first moment, block "
                    + "after block: from the network's stamp on an order to the sending of its "
                    + "answer. Of the first blocks it tells what the kernel and the JVM did to the loop.",
            "Exit code 1 when the p99.9 of the first block is, in the median of the starts, more "
                    + "than 1.5 times that of the later blocks; 3 when half of the starts or more "
                    + "decide nothing, for their later blocks differ as much."
        })
public final class FirstSecondsBench implements Callable<Integer> {
    private static final double TAIL = 99.9;
    private static final double NS_PER_MICRO = 1e3;
    private static final int BLOCKS_PER_ROUND = 4;
    private static final int SHOWN = 5;
    private static final int NOT_DECIDED = 3;

    /** Said behind a ratio that proves nothing. */
    static final String UNDECIDED =
            "; NOT DECIDED: of the later ones, too, more than one in ten is above that limit";

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts, each of its own appliance (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Mixin private AbbaSetup setup;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final double[] ratios = new double[starts];
        int undecided = 0;
        for (int start = 0; start < starts; start++) {
            final List<Histogram> blocks = start(out);
            ratios[start] = ratio(blocks);
            undecided += decides(blocks) ? 0 : 1;
            out.printf(
                    Locale.ROOT,
                    "later    p99.9 %.1f µs, median of %d; the first is %.2f × that%s%n",
                    later(blocks) / NS_PER_MICRO,
                    secondHalf(blocks).size(),
                    ratios[start],
                    decides(blocks) ? "" : UNDECIDED);
            out.flush();
        }
        final double ratio = Median.withDefaults().evaluate(ratios);
        out.printf(
                Locale.ROOT,
                "p99.9 of the first block: %.2f × the later ones', median of %d starts, allowed %.1f%n",
                ratio,
                starts,
                FirstOrders.ALLOWED);
        out.flush();
        return exitCode(ratio, undecided, starts);
    }

    /** Half of the starts and more have the median in their hands. */
    static int exitCode(final double ratio, final int undecided, final int starts) {
        if (2 * undecided >= starts) {
            return NOT_DECIDED;
        }
        return ratio <= FirstOrders.ALLOWED ? 0 : 1;
    }

    private List<Histogram> start(final PrintWriter out) throws IOException, InterruptedException {
        final List<Histogram> blocks = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        try (AbbaSetup.Running running = setup.open()) {
            final LoopThread loop = LoopThread.of(running.appliance().folder());
            running.rig().login();
            for (int block = 0; block < setup.rounds() * BLOCKS_PER_ROUND; block++) {
                final Instant began = Instant.now();
                final LoopThread.Reading before = loop.read();
                blocks.add(running.block());
                if (block < SHOWN) {
                    lines.add("block %d: %s".formatted(block + 1, line(blocks.getLast())));
                    lines.add("    the loop: " + loop.read().since(before));
                    SafepointLog.read(running.pauses(), began, Instant.now())
                            .forEach(pause -> lines.add("    all stopped: " + pause));
                }
            }
        }
        lines.forEach(out::println);
        return blocks;
    }

    /**
     * Whether blocks of this machine can be told apart: nine of ten later ones would themselves
     * pass for a first one.
     */
    static boolean decides(final List<Histogram> blocks) {
        final double allowed = FirstOrders.ALLOWED * later(blocks);
        final List<Histogram> half = secondHalf(blocks);
        final long passing =
                half.stream().filter(it -> it.getValueAtPercentile(TAIL) <= allowed).count();
        return 10 * passing >= 9L * half.size();
    }

    private static List<Histogram> secondHalf(final List<Histogram> blocks) {
        return blocks.subList(blocks.size() / 2, blocks.size());
    }

    /** Tail of the first block over the median tail of the second half. */
    static double ratio(final List<Histogram> blocks) {
        return blocks.getFirst().getValueAtPercentile(TAIL) / later(blocks);
    }

    private static double later(final List<Histogram> blocks) {
        return Median.withDefaults()
                .evaluate(
                        secondHalf(blocks).stream()
                                .mapToDouble(block -> block.getValueAtPercentile(TAIL))
                                .toArray());
    }

    private static String line(final Histogram block) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f µs of %,d orders",
                block.getValueAtPercentile(50) / NS_PER_MICRO,
                block.getValueAtPercentile(99) / NS_PER_MICRO,
                block.getValueAtPercentile(TAIL) / NS_PER_MICRO,
                block.getTotalCount());
    }
}
