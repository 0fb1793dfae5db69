package io.spindle.perf.soak;

import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.load.OwnCore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code ./spindle soak}: load for as long as you like, and what grew by more than a tolerance. */
@Command(
        name = "soak",
        description = {
            "Loads an appliance of its own and watches what a leak or a creeping cost would move.",
            "Allocations, page faults, compilations, context switches, memory, the log ring.",
            "Flat is, of the second half beside the first: memory of each process a tenth and 16",
            "MiB more (of mgmt what lives after a collection: its heap is collected whole when it",
            "is full), involuntary switches twice as many and 10 a second more, the log ring twice",
            "as full and 4 MiB more, compiling 50 ms more; and in the second half alone, of the",
            "trading thread, 10 minor page faults, no major one, 64 bytes a second, no",
            "deoptimisation, one collection of its heap; all at most.",
            "Exit code 0 when all stayed flat, every rate was kept and no message was lost or",
            "refused, else 1."
        })
public final class SoakCommand implements Callable<Integer> {
    private static final int SECONDS_PER_MINUTE = 60;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long, fractions allowed (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--remembered",
            paramLabel = "N",
            defaultValue = "300000",
            description = {
                "Messages to play first, at twice the rate, so that the histories of mgmt (200,000",
                "entries each) are full and what grows is a leak (default: ${DEFAULT-VALUE})."
            })
    private long remembered;

    @Mixin private OwnCore core;

    @Option(
            names = "--slice",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = {
                "Time of each load profile in turn, at most a fifth of it all",
                "(default: ${DEFAULT-VALUE})."
            })
    private long sliceSeconds;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27400",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18080",
            description = "Management API (default: ${DEFAULT-VALUE}).")
    private String api;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        final Duration duration = Duration.ofSeconds((long) (minutes * SECONDS_PER_MINUTE));
        final Duration slice = Duration.ofSeconds(sliceSeconds);
        try {
            SoakVerdict.checkTimes(duration, slice);
        } catch (final IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage());
        }
        final boolean flat;
        try (ScratchFolder folder = new ScratchFolder("spindle-soak-")) {
            final Soak soak =
                    new Soak(
                            folder.path(),
                            portBase,
                            api,
                            core,
                            remembered,
                            line -> {
                                out.println(line);
                                out.flush();
                            });
            flat = soak.run(duration, slice, rate);
        }
        out.println(flat ? "FLAT" : "NOT FLAT");
        out.flush();
        return flat ? 0 : 1;
    }
}
