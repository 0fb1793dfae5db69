package io.spindle.perf.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.report.MachineJson;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The machine behind a figure, and what ran on it: without them the figure means nothing.
 *
 * @param lines the short of it, for a page or a terminal
 * @param details every setting of the profile that fits the machine, with its verdict, and the
 *     flags of the JVMs measured
 * @param machine all that discovery finds, JSON
 * @param stolenTicks what the hypervisor had taken from all CPUs, 10 ms each, when this was read
 */
public record Environment(
        List<String> lines, List<String> details, String machine, long stolenTicks) {
    public static final String LOOPBACK =
            "socket, loopback; sender and appliance share the machine";

    private static final String NOT_SEEN = "not seen";

    /** Place of the stolen time in the first line of {@code /proc/stat}, the name counted. */
    private static final int STEAL = 8;

    /**
     * To be called before what is measured begins.
     *
     * @param backend what carried the messages, in words
     */
    public static Environment read(final String backend) throws IOException {
        final Root root = Root.live();
        final Machine machine = Discovery.discover(root);
        final List<String> details = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        lines.add("cpu      " + processor());
        lines.add("cpus     " + Runtime.getRuntime().availableProcessors());
        lines.add("kernel   " + first("/proc/version"));
        lines.add("cmdline  " + first("/proc/cmdline"));
        lines.add("load     " + first("/proc/loadavg"));
        lines.add("governor " + governors(root));
        lines.add("clock    " + machine.clock().source());
        lines.add("profile  " + profile(machine, root, details));
        lines.add("java     " + Runtime.version());
        lines.add("flags    " + String.join(" ", ownFlags()));
        lines.add("commit   " + commit(Path.of(System.getProperty("spindle.root", "."))));
        lines.add("backend  " + backend);
        return new Environment(
                List.copyOf(lines), List.copyOf(details), MachineJson.of(machine), stolen(root));
    }

    /** The same with more details. */
    public Environment with(final List<String> more) {
        return new Environment(
                lines,
                Stream.concat(details.stream(), more.stream()).toList(),
                machine,
                stolenTicks);
    }

    /** All of it but the machine, and what the hypervisor has taken since it was read. */
    List<String> whole() {
        final List<String> whole = new ArrayList<>(lines);
        whole.add(
                "stolen   %d ticks of 10 ms on all CPUs meanwhile"
                        .formatted(stolen(Root.live()) - stolenTicks));
        whole.add("");
        whole.addAll(details);
        return whole;
    }

    private static String processor() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String first(final String file) throws IOException {
        return Files.readString(Path.of(file)).strip();
    }

    /** Of all CPUs, each once. */
    private static String governors(final Root root) {
        final TreeSet<String> governors = new TreeSet<>();
        for (final String file :
                root.glob("/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor")) {
            root.read(file).ifPresent(governors::add);
        }
        return governors.isEmpty() ? NOT_SEEN : String.join(", ", governors);
    }

    /** The profile that fits and how many of its settings hold; each setting into the details. */
    private static String profile(
            final Machine machine, final Root root, final List<String> details) {
        try {
            final Plan plan = Plan.of(ProfileFolder.standard().match(machine), machine, root);
            plan.items().stream().map(Environment::setting).forEach(details::add);
            return "%s: %d of %d settings hold"
                    .formatted(
                            plan.profile().name,
                            plan.with(Plan.Verdict.HOLDS).size(),
                            plan.items().size());
        } catch (final InvalidProfileException none) {
            return String.join("; ", none.complaints());
        }
    }

    private static String setting(final Plan.Item item) {
        return "%s: %s is '%s', wanted '%s'"
                .formatted(
                        item.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        item.setting().path().isEmpty() ? "kernel argument" : item.setting().path(),
                        item.current(),
                        item.setting().wanted());
    }

    private static List<String> ownFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** What the sources are, by git; -dirty where they have been changed since. */
    private static String commit(final Path root) {
        if (!Files.exists(root.resolve(".git"))) {
            return NOT_SEEN;
        }
        final ProcessBuilder git =
                new ProcessBuilder(
                        "git",
                        "-C",
                        root.toString(),
                        "describe",
                        "--always",
                        "--dirty",
                        "--abbrev=40",
                        "--exclude=*");
        git.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            final Process process = git.redirectError(Redirect.DISCARD).start();
            final String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.onExit().join().exitValue() == 0 ? said : NOT_SEEN;
        } catch (final IOException noGit) {
            return NOT_SEEN;
        }
    }

    private static long stolen(final Root root) {
        final String[] ticks = root.read("/proc/stat").orElse("").split("\n")[0].split("\\s+");
        return ticks.length > STEAL ? Long.parseLong(ticks[STEAL]) : 0;
    }
}
