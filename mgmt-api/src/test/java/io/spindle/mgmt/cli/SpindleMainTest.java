package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class SpindleMainTest {
    private static final String ONLOAD =
            """
            name: p
            schema: 1
            layout: { trading: { count: 1, shared: true } }
            onload: { profile: latency, env: { EF_SPINDLE_TEST: '7' } }
            """;

    @TempDir private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldListEveryCommandWithItsPurpose() {
        assertEquals(0, execute("--help"));
        for (final String name : List.of("run", "status", "stop", "version")) {
            assertTrue(out.toString().contains("\n  " + name + " "), name + " in " + out);
        }
    }

    @Test
    void shouldSayItsVersionEitherWay() {
        assertEquals(0, execute("--version"));
        final String asOption = out.toString();
        assertTrue(asOption.matches("spindle .+\\Rjava 25.*\\R"), asOption);
        assertEquals(0, execute("version"));
        assertEquals(asOption + asOption, out.toString());
    }

    @Test
    void shouldReadOnlyTheCommandThatIsAskedFor() {
        assertEquals(Set.of("status"), subcommands("status"));
        assertEquals(SpindleMain.commandLine().getSubcommands().keySet(), subcommands("--help"));
        assertEquals(subcommands("--help"), subcommands("fly"));
        assertEquals(subcommands("--help"), subcommands());
    }

    private static Set<String> subcommands(final String... arguments) {
        return SpindleMain.commandLineFor(arguments).getSubcommands().keySet();
    }

    @Test
    void shouldPrintNoColoursIntoAFile() {
        execute("--help");
        assertFalse(out.toString().contains("\u001b["));
    }

    @Test
    void shouldRefuseToGuessWhatToDo() {
        assertEquals(2, execute());
        assertTrue(err.toString().contains("spindle run"));
    }

    @Test
    void shouldExitWithTwoOnWrongUsage() {
        assertEquals(2, execute("run", "--port-base", "many"));
        assertEquals(2, execute("fly"));
    }

    @Test
    void shouldNameItsVersionAndItsJava() {
        assertEquals(0, execute("version"));
        assertTrue(out.toString().contains("java " + Runtime.version()));
    }

    @Test
    void shouldSayThatNothingRunsOnAnEmptyFolder() {
        assertEquals(3, execute("status", "--data", data.toString()));
        assertEquals(3, execute("stop", "--data", data.toString()));
        assertTrue(out.toString().contains("nothing runs on " + data));
    }

    @Test
    void shouldShowAndStopWhatIsLeftOfAnAppliance() throws IOException {
        final RunFolder folder = RunFolder.of(data);
        final Process orphan =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "read -t 100 <> <(:)",
                                SpindleMain.class.getName(),
                                "media",
                                "--data",
                                data.toString())
                        .start();
        folder.write("media", orphan.pid());
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (folder.find("media").isEmpty()) { // between fork and exec it has another name
            assertTrue(deadlineNs - System.nanoTime() > 0, "media was not found within 30 s");
            Thread.onSpinWait();
        }
        folder.describe(Map.of("--api", "127.0.0.1:9999"));
        assertEquals(1, execute("status", "--data", data.toString()));
        assertTrue(out.toString().contains("pid " + orphan.pid()), out.toString());
        assertTrue(out.toString().contains("http://127.0.0.1:9999"), out.toString());
        assertEquals(0, execute("stop", "--data", data.toString()));
        assertFalse(orphan.isAlive());
    }

    @Test
    void shouldHandAChildOnlyTheOptionsThatItKnows() throws IOException {
        final ApplianceOptions options = new ApplianceOptions();
        new CommandLine(CommandSpec.create().addMixin("o", CommandSpec.forAnnotatedObject(options)))
                .parseArgs(
                        "--data", data.toString(), "--port-base", "27000", "--database", "jdbc:x");
        final List<String> command =
                ChildJvm.command(
                        new CommandLine(new Sample()), options, Optional.empty(), new AotOptions());
        assertEquals(
                List.of("sample", "--data", data.toString(), "--port-base", "27000"),
                command.subList(command.size() - 5, command.size()));
        assertTrue(
                command.stream().anyMatch(flag -> flag.startsWith("--add-exports")),
                command.toString());
    }

    @Test
    void shouldStartAChildByItsProfile() throws IOException {
        Files.writeString(
                data.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { mgmt: { count: 1, shared: true } }
                jvm: { mgmt: ['-Xmx99m'] }
                """);
        final LaunchPlan launch = LaunchPlan.of(new ProfileFolder(data), "p", Root.live());
        final List<String> command =
                ChildJvm.command(
                        new CommandLine(new Sample()).setCommandName("mgmt"),
                        defaults(),
                        Optional.of(launch),
                        new AotOptions());
        assertEquals(
                List.of("/usr/bin/taskset", "-c", CpuSet.online().toString()),
                command.subList(0, 3));
        assertTrue(command.contains("-Xmx99m"), command::toString);
        assertFalse(command.contains("--cpu"), command::toString);
    }

    /** Behind what the supervisor puts in front, so that only Java runs with them. */
    @Test
    void shouldGiveTradingAloneTheVariablesOfItsProfile() throws IOException {
        Files.writeString(data.resolve("p.yaml"), ONLOAD);
        final LaunchPlan launch = LaunchPlan.of(new ProfileFolder(data), "p", Root.live());
        final List<String> trading =
                ChildJvm.command(
                        new CommandLine(new Sample()).setCommandName("trading"),
                        defaults(),
                        Optional.of(launch),
                        new AotOptions());
        final int java = trading.indexOf(ChildJvm.start("trading").getFirst());
        assertEquals(List.of("/usr/bin/env", "EF_SPINDLE_TEST=7"), trading.subList(java - 2, java));
        final List<String> other =
                ChildJvm.command(
                        new CommandLine(new Sample()),
                        defaults(),
                        Optional.of(launch),
                        new AotOptions());
        assertFalse(other.contains("EF_SPINDLE_TEST=7"), other::toString);
    }

    @Test
    void shouldSayWhatOfOnloadTradingGets() throws IOException {
        Files.writeString(data.resolve("p.yaml"), ONLOAD);
        final ProfileOptions options = new ProfileOptions();
        new CommandLine(CommandSpec.create().addMixin("o", CommandSpec.forAnnotatedObject(options)))
                .parseArgs("--profile", "p", "--profiles", data.toString());
        assertTrue(options.launch(new PrintWriter(out), "auto").isPresent());
        assertTrue(out.toString().contains("  onload: EF_SPINDLE_TEST=7\n"), out::toString);
        assertTrue(
                out.toString()
                        .contains(
                                "  onload: not under /usr/bin/onload --profile=latency: it is for"
                                        + " --backend socket, this is auto\n"),
                out::toString);
    }

    private static ApplianceOptions defaults() {
        final ApplianceOptions options = new ApplianceOptions();
        new CommandLine(CommandSpec.create().addMixin("o", CommandSpec.forAnnotatedObject(options)))
                .parseArgs();
        return options;
    }

    @Command(name = "sample")
    private static final class Sample {
        @Option(names = "--data")
        private Path data;

        @Option(names = "--port-base")
        private int portBase;
    }

    private int execute(final String... arguments) {
        return SpindleMain.commandLineFor(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
