package io.spindle.mgmt.cli;

import io.spindle.tuning.launch.LaunchPlan;

import picocli.CommandLine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The command of a child process: the same Java, flags and class path as this one, its own heap.
 *
 * <p>The system property {@value #EXTRA_ARGUMENTS} adds JVM arguments to every child, for instance
 * a coverage agent; with a dot and the name of a process behind it, to that one. They come last,
 * behind the flags of a profile and of an AOT cache, so they win.
 */
public final class ChildJvm {
    public static final String EXTRA_ARGUMENTS = "spindle.child.jvm.args";

    /**
     * Keeps the compiler from betting on what it has not seen yet: with no trap allowed, a branch
     * that the rehearsal did not take is compiled all the same, and taking it first in an order's
     * path throws no code away.
     */
    private static final String NO_BETS = "-XX:PerMethodTrapLimit=0";

    /**
     * Code for branches never taken makes methods large, and the compiler calls a large one that
     * stands compiled instead of inlining it: this large it may be, which gives back what {@link
     * #NO_BETS} costs.
     */
    private static final String LARGE_INLINED = "-XX:InlineSmallCode=8000";

    /** Messages are validated whole before they are read; tests run with the checks. */
    private static final String UNCHECKED = "-Dagrona.disable.bounds.checks=true";

    /**
     * Inlined into the loop, these system calls put the view of errno that they pass on the heap,
     * 48 bytes a call: the frames around them are too many for the compiler to see that it dies.
     */
    private static final String APART = "-XX:CompileCommand=dontinline,io.spindle.sys.Libc::*";

    /**
     * Its heap is small and what it does goes through many objects: a tenth of the matcher's time.
     */
    private static final String PLAIN_REFERENCES = "-XX:-UseCompressedOops";

    /**
     * The JVM counts into a mapped file in /tmp, at every safepoint: while a page of it is being
     * written to disk, all threads stand still.
     */
    private static final String NO_FILE_OF_COUNTERS = "-XX:-UsePerfData";

    /** The launcher's, for a supervisor, which has nothing to optimise; its children have. */
    private static final String OWN_COMPILER = "-XX:TieredStopAtLevel";

    /** A JVM that is told to use two of them does not start. */
    private static final Predicate<String> IS_COLLECTOR =
            Pattern.compile("-XX:\\+Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC")
                    .asMatchPredicate();

    /** The large tables are off-heap; heaps hold what cold code makes. */
    private static final Map<String, List<String>> OWN =
            Map.of(
                    "media", List.of("-Xms64m", "-Xmx256m"),
                    "trading",
                            List.of(
                                    "-Xms256m",
                                    "-Xmx1g",
                                    NO_BETS,
                                    LARGE_INLINED,
                                    UNCHECKED,
                                    PLAIN_REFERENCES,
                                    NO_FILE_OF_COUNTERS,
                                    "-XX:CompileCommand=quiet",
                                    APART),
                    "feed", List.of("-Xms128m", "-Xmx1g"),
                    "mgmt", List.of("-Xms128m", "-Xmx2g"));

    /** Ctrl-C reaches a whole process group; children get their own so that they end in order. */
    private static final Path OWN_GROUP = Path.of("/usr/bin/setsid");

    /**
     * Who waits for whom where processes share cores: people for the feed, the feed for the
     * recording, without which no order is taken. Nobody needs a right for it. Not much nicer:
     * between three busy neighbours on two cores a mgmt of niceness 10 did not start in 300 s, one
     * of 5 did in 80 (ADR 0042).
     */
    private static final Map<String, String> NICENESS = Map.of("feed", "2", "mgmt", "5");

    private static final Path NICE = Path.of("/usr/bin/nice");

    /**
     * Most kernels share a core by session first ({@code sched_autogroup_enabled}), and niceness
     * counts within one only. A child has a session of its own, which takes the child's niceness.
     */
    private static final List<String> NICE_SESSION =
            List.of(
                    "/bin/sh",
                    "-c",
                    "{ echo \"$0\" >/proc/self/autogroup; } 2>/dev/null; exec \"$@\"");

    private ChildJvm() {}

    /** Starts a program whose threads may use these CPUs only, unless they pin themselves. */
    private static final Path ON_CPUS = Path.of("/usr/bin/taskset");

    static List<String> command(
            final CommandLine child,
            final ApplianceOptions options,
            final Optional<LaunchPlan> launch,
            final AotOptions aot)
            throws IOException {
        final String name = child.getCommandName();
        final List<String> command = new ArrayList<>();
        if (launch.isPresent() && Files.isExecutable(ON_CPUS)) {
            command.addAll(List.of(ON_CPUS.toString(), "-c", launch.get().cpus(name).toString()));
        }
        if (NICENESS.containsKey(name) && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", NICENESS.get(name)));
        }
        if (Files.isExecutable(OWN_GROUP)) {
            command.add(OWN_GROUP.toString());
            if (NICENESS.containsKey(name)) {
                command.addAll(NICE_SESSION);
                command.add(NICENESS.get(name));
            }
        }
        launch.map(plan -> plan.onload(name, options.backend, System.getenv()).words())
                .ifPresent(command::addAll);
        final List<String> java =
                own(name, launch.map(plan -> plan.jvmFlags(name)).orElse(List.of()));
        command.addAll(java);
        java.addAll(extra(name));
        command.addAll(aot.arguments(name, java));
        command.addAll(extra(name));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(SpindleMain.class.getName());
        command.add(name);
        command.addAll(options.argumentsFor(child.getCommandSpec()));
        launch.map(plan -> plan.core(name))
                .filter(core -> core > 0 && child.getCommandSpec().findOption("--cpu") != null)
                .ifPresent(core -> command.addAll(List.of("--cpu", "" + core)));
        return command;
    }

    /** The same Java with the flags of this process, up to its class path. */
    public static List<String> start(final String name) {
        return start(name, List.of());
    }

    /**
     * The same with flags that are chosen for it, as by a profile.
     *
     * @param chosen a collector among them takes the place of this JVM's
     */
    public static List<String> start(final String name, final List<String> chosen) {
        final List<String> command = own(name, chosen);
        command.addAll(extra(name));
        return command;
    }

    private static List<String> own(final String name, final List<String> chosen) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(OWN.getOrDefault(name, List.of()));
        command.add("-XX:MaxDirectMemorySize=8g");
        if (chosen.stream().anyMatch(IS_COLLECTOR)) {
            command.removeIf(IS_COLLECTOR);
        }
        command.addAll(chosen);
        if (extra(name).stream().anyMatch(IS_COLLECTOR)) {
            command.removeIf(IS_COLLECTOR);
        }
        return command;
    }

    /** What properties add, that of every child first. */
    private static List<String> extra(final String name) {
        final String properties =
                System.getProperty(EXTRA_ARGUMENTS, "")
                        + ' '
                        + System.getProperty(EXTRA_ARGUMENTS + '.' + name, "");
        return properties.isBlank() ? List.of() : List.of(properties.strip().split("\\s+"));
    }

    /** This JVM's own arguments, less its heap, its agents and what it does without. */
    private static List<String> flags() {
        final List<String> flags = new ArrayList<>();
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-Xm")
                    && !flag.startsWith("-javaagent")
                    && !flag.startsWith("-agentlib")
                    && !flag.startsWith(OWN_COMPILER)
                    && !flag.startsWith("-D" + EXTRA_ARGUMENTS)) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
