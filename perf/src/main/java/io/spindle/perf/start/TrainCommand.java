package io.spindle.perf.start;

import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.mgmt.cli.RunCommand;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.DemoMarket;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.tuning.launch.AotCache;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code ./spindle train}: the AOT caches that {@code ./spindle run} starts its processes from.
 *
 * <pre>
 *   an appliance on a scratch folder: rehearsal, then a market ─▶ NAME.aotconf ─▶ NAME.aot, NAME.key
 * </pre>
 */
@Command(
        name = "train",
        description = {
            "Makes the AOT caches of this build, which shorten a start.",
            "Runs an appliance on a scratch folder, lets each of its processes write down what it",
            "loaded and how its methods behaved, and has the JVM prepare that for the next starts.",
            "`spindle run` takes a cache only with the jars, the JVM and the flags it was made",
            "with: those of a profile need `train --profile`."
        })
public final class TrainCommand implements Callable<Integer> {
    private static final long SEED = 42;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Messages of the market that is played (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27600",
            description = "First UDP port of the training run (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18083",
            description = "Its management API (default: ${DEFAULT-VALUE}).")
    private String api;

    @Option(
            names = "--profile",
            paramLabel = "NAME|auto",
            description = {
                "Hardware profile whose JVM flags the processes get: makes caches for them beside",
                "the plain ones (default: the flags of a run without a profile)."
            })
    private String profile;

    @Option(
            names = "--profiles",
            paramLabel = "DIR",
            description = "Folder of profiles (default: hw-profiles beside the launcher).")
    private Path profiles;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Path folder =
                AotCache.besideBuild()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "start with ./spindle, which says where the build"
                                                        + " keeps its caches"));
        final Optional<HwProfile> chosen = profile();
        final Path own = chosen.map(it -> folder.resolve(it.name)).orElse(folder);
        final Map<String, List<String>> flags = chosen.map(it -> it.jvm).orElse(Map.of());
        Files.createDirectories(own);
        final List<AotCache> caches =
                RunCommand.START_ORDER.stream().map(name -> new AotCache(own, name)).toList();
        for (final AotCache cache : caches) {
            cache.delete();
        }
        boolean good = record(caches, flags, out);
        for (final AotCache cache : caches) {
            good &= make(cache, flags.getOrDefault(cache.process(), List.of()), out);
        }
        return good ? 0 : 1;
    }

    private Optional<HwProfile> profile() {
        if (profile == null) {
            return Optional.empty();
        }
        final ProfileFolder from =
                profiles == null ? ProfileFolder.standard() : new ProfileFolder(profiles);
        return Optional.of(
                profile.equals("auto")
                        ? from.match(Discovery.discover(Root.live()))
                        : from.read(profile));
    }

    /** What makes a process write down what it learns, beside the flags of a profile. */
    static String recording(final AotCache cache, final List<String> flags) {
        return "-D%s.%s=%s -XX:AOTMode=record -XX:AOTConfiguration=%s"
                .formatted(
                        ChildJvm.EXTRA_ARGUMENTS,
                        cache.process(),
                        String.join(" ", flags),
                        cache.recording());
    }

    /** True when the market was as it should be; what it did is of no other interest here. */
    private boolean record(
            final List<AotCache> caches,
            final Map<String, List<String>> flags,
            final PrintWriter out)
            throws IOException, InterruptedException {
        final List<String> recording =
                caches.stream()
                        .map(it -> recording(it, flags.getOrDefault(it.process(), List.of())))
                        .toList();
        try (ScratchFolder scratch = new ScratchFolder("spindle-train-");
                Appliance appliance =
                        new Appliance(
                                new Appliance.Options(
                                        scratch.path(),
                                        portBase,
                                        api,
                                        recording,
                                        List.of("--aot", "off")))) {
            appliance.awaitOpen();
            return new DemoMarket(appliance, out).run(messages, SEED).isEmpty();
        }
    }

    /** The JVM that was asked to make a cache ends when it is made. False when there is none. */
    private static boolean make(
            final AotCache cache, final List<String> flags, final PrintWriter out)
            throws IOException, InterruptedException {
        if (!Files.exists(cache.recording())) {
            out.println("no AOT cache of " + cache.process() + ": it ended without a recording");
            return false;
        }
        final List<String> java = ChildJvm.start(cache.process(), flags);
        final String classPath = System.getProperty("java.class.path");
        final List<String> command = new ArrayList<>(java);
        command.addAll(
                List.of(
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + cache.recording(),
                        "-XX:AOTCache=" + cache.file(),
                        "-cp",
                        classPath));
        final Path said = cache.folder().resolve(cache.process() + ".log");
        if (execute(command, said) != 0 || !Files.exists(cache.file())) {
            throw new IOException(
                    "no AOT cache of " + cache.process() + ": " + Files.readString(said).strip());
        }
        Files.delete(said);
        Files.delete(cache.recording());
        cache.seal(java, classPath);
        out.printf("AOT cache of %s: %,d KiB%n", cache.process(), Files.size(cache.file()) >> 10);
        out.flush();
        return true;
    }

    /** Runs a program that ends with this one, interrupted or told to end; returns its code. */
    private static int execute(final List<String> command, final Path output)
            throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        final Thread atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            final int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
            return code;
        } catch (final InterruptedException hurried) {
            process.destroyForcibly();
            throw hurried;
        }
    }
}
