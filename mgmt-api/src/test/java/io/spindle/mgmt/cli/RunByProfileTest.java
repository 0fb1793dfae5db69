package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.launch.AotCache;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code run --profile} makes of a profile. */
class RunByProfileTest {
    private static final String EXTRA = ChildJvm.EXTRA_ARGUMENTS + ".mgmt";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();

    /** On a machine of four CPUs. */
    private LaunchPlan launch(final String more) throws IOException {
        final Path cpus = Files.createDirectories(folder.resolve("m/sys/devices/system/cpu"));
        Files.writeString(cpus.resolve("present"), "0-3\n");
        Files.writeString(cpus.resolve("online"), "0-3\n");
        write(more);
        return LaunchPlan.of(new ProfileFolder(folder), "p", new Root(folder.resolve("m")));
    }

    private void write(final String more) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), "name: p\nschema: 1\n" + more);
    }

    private static List<String> command(final String process, final LaunchPlan launch)
            throws IOException {
        return ChildJvm.command(
                SpindleMain.commandLine().getSubcommands().get(process),
                parsed(new ApplianceOptions()),
                Optional.of(launch),
                new AotOptions());
    }

    private static <T> T parsed(final T options, final String... arguments) {
        new CommandLine(CommandSpec.create().addMixin("o", CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options;
    }

    private static List<String> onCpus(final String cpus) {
        return List.of("/usr/bin/taskset", "-c", cpus);
    }

    @Test
    void shouldStartEachProcessOnTheCpusOfItsRole() throws IOException {
        final LaunchPlan launch =
                launch(
                        """
                        layout:
                          trading: { count: 1, isolate: true }
                          media: { count: 1, isolate: true }
                          feed: { count: 1 }
                        """);
        final List<String> trading = command("trading", launch);
        assertEquals(onCpus("0,3"), trading.subList(0, 3));
        assertEquals(List.of("--cpu", "1"), trading.subList(trading.size() - 2, trading.size()));
        assertEquals(onCpus("2"), command("media", launch).subList(0, 3));
        assertEquals(onCpus("0"), command("feed", launch).subList(0, 3));
        assertEquals(onCpus("0,3"), command("mgmt", launch).subList(0, 3));
    }

    /** And looks for a cache that fits all of them. */
    @Test
    void shouldPutWhatIsAddedBehindTheFlagsOfTheProfileAndOfTheCache() throws IOException {
        System.setProperty(EXTRA, "-Xmx77m -XX:MaxNewSize=7m");
        System.setProperty(AotCache.FOLDER_PROPERTY, folder.toString());
        try {
            final AotCache cache = new AotCache(folder, "mgmt");
            Files.writeString(cache.file(), "what the JVM learned");
            cache.seal(ChildJvm.start("mgmt"), System.getProperty("java.class.path"));
            final List<String> command =
                    command("mgmt", launch("jvm: { mgmt: ['-Xmx99m', '-Xms9m'] }\n"));
            final int end = command.indexOf("-cp");
            assertEquals(
                    List.of(
                            "-Xmx99m",
                            "-Xms9m",
                            "-XX:AOTCache=" + cache.file(),
                            "-XX:AOTMode=auto",
                            "-Xmx77m",
                            "-XX:MaxNewSize=7m"),
                    command.subList(end - 6, end));
        } finally {
            System.clearProperty(EXTRA);
            System.clearProperty(AotCache.FOLDER_PROPERTY);
        }
    }

    private ProfileOptions options(final String drift) {
        return parsed(
                new ProfileOptions(),
                "--profile",
                "p",
                "--profiles",
                folder.toString(),
                "--drift",
                drift);
    }

    @Test
    void shouldSayWhatDiffersAndStartOrRefuseTo() throws IOException {
        write("sysctl: { kernel.ostype: Plan9 }\n");
        final String differs = "/proc/sys/kernel/ostype is 'Linux', wanted 'Plan9'";
        assertTrue(options("warn").launch(new PrintWriter(out), "auto").isPresent());
        final String everywhere = CpuSet.online().toString();
        assertTrue(out.toString().startsWith("profile p: media on " + everywhere), out::toString);
        assertTrue(out.toString().contains("\n  differs: " + differs + "\n"), out::toString);

        final ProfileOptions strict = options("refuse");
        final String refusal =
                assertThrows(
                                IllegalStateException.class,
                                () -> strict.launch(new PrintWriter(out), "auto"))
                        .getMessage();
        assertTrue(refusal.endsWith("\n  " + differs), refusal);

        write("sysctl: { kernel.ostype: Linux }\n");
        assertTrue(options("refuse").launch(new PrintWriter(out), "auto").isPresent());
    }

    @Test
    void shouldNoteItsProfileForWhoReadsTheRunFolder() {
        assertEquals(
                Map.of("--profile", "p", "--profiles", folder.toString()), options("warn").given());
        assertEquals(
                Map.of("--profile", Path.of("mine.yaml").toAbsolutePath().toString()),
                parsed(new ProfileOptions(), "--profile", "mine.yaml").given());
        assertEquals(Map.of(), parsed(new ProfileOptions()).given());
    }
}
