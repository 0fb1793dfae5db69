package io.spindle.attest;

import io.spindle.log.DataFolder;
import io.spindle.recovery.OfflineLog;

import org.HdrHistogram.HistogramLogWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ./spindle attest FILE}: checks what `trading --attest` wrote, offline. */
@Command(
        name = "attest",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a file of latency attestations, and the arrivals in it against the log.",
            "The chain of its intervals, their signatures, the order of the stages; with --data the",
            "arrivals, too. Prints how long orders took from stage to stage. Exit code 0 when every",
            "line is as it was written, 1 when one is not, 3 when the end is missing: what is sealed",
            "stands."
        })
public final class AttestCommand implements Callable<Integer> {
    private static final int CUT_SHORT = 3;
    private static final double NS_IN_MICROS = 1_000.0;

    @Parameters(index = "0", paramLabel = "FILE", description = "A file of `trading --attest`.")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The appliance's public key (default: attest.pub beside the file).")
    private Path key;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder whose log is held against it (default: none).")
    private Path data;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = {
                "Write the times from nic to nic as an HdrHistogram log, ns, unless a line was",
                "altered; `spindle tune score --hlog` judges it (default: none)."
            })
    private Path hlog;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Path published = key != null ? key : file.resolveSibling(SigningKey.PUBLIC_FILE);
        final AttestationCheck check =
                new AttestationCheck(SigningKey.readPublic(published)).read(file);
        if (data != null) {
            final Arrival arrival = new Arrival();
            new OfflineLog(new DataFolder(data))
                    .read(
                            0,
                            (sequence, timeNs, buffer, offset, length) ->
                                    check.compare(sequence, arrival.of(buffer, offset, timeNs)));
        }
        check.lines().forEach(out::println);
        check.faults().forEach(fault -> out.println("FAULT " + fault));
        out.flush();
        if (!check.faults().isEmpty()) {
            return 1;
        }
        if (hlog != null) {
            writeTimes(check);
        }
        return check.isWhole() ? 0 : CUT_SHORT;
    }

    /** One interval, for an attestation does not say how long it ran. */
    private void writeTimes(final AttestationCheck check) throws IOException {
        try (PrintStream stream = new PrintStream(hlog.toFile())) {
            final HistogramLogWriter log = new HistogramLogWriter(stream);
            log.outputComment("Spindle: ns, nic to nic, of " + file);
            log.outputLogFormatVersion();
            log.outputLegend();
            log.outputIntervalHistogram(0, 0, check.wholeWayNs(), NS_IN_MICROS);
        }
    }
}
