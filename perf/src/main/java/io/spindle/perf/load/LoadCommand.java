package io.spindle.perf.load;

import io.spindle.log.AckLevel;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.ScratchFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle bench load}: round trips at fixed rates, against an appliance of its own on a
 * scratch folder. Exit code 0 if every run reached its rate and lost nothing, else 1.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Offers messages at fixed rates and times every one from when it was due.",
            "A run that misses its rate or loses a message is a FAIL, and its figures say nothing."
        })
public final class LoadCommand implements Callable<Integer> {

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,5000,10000",
            description = "Messages a second, one run each (default: ${DEFAULT-VALUE}).")
    private List<Long> rates;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "CONSTANT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<LoadProfile> profiles;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seconds at the rate before it counts (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Sessions that share the load (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            split = ",",
            defaultValue = "ring",
            description = {
                "What answers wait for: ring, synced, replicated (by a standby beside the appliance);",
                "an appliance each (default: ${DEFAULT-VALUE})."
            })
    private List<String> levels;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the histograms and the environment (default: none kept).")
    private Path outFolder;

    @Mixin private AppliancePorts ports;

    @Mixin private OwnCore core;

    @Spec private CommandSpec spec;

    /** Of the JVMs measured. */
    private final List<String> flags = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        final Environment environment = Environment.read(Environment.LOOPBACK);
        environment.lines().forEach(out::println);
        final List<LoadResult> results = new ArrayList<>();
        for (final String level : levels) {
            out.println("ack: " + level);
            out.println(LoadResult.HEAD);
            results.addAll(run(AckLevel.parse(level), out));
        }
        if (outFolder != null) {
            new ResultFolder(outFolder).write(environment.with(flags), results);
        }
        return results.stream().allMatch(LoadResult::isValid) ? 0 : 1;
    }

    private List<LoadResult> run(final AckLevel level, final PrintWriter out) throws Exception {
        final List<LoadResult> results = new ArrayList<>();
        try (AutoCloseable _ = core.clear();
                ScratchFolder data = new ScratchFolder("spindle-load-");
                ScratchFolder other = new ScratchFolder("spindle-load-standby-");
                StandbyChild standby =
                        StandbyChild.start(level, data.path(), other.path(), ports.base());
                Appliance appliance =
                        new Appliance(
                                new Appliance.Options(
                                        data.path(),
                                        ports.base(),
                                        ports.api(),
                                        core.jvmArguments(),
                                        arguments(standby)))) {
            appliance.awaitOpen();
            flags.addAll(appliance.flags());
            for (final LoadProfile profile : profiles) {
                for (final long rate : rates) {
                    results.add(run(appliance, profile, rate));
                    out.println(results.getLast().row());
                    out.flush();
                }
            }
        }
        return results;
    }

    private List<String> arguments(final StandbyChild standby) {
        final List<String> arguments = new ArrayList<>(core.runArguments());
        arguments.addAll(standby.runArguments());
        return arguments;
    }

    private LoadResult run(final Appliance appliance, final LoadProfile profile, final long rate)
            throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, sessions)) {
            return rig.run(rate, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds));
        }
    }
}
