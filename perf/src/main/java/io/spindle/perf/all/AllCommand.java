package io.spindle.perf.all;

import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.load.AppliancePorts;
import io.spindle.perf.load.Environment;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.OwnCore;
import io.spindle.perf.start.FirstOrders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

/**
 * {@code ./spindle bench all}: every measurement in one run, step by step, into one folder. What a
 * machine cannot measure is left out and named.
 */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = {
            "Measures everything, step by step, into one folder: load up to saturation and every "
                    + "load profile, a start, the bare book and the engine beside exchange-core, each "
                    + "stage by JMH, and over a veth pair the loop beside the C echoes.",
            "The folder gets RESULTS.md with all tables and the environment, index.html with",
            "plots of the load, raw .hlog files, and what every other bench printed. These are the",
            "raw figures; perf/RESULTS.md of the sources is written by hand from such folders.",
            "A step that this machine cannot take (no root, no sources) is left out, and why is",
            "said. Exit code 0 when steps were taken and all are valid, else 1: a profile missed",
            "its rate or lost something, or a bench ended with another code than 0, as `ladder`",
            "does while it has rounds left or when its bound is not met.",
            "The loads of two such folders are compared with `bench compare`."
        })
public final class AllCommand implements Callable<Integer> {
    private static final int START_SECONDS = 10;
    private static final int SHORT_START_SECONDS = 2;
    private static final long USUAL_START_RATE = 1_000;
    private static final double USUAL_MINUTES = 180;

    /** An appliance may take five minutes to open and two to end, a rate not served one. */
    private static final double QUICK_MINUTES = 15;

    /** Of the ladder beside its rounds: the climb, and a round begun in the last minute. */
    private static final double MORE_MINUTES = 60;

    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            defaultValue = "LOAD,START,BOOK,ENGINE,JMH,WIRE,LADDER",
            description = "Steps to take: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Step> only;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Length of each run of the load (default: ${DEFAULT-VALUE}).")
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
            names = "--at-most",
            paramLabel = "MINUTES",
            description = {
                "A step that has not ended by then is ended, its processes too, and named as one",
                "that did not end (default: 180, or --minutes and an hour if that is more; with",
                "--quick 15)."
            })
    private Double atMost;

    @Mixin private AppliancePorts ports;

    @Mixin private OwnCore core;

    @Mixin private OtherBenches others;

    @Spec private CommandSpec spec;

    private PrintWriter out;
    private Environment environment;
    private LoadStep load;
    private StepLimit limit;

    @Override
    public Integer call() throws Exception {
        if (atMost != null && !(atMost > 0)) {
            throw new ParameterException(spec.commandLine(), "--at-most is above 0: " + atMost);
        }
        out = spec.commandLine().getOut();
        environment = Environment.read(Environment.LOOPBACK);
        environment.lines().forEach(out::println);
        load = others.isQuick() ? LoadStep.quick(out, core) : new LoadStep(out, core, seconds);
        limit = new StepLimit(stepPatience());
        Files.createDirectories(folder);
        final List<String> page = head();
        boolean valid = true;
        boolean measured = false;
        for (final Step step : Step.values()) {
            final Path part = folder.resolve(step.label() + ".md");
            if (only.contains(step)) {
                final Outcome outcome = take(step);
                out.println(step.label() + ": " + outcome.verdict());
                out.flush();
                valid &= outcome.counts();
                measured |= outcome.isMeasured();
                Files.write(part, outcome.section(step));
            }
            page.addAll(section(step, part));
            Files.write(folder.resolve("RESULTS.md"), page);
        }
        out.println("wrote " + folder);
        out.flush();
        return valid && measured ? 0 : 1;
    }

    /** What this call or an earlier one measured. */
    private static List<String> section(final Step step, final Path part) throws IOException {
        return Files.exists(part)
                ? Files.readAllLines(part)
                : Outcome.leftOut("not in --only").section(step);
    }

    private List<String> head() {
        final List<String> head = new ArrayList<>();
        head.add("# Measured");
        head.add("");
        head.add(
                "Load and start: whole appliance, socket backend on loopback, sender on the same"
                        + " machine, timed from when each message was due. "
                        + (others.isQuick()
                                ? "**Smallest sizes: no figure means anything.**"
                                : ""));
        head.add("");
        head.add("The machine when the last step was taken:");
        head.add("");
        head.add("```");
        head.addAll(environment.lines());
        head.add("```");
        return head;
    }

    /** One that fails says so, and the others are taken all the same. */
    private Outcome take(final Step step) throws InterruptedException {
        final Optional<String> obstacle = step.obstacle();
        if (obstacle.isPresent()) {
            return Outcome.leftOut(obstacle.get());
        }
        out.printf(
                "%s, step %d of %d: %s%n",
                step.label(), step.ordinal() + 1, Step.values().length, step.words());
        out.flush();
        return limit.take(step, () -> measure(step));
    }

    private Duration stepPatience() {
        final double patience =
                atMost == null ? usualMinutes(others.isQuick(), others.minutes()) : atMost;
        return Duration.ofMillis((long) (patience * 60_000));
    }

    /**
     * How long a step may take, in minutes.
     *
     * @param ladderMinutes for which the ladder begins rounds
     */
    static double usualMinutes(final boolean quick, final double ladderMinutes) {
        return quick ? QUICK_MINUTES : Math.max(USUAL_MINUTES, ladderMinutes + MORE_MINUTES);
    }

    private Outcome measure(final Step step) throws Exception {
        return switch (step) {
            case LOAD -> load.measure(ports, rate, environment, folder);
            case START -> start();
            case BOOK -> others.book(folder);
            case ENGINE -> others.engine(folder);
            case JMH -> others.jmh(folder);
            case WIRE -> others.wire(folder);
            case LADDER -> others.ladder(folder);
        };
    }

    /** At a quarter of saturation, or half the rate of the profiles. */
    private Outcome start() throws IOException {
        final long perSecond = rate > 0 ? rate / 2 : load.saturation() / 4;
        final long startRate = perSecond > 0 ? perSecond : USUAL_START_RATE;
        final long orders = startRate * (others.isQuick() ? SHORT_START_SECONDS : START_SECONDS);
        try (ScratchFolder data = new ScratchFolder("spindle-all-")) {
            final FirstOrders first =
                    FirstOrders.measure(
                            data.path(), ports.base(), LoadProfile.CONSTANT, startRate, orders);
            final List<String> lines = new ArrayList<>(first.lines());
            lines.addAll(first.faults());
            return first.load().isValid()
                    ? Outcome.valid(lines)
                    : Outcome.invalid("the load failed", lines);
        }
    }
}
