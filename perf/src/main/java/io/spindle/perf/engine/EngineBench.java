package io.spindle.perf.engine;

import org.apache.commons.statistics.descriptive.Median;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * {@code bench engine}: what a command costs from log record to last event, how much of that is the
 * bare matcher, and what exchange-core takes for the same with its risk engine on; all play the
 * same stream, in turns of one round, in the same run, each in a JVM with the flags of a supervised
 * trading process.
 */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Commands through accounts, risk and matching, beside the bare matcher.")
public final class EngineBench implements Callable<Integer> {
    private static final int DIFFERENT_TRADES = 1;
    private static final long SEED = 1;
    private static final int OTHER = 3;

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

    @Option(
            names = "--jvm",
            paramLabel = "FLAG",
            split = " ",
            description = {
                "JVM flags, as in --jvm=-XX:+UseCompactObjectHeaders, of one more engine that",
                "plays each round in turn with the others."
            })
    private List<String> otherFlags = List.of();

    @Override
    public Integer call() throws IOException {
        final Path file = Files.createTempFile("engine", ".stream");
        try (Player.Child engine = start(Player.ENGINE, file, List.of());
                Player.Child matcher = start(Player.MATCHER, file, List.of());
                Player.Child rival =
                        start(noRival ? Player.MATCHER : Player.RIVAL, file, List.of());
                Player.Child other =
                        otherFlags.isEmpty() ? null : start(Player.ENGINE, file, otherFlags)) {
            write(file);
            return compare(
                    Stream.of(engine, matcher, rival, other).filter(Objects::nonNull).toList());
        } finally {
            Files.delete(file);
        }
    }

    private Player.Child start(final Player player, final Path file, final List<String> flags)
            throws IOException {
        return player.start(flags, file, commands, resting, SEED);
    }

    /** The parts to warm up with, those of the rounds, and as many to time commands alone. */
    private void write(final Path file) throws IOException {
        final Random random = new Random(SEED);
        final EngineStream stream = new EngineStream(commands);
        final OrderSource source = new OrderSource(stream, new Members(random), resting, random);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int part = 0; part < warmUps + 2 * rounds; part++) {
                source.write(part);
                stream.save(channel);
            }
        }
    }

    private int compare(final List<Player.Child> players) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final double[][] ns = new double[players.size()][rounds];
        for (int part = 0; part < warmUps + rounds; part++) {
            for (int player = 0; player < ns.length; player++) {
                ns[player][Math.max(0, part - warmUps)] =
                        Double.parseDouble(players.get(player).ask(EngineRun.PLAY, part));
            }
        }
        final Set<String> lots = new HashSet<>();
        for (final Player.Child player : players) {
            lots.add(player.ask(EngineRun.LOTS));
        }
        if (lots.size() > 1) {
            out.println("traded lots differ: " + lots);
            out.flush();
            return DIFFERENT_TRADES;
        }
        report(out, ns);
        latency(out, players.getFirst());
        out.flush();
        return 0;
    }

    private void report(final PrintWriter out, final double[][] ns) {
        final double[] added = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            added[round] = ns[0][round] - ns[1][round];
        }
        final double engine = Median.withDefaults().evaluate(ns[0]);
        out.printf(
                "ns per command, median of %d rounds (least): engine %s, matcher %s, added %s%n",
                rounds, told(ns[0]), told(ns[1]), told(added));
        out.printf("commands a second: %.2f million%n", 1e3 / engine);
        if (!noRival) {
            final double rival = Median.withDefaults().evaluate(ns[2]);
            out.printf(
                    "exchange-core with risk, stages called in place: %s, %.2f x%n",
                    told(ns[2]), rival / engine);
        }
        if (ns.length > OTHER) {
            final double[] ratios = new double[rounds];
            Arrays.setAll(ratios, round -> ns[OTHER][round] / ns[0][round]);
            out.printf(
                    Locale.ROOT,
                    "engine with %s: %s, %.3f x the other's in the median of the rounds%n",
                    String.join(" ", otherFlags),
                    told(ns[OTHER]),
                    Median.withDefaults().evaluate(ratios));
        }
    }

    /** Each command timed alone, in the second half of the rounds; and the timer beside it. */
    private void latency(final PrintWriter out, final Player.Child engine) throws IOException {
        for (int part = warmUps + rounds; part < warmUps + 2 * rounds; part++) {
            engine.ask(EngineRun.TIME, part);
        }
        for (final String line : engine.ask(EngineRun.PERCENTILES).split(";")) {
            out.println(line);
        }
    }

    /** Median and least. */
    private static String told(final double[] ns) {
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f)",
                Median.withDefaults().evaluate(ns),
                Arrays.stream(ns).min().orElseThrow());
    }
}
