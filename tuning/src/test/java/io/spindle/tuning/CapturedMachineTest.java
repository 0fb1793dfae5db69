package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.spindle.tuning.cli.TuneCommand;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Machines that do exist: every folder beside the golden reports that {@code ./spindle tune capture
 * tuning/src/test/resources/machines/NAME} made. To accept what is printed of them:
 * -Dgolden.write=true.
 */
class CapturedMachineTest {
    private static final Path MACHINES = Path.of("src/test/resources/machines");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path PROFILES =
            Path.of(System.getProperty("spindle.root", "..")).resolve("hw-profiles");

    @TempDir private Path folder;

    @TestFactory
    List<DynamicTest> shouldPrintTheGoldenReports() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Path machine : machines()) {
            final String name = machine.getFileName().toString();
            for (final String command : List.of("discover", "plan")) {
                final Path golden = GOLDEN.resolve("captured-%s-%s.txt".formatted(name, command));
                tests.add(dynamicTest(golden.toString(), () -> compare(machine, command, golden)));
            }
            tests.add(
                    dynamicTest(
                            name + " has no name",
                            () ->
                                    assertEquals(
                                            "host\n",
                                            Files.readString(
                                                    machine.resolve("proc/sys/kernel/hostname")))));
        }
        return tests;
    }

    private static List<Path> machines() throws IOException {
        try (Stream<Path> entries = Files.list(MACHINES)) {
            final List<Path> machines = entries.filter(Files::isDirectory).sorted().toList();
            assertFalse(machines.isEmpty(), () -> "no captured machine in " + MACHINES);
            return machines;
        }
    }

    private void compare(final Path machine, final String command, final Path golden)
            throws IOException {
        final StringWriter out = new StringWriter();
        final int code =
                new CommandLine(new TuneCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(out, true))
                        .execute(
                                command,
                                "--root",
                                machine.toString(),
                                "--profiles",
                                PROFILES.toString(),
                                "--journal",
                                folder.resolve("journal").toString());
        final String report = out + "exit " + code + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, report);
        }
        assertEquals(Files.readString(golden), report);
    }
}
