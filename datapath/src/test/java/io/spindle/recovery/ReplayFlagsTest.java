package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same log gives the same digest and the same state under every JVM. */
@Timeout(1800)
class ReplayFlagsTest {
    @TempDir Path path;

    /** In a JVM of its own: {@code log verify}. */
    static final class Verify {
        public static void main(final String[] arguments) {
            System.exit(new CommandLine(new LogCommand()).execute(arguments));
        }
    }

    @Test
    void replayIsBitIdenticalUnderEitherCompiler() throws Exception {
        sameUnder(
                10_000,
                List.of(
                        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                        "-XX:+UseParallelGC",
                        "-XX:+UseSerialGC -XX:-TieredCompilation"));
    }

    @Test
    @Tag("campaign")
    void replayIsBitIdenticalUnderEveryCompilerAndCollector() throws Exception {
        sameUnder(
                200_000,
                List.of(
                        "-Xint",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-TieredCompilation",
                        "-XX:+UseSerialGC",
                        "-XX:+UseParallelGC",
                        "-XX:+UseG1GC",
                        "-XX:+UseZGC",
                        "-XX:+UseSerialGC"));
    }

    private void sameUnder(final int orders, final List<String> flags) throws Exception {
        final DataFolder folder = SmallTables.in(new DataFolder(path.resolve("data")));
        try {
            final EngineFlow flow = new EngineFlow(77);
            try (OpenLog log = OpenLog.open(folder, 1 << 26, 1024)) {
                flow.on(log.ring()).market().orders(orders).checkpoint();
            }
            final String expected =
                    "digest %016x at sequence %d"
                            .formatted(flow.engine.eventDigest(), flow.engine.sequence());
            String first = null;
            for (final String flag : flags) {
                final String report = verify(folder, flag);
                assertTrue(report.contains(expected), () -> flag + ":\n" + report);
                first = first == null ? report : first;
                assertEquals(first, report, flag);
            }
        } finally {
            IoUtil.delete(folder.sharedMemory().toFile(), true);
        }
    }

    private String verify(final DataFolder folder, final String flags) throws Exception {
        final Path output = path.resolve("output");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("spindle.jvm.flags").split(" ")));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(Verify.class.getName(), "verify", "--data", folder.path().toString()));
        final Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(output.toFile())
                        .start();
        assertEquals(0, process.waitFor(), () -> flags);
        return Files.readString(output);
    }
}
