package io.spindle.perf.demo;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.cli.SpindleMain;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An appliance of its own: {@code spindle run} as a child process with this JVM's Java, flags and
 * class path. Ends with this JVM unless it was {@linkplain #leaveRunning left running}.
 */
public final class Appliance implements AutoCloseable {
    private static final long POLL_MS = 50;
    private static final int STOP_SECONDS = 120;
    private static final List<String> PROCESSES = List.of("media", "trading", "feed", "mgmt");

    /** Eight processes starting on two slow cores take minutes. */
    private static final Duration OPENING = Duration.ofMinutes(5);

    private final DataFolder folder;
    private final Process process;
    private final Thread atExit;
    private final RestReader rest;
    private final int portBase;

    /**
     * Where and how an appliance runs.
     *
     * @param jvmArguments more of them for the supervisor, such as system properties
     * @param runArguments more options of {@code spindle run}
     */
    public record Options(
            Path data,
            int portBase,
            String api,
            List<String> jvmArguments,
            List<String> runArguments) {
        public Options(final Path data, final int portBase, final String api) {
            this(data, portBase, api, List.of(), List.of());
        }
    }

    public Appliance(final Options options) throws IOException {
        folder = new DataFolder(options.data());
        portBase = options.portBase();
        process =
                spindle(
                        options.data().resolve("run.log"),
                        options.jvmArguments(),
                        runArguments(options));
        atExit = new Thread(process::destroy, "appliance-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        rest = new RestReader("http://" + options.api(), folder.adminKey());
    }

    private static List<String> runArguments(final Options options) {
        final List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--data",
                                options.data().toString(),
                                "--port-base",
                                Integer.toString(options.portBase()),
                                "--backend",
                                "socket",
                                "--api",
                                options.api()));
        arguments.addAll(options.runArguments());
        return arguments;
    }

    /** {@code spindle} as a child process with this JVM's Java, flags and class path. */
    public static Process spindle(
            final Path output, final List<String> jvmArguments, final List<String> arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-Xm"))
                .forEach(command::add);
        command.addAll(jvmArguments);
        command.addAll(
                List.of(
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpindleMain.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Waits until orders are taken; throws with the appliance's last words when they never are. */
    public void awaitOpen() throws IOException, InterruptedException {
        final long endNs = System.nanoTime() + OPENING.toNanos();
        while (!rest.isReady()) {
            if (!process.isAlive() || System.nanoTime() - endNs > 0) {
                throw new IOException(
                        "the appliance did not open. Its last words:\n" + lastWords());
            }
            Thread.sleep(POLL_MS);
        }
    }

    private String lastWords() throws IOException {
        final List<String> lines = Files.readAllLines(folder.path().resolve("run.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    public DataFolder folder() {
        return folder;
    }

    public RestReader rest() {
        return rest;
    }

    /** Flags of the JVMs of its processes, a line for each that runs. */
    public List<String> flags() throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final String name : PROCESSES) {
            if (Files.exists(folder.pid(name))) {
                final String pid = Files.readString(folder.pid(name)).strip();
                final String[] words =
                        Files.readString(Path.of("/proc", pid, "cmdline")).split("\0");
                lines.add(
                        name
                                + Stream.of(words)
                                        .skip(1)
                                        .takeWhile(word -> !word.equals("-cp"))
                                        .collect(Collectors.joining(" ", ": ", "")));
            }
        }
        return lines;
    }

    public InetSocketAddress orderEntry() {
        return new InetSocketAddress("127.0.0.1", portBase);
    }

    /** Lets the appliance outlive this JVM. */
    public void leaveRunning() {
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Ends all its processes in order. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the appliance did not end within " + STOP_SECONDS + " s");
            }
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
