package io.spindle.perf.book;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code bench book STREAM}: nanoseconds per command of a bare order book, and its totals; with
 * {@code --against} beside others, by turns, each run of each engine in a new JVM on the same core.
 */
@Command(
        name = "book",
        mixinStandardHelpOptions = true,
        description = "Plays a recorded order stream through a bare order book.")
public final class BookBench implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "STREAM", description = "Order stream file.")
    private Path file;

    @Option(
            names = "--engine",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private BookEngine engine = BookEngine.SPINDLE;

    @Option(names = "--against", split = ",", description = "Engines to measure beside it.")
    private List<BookEngine> others = List.of();

    @Option(
            names = "--floor",
            paramLabel = "DIR",
            description = "Java sources of another floor, measured as it is, in place of ours.")
    private Path floor;

    @Option(names = "--rounds", description = "Rounds of all engines by turns.")
    private int rounds = 1;

    @Option(names = "--runs", description = "Timed runs of a round, of which the median counts.")
    private int runs = 5;

    @Option(names = "--warmups", description = "Runs before them.")
    private int warmups = 5;

    @Option(names = "--core", description = "Core to run on (default: the last one).")
    private int core = Runtime.getRuntime().availableProcessors() - 1;

    @Option(
            names = "--thread-time",
            description = "Count only the time in which the thread ran: for a shared machine.")
    private boolean threadTime;

    @Option(names = "--latency", description = "Also time every single command.")
    private boolean latency;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final BookJvm jvm = new BookJvm(file, core, warmups, runs);
        if (others.isEmpty() && floor == null) {
            for (int round = 0; round < rounds; round++) {
                out.println(jvm.play(engine, threadTime, latency));
                out.flush();
            }
            return 0;
        }
        final OrderStream stream = OrderStream.read(file);
        final BookComparison comparison =
                new BookComparison(stream.prefill(), stream.hasReplaces());
        for (int round = 0; round < rounds; round++) {
            out.println(comparison.add(play(jvm)));
            out.flush();
        }
        out.print(comparison.verdict());
        out.flush();
        return 0;
    }

    private List<BookResult> play(final BookJvm jvm) throws IOException {
        final List<BookResult> round = new ArrayList<>();
        if (floor != null) {
            round.add(BookResult.of(BookEngine.FLOOR, jvm.playFloor(floor)));
        }
        for (final BookEngine other : others) {
            round.add(BookResult.of(other, jvm.play(other, threadTime, latency)));
        }
        round.add(BookResult.of(engine, jvm.play(engine, threadTime, latency)));
        return round;
    }
}
