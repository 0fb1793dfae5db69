package io.spindle.recovery;

import io.spindle.log.DataFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ./spindle fairness}: was everybody matched in the order of arrival. */
@Command(
        name = "fairness",
        description = {
            "Says which messages were overtaken between their arrival and their place in the log.",
            "Book by book. Exit code 0 when none was, 1 when some were, 3 when",
            "no message carries a stamp of its own (`trading --timestamps`), so that nothing is"
                    + " proved."
        })
public final class FairnessCommand implements Callable<Integer> {
    private static final int NOTHING_PROVED = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "20",
            description = "Inversions to list (default: ${DEFAULT-VALUE}).")
    private int shown;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final FairnessProof proof = new FairnessProof();
        new OfflineLog(new DataFolder(data)).read(0, proof);
        out.printf(
                "%,d messages in %,d books, %,d stamped on arrival, %,d overtaken%n",
                proof.messages(), proof.books(), proof.stamped(), proof.inverted());
        proof.inversions().stream()
                .limit(shown)
                .forEach(
                        inversion ->
                                out.printf(
                                        "  %s: sequence %,d had arrived %,d ns before %,d, which"
                                                + " was matched first%n",
                                        inversion.symbol(),
                                        inversion.sequence(),
                                        inversion.earlierNs(),
                                        inversion.overtaker()));
        out.flush();
        if (proof.inverted() > 0) {
            return 1;
        }
        return proof.stamped() == 0 ? NOTHING_PROVED : 0;
    }
}
