package io.spindle.mgmt.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine of two CPUs that does not exist; one setting is wrong when the appliance starts. */
class DriftWatchTest {
    private static final String SWAPPINESS = "/proc/sys/vm/swappiness";
    private static final String KNOWN = "/proc/sys/vm/stat_interval is '1', wanted '120'";

    @TempDir private Path folder;
    private final List<String> reports = new ArrayList<>();
    private RunFolder run;
    private DriftWatch watch;

    @BeforeEach
    void start() throws IOException {
        machine("/sys/devices/system/cpu/present", "0-1");
        machine("/sys/devices/system/cpu/online", "0-1");
        machine(SWAPPINESS, "0");
        machine("/proc/sys/vm/stat_interval", "1");
        machine("/proc/irq/24/smp_affinity_list", "0");
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                sysctl: { vm.swappiness: '0', vm.stat_interval: '120' }
                sysfs: { /proc/irq/*/smp_affinity_list: '${hk}' }
                """);
        run = RunFolder.of(folder.resolve("data"));
        Files.createDirectories(run.path());
        final LaunchPlan launch =
                LaunchPlan.of(new ProfileFolder(folder), "p", new Root(folder.resolve("m")));
        watch = new DriftWatch(launch, run, reports::add);
    }

    private void machine(final String path, final String value) throws IOException {
        final Path file = folder.resolve("m" + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    @Test
    void shouldNoteWhatWasWrongFromTheStartAndSayNothing() {
        assertEquals(List.of(), run.drift());
        watch.look();
        assertEquals(List.of(), reports);
        assertEquals(List.of(KNOWN), run.drift());
    }

    @Test
    void shouldSayEachDriftOnceAndItsEndOnce() throws IOException {
        machine(SWAPPINESS, "60");
        watch.look();
        watch.look();
        machine(SWAPPINESS, "61");
        watch.look();
        assertEquals(List.of("drift: " + SWAPPINESS + " is '60', wanted '0'"), reports);
        assertEquals(List.of(SWAPPINESS + " is '61', wanted '0'", KNOWN), run.drift());

        reports.clear();
        machine(SWAPPINESS, "0");
        watch.look();
        watch.look();
        assertEquals(List.of("drift ended: " + SWAPPINESS), reports);
        assertEquals(List.of(KNOWN), run.drift());
    }

    @Test
    void shouldSeeAnInterruptThatCameLater() throws IOException {
        machine("/proc/irq/30/smp_affinity_list", "1");
        watch.look();
        assertEquals(List.of("drift: /proc/irq/30/smp_affinity_list is '1', wanted '0'"), reports);
    }
}
