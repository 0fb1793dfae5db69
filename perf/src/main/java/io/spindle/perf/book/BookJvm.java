package io.spindle.perf.book;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a JVM for each engine and round, as production does: on one core, collecting serially,
 * with plain references and without bounds checks in Agrona's buffers.
 */
final class BookJvm {
    private static final Path ON_CPU = Path.of("/usr/bin/taskset");
    private static final int LARGE = 500_000;

    private final Path stream;
    private final int core;
    private final int warmups;
    private final int runs;

    BookJvm(final Path stream, final int core, final int warmups, final int runs) {
        this.stream = stream;
        this.core = core;
        this.warmups = warmups;
        this.runs = runs;
    }

    /** Plays the stream and returns the line that {@link BookRun} prints. */
    String play(final BookEngine engine, final boolean threadTime, final boolean latency)
            throws IOException {
        final List<String> command = java();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xm") && !flag.startsWith("-javaagent"))
                .filter(flag -> !flag.startsWith("-XX:+Use"))
                .filter(flag -> !flag.startsWith("-D"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:-UseCompressedOops",
                        "-Dagrona.disable.bounds.checks=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BookRun.class.getName(),
                        stream.toString(),
                        engine.name(),
                        "" + warmups,
                        "" + runs,
                        "" + threadTime,
                        "" + latency));
        return say(command);
    }

    /** Compiles the floor in this folder, a probe that is no part of this project, and plays it. */
    String playFloor(final Path sources) throws IOException {
        final Path classes = Files.createTempDirectory("floor");
        try (Stream<Path> files = Files.list(sources)) {
            final List<String> compile = new ArrayList<>(List.of(tool("javac"), "-d"));
            compile.add(classes.toString());
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(compile::add);
            say(compile);
            final OrderStream orders = OrderStream.read(stream);
            final List<String> command = java();
            command.addAll(List.of("-Xms4g", "-Xmx8g", "-XX:+UseSerialGC"));
            if (orders.prefill() > LARGE) {
                command.addAll(
                        List.of("-Dmaxp=" + (orders.maxPriceTicks() + 2), "-Dcap=" + (1 << 21)));
            }
            command.addAll(
                    List.of("-cp", classes.toString(), "Bench", "FloorArr", stream.toString()));
            command.addAll(List.of("" + warmups, "" + runs));
            return say(command);
        } finally {
            org.agrona.IoUtil.delete(classes.toFile(), true);
        }
    }

    private List<String> java() {
        final List<String> command = new ArrayList<>();
        if (Files.isExecutable(ON_CPU)) {
            command.addAll(List.of(ON_CPU.toString(), "-c", "" + core));
        }
        command.add(tool("java"));
        return command;
    }

    private static String tool(final String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String say(final List<String> command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes()).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
