package io.spindle.perf.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ./spindle bench compare A B}: did a change help, by the raw histograms of two sides. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the raw histograms of two sides, each one or more result folders, in blocks "
                    + "of seconds, and says what changed.",
            "At most 5 %% chance of any wrong claim over the whole table, provided that blocks are",
            "independent of each other. What lasts longer than a block, such as another guest of",
            "the machine or the luck of one start, is not: measure A1, B1, B2, A2 and compare",
            "A1,A2 with B1,B2, which claims only what holds between every two folders.",
            "Runs that failed, or that not every folder has, are left out by name.",
            "Exit code 0 when nothing that was compared got worse, 1 when something did."
        })
public final class CompareCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "1",
            split = ",",
            paramLabel = "A",
            description = "Folders of the runs before.")
    private List<Path> before;

    @Parameters(
            index = "1",
            arity = "1",
            split = ",",
            paramLabel = "B",
            description = "Folders of the runs after.")
    private List<Path> after;

    @Option(
            names = "--block",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = {
                "Length of a block; longer than what slows several seconds in a row",
                "(default: ${DEFAULT-VALUE})."
            })
    private int blockSeconds;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (blockSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--block: at least a second");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Comparison.Table table = Comparison.of(before, after, blockSeconds);
        table.leftOut().forEach(run -> out.println("left out: " + run));
        out.flush();
        if (table.rows().isEmpty()) {
            throw new IllegalArgumentException(
                    before
                            + " and "
                            + after
                            + " have no histogram file of the same name that may"
                            + " be compared");
        }
        out.println(Comparison.HEAD);
        table.rows().forEach(row -> out.println(row.row()));
        out.printf(
                "at most %.0f %% chance of any wrong claim, if blocks of %d s are independent%n",
                100 * Comparison.ERROR_RATE, blockSeconds);
        if (before.size() == 1 || after.size() == 1) {
            out.println(
                    "a side of one folder: what differs from one start to the next may be the"
                            + " change; compare A1,A2 with B1,B2");
        }
        out.flush();
        return table.rows().stream().anyMatch(Comparison::isWorse) ? 1 : 0;
    }
}
