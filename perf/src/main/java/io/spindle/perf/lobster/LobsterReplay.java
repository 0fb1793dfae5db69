package io.spindle.perf.lobster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle replay lobster}: the day of a real venue, event by event. Exit code 0 when every
 * row agreed, 1 when one did not.
 */
@Command(
        name = "lobster",
        description = "Replay a LOBSTER message file and compare the book after every event.",
        mixinStandardHelpOptions = true)
public final class LobsterReplay implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MESSAGE", description = "message file, CSV or ZIP")
    private Path messageFile;

    @Parameters(index = "1", paramLabel = "ORDERBOOK", description = "book file, CSV or ZIP")
    private Path bookFile;

    @Option(
            names = "--levels",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "levels that must agree, at most what the file has (default: ${DEFAULT-VALUE})")
    private int levels;

    @Override
    public Integer call() throws IOException {
        final ReplayResult result;
        try (LobsterFiles files = new LobsterFiles(messageFile, bookFile);
                ReplayVenue venue = new EngineVenue()) {
            result = replay(files, venue, levels);
        }
        final PrintWriter out = spec.commandLine().getOut();
        result.firstDifference().ifPresent(out::print);
        out.println(result.line());
        return result.firstDifference().isPresent() ? 1 : 0;
    }

    static ReplayResult replay(final LobsterFiles files, final ReplayVenue venue, final int levels)
            throws IOException {
        LobsterOracle oracle = null;
        while (files.next()) {
            if (oracle == null) {
                oracle = new LobsterOracle(venue, Math.min(levels, files.book().depth()));
            }
            oracle.step(files.message(), files.book());
        }
        if (oracle == null) {
            throw new IOException("the message file is empty");
        }
        return oracle.result();
    }
}
