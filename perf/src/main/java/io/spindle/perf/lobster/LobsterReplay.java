package io.spindle.perf.lobster;

import io.spindle.net.Ports;
import io.spindle.perf.Pace;
import io.spindle.perf.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

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

    @Option(
            names = "--wire",
            description =
                    "Play into a running appliance over UDP and read the book from its feed"
                            + " (default: straight into an engine of our own).")
    private boolean wire;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            defaultValue = "SPDL",
            description =
                    "With --wire: instrument with an empty book, ticks of 0.01"
                            + " (default: ${DEFAULT-VALUE}).")
    private String symbol;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "With --wire: where the appliance is (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "With --wire: its first UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--local",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "With --wire: our interface that its feed arrives by (default: ${DEFAULT-VALUE}).")
    private InetAddress local;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            defaultValue = "TEST00",
            description = "With --wire: session to log in as (default: ${DEFAULT-VALUE}).")
    private String session;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            defaultValue = "spindle",
            description = "With --wire: its password (default: the sample market's).")
    private String password;

    @Option(
            names = "--pace",
            paramLabel = "TIMES",
            defaultValue = "0",
            description =
                    "With --wire: times the recorded pace, 1 = the day as it was"
                            + " (default: as fast as it goes).")
    private double pace;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final ReplayResult result = wire ? overTheWire(out) : throughTheEngine();
        result.firstDifference().ifPresent(out::print);
        out.println(result.line());
        return result.firstDifference().isPresent() ? 1 : 0;
    }

    private ReplayResult throughTheEngine() throws IOException {
        try (LobsterFiles files = new LobsterFiles(messageFile, bookFile);
                ReplayVenue venue = new EngineVenue()) {
            return replay(files, venue, levels, message -> {});
        }
    }

    private ReplayResult overTheWire(final PrintWriter out) throws IOException {
        final WireVenue.Access access =
                new WireVenue.Access(host, new Ports(portBase), local, session, password);
        try (LobsterFiles files = new LobsterFiles(messageFile, bookFile);
                WireVenue venue = new WireVenue(access, symbol);
                Progress progress = new Progress(out, "replay", LobsterFiles.rows(messageFile))) {
            final Pace recorded = new Pace(pace);
            final long[] rows = new long[1];
            return replay(
                    files,
                    venue,
                    levels,
                    message -> {
                        progress.reached(++rows[0]);
                        venue.idleUntil(recorded.dueNs(message.timeNs()));
                    });
        }
    }

    /**
     * @param before told of every row before it is played
     */
    static ReplayResult replay(
            final LobsterFiles files,
            final ReplayVenue venue,
            final int levels,
            final Consumer<LobsterMessage> before)
            throws IOException {
        LobsterOracle oracle = null;
        while (files.next()) {
            if (oracle == null) {
                oracle = new LobsterOracle(venue, Math.min(levels, files.book().depth()));
            }
            before.accept(files.message());
            oracle.step(files.message(), files.book());
        }
        if (oracle == null) {
            throw new IOException("the message file is empty");
        }
        return oracle.result();
    }
}
