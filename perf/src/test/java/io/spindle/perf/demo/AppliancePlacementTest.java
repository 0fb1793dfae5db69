package io.spindle.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.perf.load.FreePorts;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the kernel lets the threads of an appliance run that was started by a profile. */
@Tag("campaign")
@Timeout(600)
class AppliancePlacementTest {
    private static final String ALLOWED = "Cpus_allowed_list:";

    @TempDir private Path profiles;

    @ParameterizedTest
    @ValueSource(strings = {"trading", "media"})
    void shouldKeepEveryThreadOnTheCpusOfItsRole(final String isolated) throws Exception {
        assumeTrue(CpuSet.online().count() > 1, "one CPU is nobody's own");
        Files.writeString(
                profiles.resolve("p.yaml"),
                "name: p\nschema: 1\nlayout: { %s: { count: 1, isolate: true } }\n"
                        .formatted(isolated));
        final LaunchPlan plan = LaunchPlan.of(new ProfileFolder(profiles), "p", Root.live());
        final String own = plan.owned().toString();
        final String shared = plan.housekeeping().toString();
        try (ScratchFolder scratch = new ScratchFolder("spindle-placement-");
                Appliance appliance = new Appliance(options(scratch))) {
            appliance.awaitOpen();
            assertEquals("p", appliance.rest().get("/v1/profile").get("name").asText());
            final Map<String, Integer> trading = threads(appliance, "trading");
            if (isolated.equals("trading")) {
                assertEquals(1, trading.remove(own), "the loop has its core");
            }
            assertEquals(List.of(shared), List.copyOf(trading.keySet()), "trading");
            final String ofMedia = isolated.equals("media") ? own : shared;
            assertEquals(
                    List.of(ofMedia), List.copyOf(threads(appliance, "media").keySet()), "media");
            for (final String process : List.of("feed", "mgmt")) {
                assertEquals(
                        List.of(shared),
                        List.copyOf(threads(appliance, process).keySet()),
                        process);
            }
            // A thread that another starts while they are being moved may stay behind.
            assertTrue(threads(appliance, "supervisor").containsKey(shared), "supervisor");
        }
    }

    private Appliance.Options options(final ScratchFolder scratch) throws IOException {
        return new Appliance.Options(
                SmallTables.in(new DataFolder(scratch.path())).path(),
                FreePorts.base(),
                "127.0.0.1:" + FreePorts.api(),
                List.of("-D" + ChildJvm.EXTRA_ARGUMENTS + "=-XX:TieredStopAtLevel=1"),
                List.of(
                        "--profile",
                        "p",
                        "--profiles",
                        profiles.toString(),
                        "--rehearsal",
                        "0",
                        "--max-wait-ms",
                        "60000"));
    }

    /** How many threads of a process may run on which CPUs. */
    private static Map<String, Integer> threads(final Appliance appliance, final String process)
            throws IOException {
        final String pid = Files.readString(appliance.folder().pid(process)).strip();
        final Map<String, Integer> threads = new TreeMap<>();
        final Path folder = Path.of("/proc", pid, "task");
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder)) {
            for (final Path task : tasks) {
                try {
                    Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith(ALLOWED))
                            .map(line -> line.substring(ALLOWED.length()).strip())
                            .forEach(cpus -> threads.merge(cpus, 1, Integer::sum));
                } catch (final IOException ended) {
                    continue; // while we looked
                }
            }
        }
        return threads;
    }
}
