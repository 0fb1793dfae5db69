package io.spindle.perf.all;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spindle.perf.BenchCommand;
import io.spindle.perf.demo.ScratchFolder;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The steps that are a bench of their own, or a build, and their options. */
final class OtherBenches {
    @Option(
            names = "--floor",
            paramLabel = "DIR",
            description = "Java sources of another floor of the bare book, in place of ours.")
    private Path floor;

    @Option(
            names = "--stream",
            paramLabel = "FILE",
            description = "Order stream of the bare book (default: one of 1,000 resting orders).")
    private Path stream;

    @Option(
            names = "--echo",
            paramLabel = "DIR",
            defaultValue = "${env:SPINDLE_ECHO}",
            description = {
                "Sources of the C echoes, compiled now; without them the loop is measured alone",
                "(default: $SPINDLE_ECHO)."
            })
    private Path echo;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "15",
            description = "Rounds of the ladder beside the C echo (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = {
                "Begin no round of the ladder that would end later; what is left is played when",
                "called again with the same --out and --only LADDER (default: ${DEFAULT-VALUE})."
            })
    private double minutes;

    @Option(
            names = "--quick",
            description = "Smallest sizes: shows whether every step works here, measures nothing.")
    private boolean quick;

    boolean isQuick() {
        return quick;
    }

    /** How long the ladder may begin rounds. */
    double minutes() {
        return minutes;
    }

    /** The bare book, over a stream made for it unless one was named. */
    Outcome book(final Path folder) throws IOException {
        try (ScratchFolder made = new ScratchFolder("spindle-stream-")) {
            final Path orders = stream == null ? made.path().resolve("stream") : stream;
            final List<String> play = new ArrayList<>(List.of("book", orders.toString()));
            if (floor == null) {
                play.add("--against=FLOOR,EXCHANGE_CORE");
            } else {
                play.addAll(List.of("--floor=" + floor, "--against=EXCHANGE_CORE"));
            }
            play.addAll(
                    quick
                            ? List.of("--rounds=1", "--runs=1", "--warmups=0")
                            : List.of("--rounds=5"));
            if (stream != null) {
                return bench(Step.BOOK, folder, play);
            }
            final String commands = "--commands=" + (quick ? 20_000 : 1_000_000);
            return bench(Step.BOOK, folder, List.of("stream", orders.toString(), commands), play);
        }
    }

    Outcome engine(final Path folder) throws IOException {
        final List<String> words = new ArrayList<>(List.of("engine"));
        if (quick) {
            words.addAll(
                    List.of("--commands=5000", "--rounds=3", "--warm-ups=1", "--resting=1000"));
        }
        return bench(Step.ENGINE, folder, words);
    }

    Outcome wire(final Path folder) throws IOException {
        final List<String> words = new ArrayList<>(List.of("wire", "--echo=" + echoes()));
        words.add("--plot=" + folder.resolve("wire.svg"));
        if (quick) {
            words.addAll(List.of("--rounds=1", "--trips=1000", "--loop-trips=1000"));
        }
        return bench(Step.WIRE, folder, words);
    }

    /** With rounds where there is something to stand beside. */
    Outcome ladder(final Path folder) throws IOException {
        final List<String> words =
                new ArrayList<>(List.of("ladder", "--out=" + folder.resolve("ladder")));
        if (quick) {
            words.addAll(List.of("--seconds=1", "--below=4000"));
        } else if (!echoes().isEmpty()) {
            words.addAll(
                    List.of("--echo=" + echoes(), "--rounds=" + rounds, "--minutes=" + minutes));
        }
        return bench(Step.LADDER, folder, words);
    }

    private String echoes() {
        return echo == null ? "" : echo.toString();
    }

    /** Benches one after another, up to one that fails, with what they print in a file. */
    @SafeVarargs
    private static Outcome bench(final Step step, final Path folder, final List<String>... benches)
            throws IOException {
        final Path file = folder.resolve(step.label() + ".txt");
        final PrintStream before = System.out;
        int code = 0;
        try (PrintStream into = new PrintStream(Files.newOutputStream(file), true, UTF_8)) {
            System.setOut(into);
            final CommandLine command = new CommandLine(new BenchCommand());
            command.setOut(new PrintWriter(into, true)).setErr(new PrintWriter(into, true));
            for (int i = 0; i < benches.length && code == 0; i++) {
                into.println("bench " + String.join(" ", benches[i]));
                code = command.execute(benches[i].toArray(String[]::new));
            }
        } finally {
            System.setOut(before);
        }
        return Outcome.of(code, Files.readAllLines(file));
    }

    /** The benchmarks are part of the tests, which Maven runs. */
    Outcome jmh(final Path folder) throws IOException {
        final Path results = folder.resolve("jmh.txt").toAbsolutePath();
        Files.deleteIfExists(results);
        final ProcessBuilder maven =
                new ProcessBuilder(
                        "mvn",
                        "-B",
                        "test",
                        "-pl",
                        "perf",
                        "-am",
                        "-Dtest=JmhTest",
                        "-Dspindle.jmh=true",
                        "-Dspindle.jmh.out=" + results,
                        "-Djacoco.skip=true",
                        "-Dformat.skip=true",
                        "-Dsurefire.failIfNoSpecifiedTests=false");
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        final Path said = folder.resolve("jmh-build.txt");
        final int code =
                maven.directory(Step.sources().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start()
                        .onExit()
                        .join()
                        .exitValue();
        return Outcome.of(
                code, Files.exists(results) ? Files.readAllLines(results) : List.of("see " + said));
    }
}
