package io.spindle.perf.engine;

import org.HdrHistogram.Histogram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * One player in a JVM of its own, as production has it: nothing else has taught the compiler other
 * habits. Plays what {@link EngineBench} asks for, a line for a line.
 */
public final class EngineRun {
    /** Plays a part and answers with ns per command. */
    static final String PLAY = "play";

    /** Plays a part, each command timed alone. */
    static final String TIME = "time";

    /** Answers with the percentiles of the commands timed. */
    static final String PERCENTILES = "percentiles";

    /** Answers with the lots traded so far. */
    static final String LOTS = "lots";

    private static final long MAX_LATENCY_NS = 1_000_000_000L;

    private final EngineStream stream;
    private final StreamPlayer player;
    private final FileChannel file;
    private final Histogram enters = new Histogram(MAX_LATENCY_NS, 3);
    private final Histogram cancels = new Histogram(MAX_LATENCY_NS, 3);
    private final Histogram timer = new Histogram(MAX_LATENCY_NS, 3);

    private EngineRun(
            final EngineStream stream, final StreamPlayer player, final FileChannel file) {
        this.stream = stream;
        this.player = player;
        this.file = file;
    }

    /** Arguments: the player's name, stream file, commands of a part, resting orders, seed. */
    public static void main(final String[] arguments) throws IOException {
        final EngineStream stream = new EngineStream(Integer.parseInt(arguments[2]));
        final int resting = Integer.parseInt(arguments[3]);
        final long seed = Long.parseLong(arguments[4]);
        try (FileChannel file = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.READ);
                BufferedReader wishes =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            final StreamPlayer player =
                    switch (Player.valueOf(arguments[0])) {
                        case ENGINE -> new EnginePlayer(stream);
                        case MATCHER -> new MatcherPlayer(stream, resting);
                        case RIVAL -> new ExchangeCorePlayer(stream, new Members(new Random(seed)));
                    };
            final EngineRun run = new EngineRun(stream, player, file);
            for (String wish = wishes.readLine(); wish != null; wish = wishes.readLine()) {
                System.out.println(run.answer(wish.split(" ")));
            }
        }
    }

    private String answer(final String[] wish) throws IOException {
        switch (wish[0]) {
            case PLAY -> {
                return "" + play(Integer.parseInt(wish[1]));
            }
            case TIME -> {
                time(Integer.parseInt(wish[1]));
                return "";
            }
            case PERCENTILES -> {
                final Histogram all = enters.copy();
                all.add(cancels);
                return String.join(
                        ";",
                        percentiles("command", all),
                        percentiles("enter", enters),
                        percentiles("cancel", cancels),
                        percentiles("timer", timer));
            }
            default -> {
                return "" + player.tradedLots();
            }
        }
    }

    private double play(final int part) throws IOException {
        stream.load(file, part);
        final long start = System.nanoTime();
        player.play(0, stream.count);
        return (double) (System.nanoTime() - start) / stream.count;
    }

    private void time(final int part) throws IOException {
        stream.load(file, part);
        for (int i = 0; i < stream.count; i++) {
            final long before = System.nanoTime();
            player.play(i, i + 1);
            final long after = System.nanoTime();
            (stream.targets[i] < 0 ? enters : cancels).recordValue(after - before);
            timer.recordValue(System.nanoTime() - after);
        }
    }

    private static String percentiles(final String name, final Histogram histogram) {
        return "%-8s p50=%d p99=%d p99.9=%d p99.99=%d ns"
                .formatted(
                        name,
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getValueAtPercentile(99.9),
                        histogram.getValueAtPercentile(99.99));
    }
}
