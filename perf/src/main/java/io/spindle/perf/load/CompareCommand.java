package io.spindle.perf.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ./spindle bench compare A B}: did a change help, by the raw histograms of two runs. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the raw histograms of two result folders, second by second, and says what "
                    + "changed.",
            "At most 5 %% chance of any wrong claim over the whole table. Exit code 0 when nothing",
            "got worse, 1 when something did."
        })
public final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "Folder of the runs before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "Folder of the runs after.")
    private Path after;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Comparison> comparisons = Comparison.of(before, after);
        if (comparisons.isEmpty()) {
            throw new IllegalArgumentException(
                    before + " and " + after + " have no histogram file of the same name");
        }
        out.println(Comparison.HEAD);
        comparisons.forEach(comparison -> out.println(comparison.row()));
        out.flush();
        return comparisons.stream().anyMatch(Comparison::isWorse) ? 1 : 0;
    }
}
