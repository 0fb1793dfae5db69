package io.spindle.perf.start;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.mgmt.cli.RunCommand;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.tuning.launch.AotCache;

import org.apache.commons.statistics.descriptive.Median;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./spindle bench aot}: what the AOT caches save a start. */
@Command(
        name = "aot",
        mixinStandardHelpOptions = true,
        description = {
            "Starts an appliance without and with its AOT caches, in rounds of without, with, "
                    + "with, without, and prints medians: from the start of the supervisor to the open "
                    + "order port, the rehearsal in it, and until the management API is ready."
        })
public final class AotBench implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final long LOOK_NS = 1_000_000;
    private static final double NS_PER_MS = 1e6;

    /** As the trading process says it. */
    private static final Pattern REHEARSED =
            Pattern.compile("rehearsed: [\\d,]+ answers in ([\\d,]+) ms, ([\\d,]+) ms");

    /**
     * One start, ms.
     *
     * @param open from the start of the supervisor to the open order port
     * @param rehearsal in it
     * @param compiling what the compiler's threads worked meanwhile
     * @param ready from the start of the supervisor to a management API that says so
     */
    record Start(double open, double rehearsal, double compiling, double ready) {}

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds of four starts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27600",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18083",
            description = "Management API (default: ${DEFAULT-VALUE}).")
    private String api;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Start> without = new ArrayList<>();
        final List<Start> with = new ArrayList<>();
        refuseStale();
        out.println("ms         port open   rehearsal   compiling   API ready");
        for (int round = 0; round < rounds; round++) {
            for (final String aot : List.of("off", "require", "require", "off")) {
                final Start start = start(aot);
                ("off".equals(aot) ? without : with).add(start);
                print(out, "off".equals(aot) ? "without" : "with", start);
            }
        }
        out.println("medians of " + without.size() + " starts each:");
        print(out, "without", median(without));
        print(out, "with", median(with));
        return 0;
    }

    private static void refuseStale() throws IOException {
        final Path folder = AotCache.besideBuild().orElse(Path.of("no folder of caches"));
        for (final String process : RunCommand.START_ORDER) {
            final Optional<String> fault =
                    new AotCache(folder, process)
                            .fault(ChildJvm.start(process), System.getProperty("java.class.path"));
            if (fault.isPresent()) {
                throw new IllegalStateException(
                        "AOT cache of %s is %s; `spindle train` makes a new one"
                                .formatted(process, fault.get()));
            }
        }
    }

    private static void print(final PrintWriter out, final String name, final Start start) {
        out.printf(
                "%-8s %,11.0f %,11.0f %,11.0f %,11.0f%n",
                name, start.open, start.rehearsal, start.compiling, start.ready);
        out.flush();
    }

    private Start start(final String aot) throws IOException, InterruptedException {
        try (ScratchFolder scratch = new ScratchFolder("spindle-aot-")) {
            final long beganNs = System.nanoTime();
            try (Appliance appliance =
                    new Appliance(
                            new Appliance.Options(
                                    scratch.path(),
                                    portBase,
                                    api,
                                    List.of(),
                                    List.of("--aot", aot)))) {
                final double openMs = awaitPort(appliance, beganNs);
                appliance.awaitOpen();
                final double readyMs = (System.nanoTime() - beganNs) / NS_PER_MS;
                return of(scratch.path().resolve("run/trading.log"), openMs, readyMs);
            }
        }
    }

    private static double awaitPort(final Appliance appliance, final long beganNs)
            throws IOException {
        final Path counters = appliance.folder().counters();
        while (!Files.exists(counters)
                || LoopCounters.read(counters).getCounterValue(LoopCounter.STATE.ordinal())
                        != LoopCounter.STATE_OPEN) {
            if (System.nanoTime() - beganNs > PATIENCE.toNanos()) {
                throw new IOException(
                        "the port did not open: "
                                + Files.readString(appliance.folder().path().resolve("run.log")));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return (System.nanoTime() - beganNs) / NS_PER_MS;
    }

    private static Start of(final Path log, final double openMs, final double readyMs)
            throws IOException {
        final String said = Files.readString(log);
        final Matcher rehearsed = REHEARSED.matcher(said);
        if (!rehearsed.find()) {
            throw new IOException("no rehearsal: " + said);
        }
        return new Start(openMs, number(rehearsed, 1), number(rehearsed, 2), readyMs);
    }

    private static double number(final Matcher matcher, final int group) {
        return Double.parseDouble(matcher.group(group).replace(",", ""));
    }

    private static Start median(final List<Start> starts) {
        return new Start(
                median(starts, Start::open),
                median(starts, Start::rehearsal),
                median(starts, Start::compiling),
                median(starts, Start::ready));
    }

    private static double median(final List<Start> starts, final ToDoubleFunction<Start> value) {
        return Median.withDefaults().evaluate(starts.stream().mapToDouble(value).toArray());
    }
}
