package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.tuning.machine.Capture;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other thread of the loop's core: CPU 7 of the desktop, on whose CPU 1 the loop is. */
class SiblingTest {
    private static final String CPU = "/sys/devices/system/cpu/";
    private static final String ONLINE = CPU + "cpu7/online";
    private static final String GOVERNOR = CPU + "cpu7/cpufreq/scaling_governor";

    @TempDir Path folder;
    private Root root;

    @BeforeEach
    void buildDesktop() throws IOException {
        root = SyntheticMachine.desktop().writeTo(folder.resolve("m"));
    }

    private Plan plan(final String more) throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true, smtSiblingOffline: true } }
                """
                        + more);
        return Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(root), root);
    }

    private Applier applier(final List<String> steps) {
        return new Applier(root, new RollbackJournal(folder.resolve("journal"), root), steps::add);
    }

    private static List<Plan.Verdict> verdicts(final Plan plan) {
        return plan.items().stream().map(Plan.Item::verdict).toList();
    }

    private String text(final String path) throws IOException {
        return Files.readString(root.base().resolve(path.substring(1)));
    }

    /** What the kernel does with the files of a CPU that goes off, and a folder does not. */
    private void hideCpu7() throws IOException {
        root.write(CPU + "online", "0-6,8-11");
        root.write(CPU + "cpu1/topology/thread_siblings_list", "1");
        for (final String name : root.list(CPU + "cpu7/topology")) {
            Files.delete(root.base().resolve((CPU + "cpu7/topology/" + name).substring(1)));
        }
    }

    @Test
    void shouldSwitchItOffAndOnAgain() throws IOException {
        final Plan before = plan("consent: [smt-off]\n");
        assertEquals(List.of(Plan.Verdict.CHANGE), verdicts(before));
        assertEquals(ONLINE, before.items().getFirst().setting().path());
        assertEquals(2, before.exitCode());

        applier(new ArrayList<>()).apply(before);
        assertEquals("0\n", text(ONLINE));
        assertEquals(List.of(Plan.Verdict.HOLDS), verdicts(plan("consent: [smt-off]\n")));

        hideCpu7();
        final Plan after = plan("consent: [smt-off]\n");
        assertEquals(before.layout().roles(), after.layout().roles());
        assertEquals(before.layout().dataPath(), after.layout().dataPath());
        assertEquals(before.layout().housekeeping(), after.layout().housekeeping());
        assertEquals(List.of(), after.items());
        assertEquals(0, after.exitCode());

        applier(new ArrayList<>()).rollback();
        assertEquals("1\n", text(ONLINE));
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    @Test
    void shouldLeaveItOnWithoutConsent() throws IOException {
        final Plan plan = plan("");
        assertEquals(List.of(Plan.Verdict.NEEDS_CONSENT), verdicts(plan));
        assertEquals(List.of("smt-off"), plan.missingConsents());
        assertEquals(3, plan.exitCode());
        applier(new ArrayList<>()).apply(plan);
        assertEquals("1\n", text(ONLINE));
    }

    /** A CPU that is off has no clock speed to write. */
    @Test
    void shouldGoOffLastAndComeBackFirst() throws IOException {
        final List<String> steps = new ArrayList<>();
        applier(steps)
                .apply(plan("consent: [smt-off]\nsysfs: { " + GOVERNOR + ": performance }\n"));
        applier(steps).rollback();
        assertEquals(
                List.of(
                        "journal " + GOVERNOR,
                        "write " + GOVERNOR,
                        "journal " + ONLINE,
                        "write " + ONLINE,
                        "done",
                        "restore " + ONLINE,
                        "restore " + GOVERNOR,
                        "delete journal"),
                steps);
        assertEquals("powersave\n", text(GOVERNOR));
    }

    @Test
    void shouldSayWhereACpuHasNoSwitch() throws IOException {
        Files.delete(root.base().resolve(ONLINE.substring(1)));
        final Plan plan = plan("consent: [smt-off]\n");
        assertEquals(List.of(Plan.Verdict.ABSENT), verdicts(plan));
        assertEquals(0, plan.exitCode());
    }

    @Test
    void shouldCaptureTheSwitch() throws IOException {
        Capture.capture(root, folder.resolve("copy"));
        root = new Root(folder.resolve("copy"));
        assertEquals(List.of(Plan.Verdict.CHANGE), verdicts(plan("consent: [smt-off]\n")));
    }
}
