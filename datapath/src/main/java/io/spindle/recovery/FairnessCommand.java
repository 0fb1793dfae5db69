package io.spindle.recovery;

import io.spindle.log.DataFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code ./spindle fairness}: was everybody matched in the order of arrival. */
@Command(
        name = "fairness",
        description = {
            "Says which messages were overtaken between their arrival and their place in the log.",
            "Book by book, and by what, as far as the log tells. Exit code 0 when every message",
            "was stamped on arrival (`trading --timestamps`) and none was overtaken, 1 when some",
            "were, 3 when not all were stamped or some have the stamp of another session's",
            "message: nothing is proved of those."
        })
public final class FairnessCommand implements Callable<Integer> {
    private static final int NOT_ALL_PROVED = 3;

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
                "%,d messages in %,d books, %,d stamped on arrival (%.2f %%), %,d overtaken%n",
                proof.messages(), proof.books(), proof.stamped(), share(proof), proof.inverted());
        if (proof.tied() > 0) {
            out.printf(
                    "%,d tied with another session's before them; the order of those is not"
                            + " proved%n",
                    proof.tied());
        }
        if (proof.refused() > 0) {
            out.printf(
                    "%,d more were refused before the engine; the log has no arrival of those%n",
                    proof.refused());
        }
        proof.causes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(cause -> out.printf("%,d %s%n", cause.getValue(), cause.getKey().words()));
        proof.inversions().stream()
                .limit(shown)
                .forEach(
                        inversion ->
                                out.printf(
                                        "  %s: sequence %,d had arrived %,d ns before %,d, which"
                                                + " was matched first: %s%n",
                                        inversion.symbol(),
                                        inversion.sequence(),
                                        inversion.earlierNs(),
                                        inversion.overtaker(),
                                        inversion.cause().words()));
        out.flush();
        if (proof.inverted() > 0) {
            return 1;
        }
        return isAllProved(proof) ? 0 : NOT_ALL_PROVED;
    }

    private static boolean isAllProved(final FairnessProof proof) {
        return proof.stamped() > 0 && proof.stamped() == proof.messages() && proof.tied() == 0;
    }

    /** Per cent of the messages that are stamped, rounded down: 100 are all. */
    private static double share(final FairnessProof proof) {
        return Math.floor(10_000.0 * proof.stamped() / Math.max(1, proof.messages())) / 100;
    }
}
