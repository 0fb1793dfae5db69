package io.spindle.perf.load;

import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.start.FirstOrders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle bench all}: the appliance's round trips from idle to saturation, every load
 * profile at half of that, and the first orders after a start.
 */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = {
            "Climbs to saturation, plays every load profile at half of it, measures a start, and "
                    + "writes a folder: RESULTS.md, index.html with plots, raw .hlog files, the environment.",
            "Two such folders are compared with `bench compare`."
        })
public final class AllCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int SESSIONS = 4;
    private static final int START_SECONDS = 10;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Length of each run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Rate of the profiles; the same for two folders to be compared whose saturation",
                "differs (default: half of saturation)."
            })
    private long rate;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "perf/results",
            description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path folder;

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
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Environment environment = Environment.read(Environment.LOOPBACK);
        environment.lines().forEach(out::println);
        final List<LoadResult> results = new ArrayList<>();
        final RateLadder ladder = new RateLadder();
        out.println(LoadResult.HEAD);
        try (ScratchFolder data = new ScratchFolder("spindle-all-");
                Appliance appliance =
                        new Appliance(new Appliance.Options(data.path(), portBase, api))) {
            appliance.awaitOpen();
            ladder.climb(step -> run(appliance, LoadProfile.CONSTANT, step, out));
            results.addAll(ladder.results());
            final long half = rate > 0 ? rate : Math.max(1, ladder.saturation().orElse(0L) / 2);
            for (final LoadProfile profile : LoadProfile.values()) {
                if (profile != LoadProfile.CONSTANT) {
                    results.add(run(appliance, profile, half, out));
                }
            }
        }
        final long startRate = Math.max(1, ladder.saturation().orElse(0L) / 4);
        final FirstOrders first;
        try (ScratchFolder data = new ScratchFolder("spindle-all-")) {
            first =
                    FirstOrders.measure(
                            data.path(),
                            portBase,
                            LoadProfile.CONSTANT,
                            startRate,
                            START_SECONDS * startRate);
        }
        first.lines().forEach(out::println);
        new ResultFolder(folder).write(environment, results);
        Files.write(folder.resolve("RESULTS.md"), report(environment, ladder, results, first));
        out.println("wrote " + folder);
        out.flush();
        return ladder.saturation().isPresent() ? 0 : 1;
    }

    private LoadResult run(
            final Appliance appliance,
            final LoadProfile profile,
            final long offered,
            final PrintWriter out)
            throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, SESSIONS)) {
            final LoadResult result = rig.run(offered, WARM_UP, Duration.ofSeconds(seconds));
            out.println(result.row());
            out.flush();
            return result;
        }
    }

    static List<String> report(
            final Environment environment,
            final RateLadder ladder,
            final List<LoadResult> results,
            final FirstOrders first) {
        final List<String> lines = new ArrayList<>();
        lines.add("# Load, " + LocalDate.now());
        lines.add("");
        lines.add(
                "Whole appliance, socket backend on loopback, sender on the same machine. Timed"
                        + " from when each message was due. Highest rate served: "
                        + ladder.saturation().map(rate -> "%,d/s".formatted(rate)).orElse("none")
                        + ".");
        lines.add("");
        lines.add("```");
        lines.addAll(environment.lines());
        lines.add("");
        lines.add(LoadResult.HEAD);
        results.forEach(result -> lines.add(result.row()));
        lines.add("");
        lines.addAll(first.lines());
        lines.addAll(first.faults());
        lines.add("```");
        return lines;
    }
}
