package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.machine.Capture;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.watch.Watch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can be shown on whatever machine runs the tests. */
class LiveMachineTest {
    @TempDir Path folder;

    @Test
    void shouldDiscoverTheSameFromACaptureAsFromTheMachine() throws IOException {
        Capture.capture(Root.live(), folder);
        final Machine live = Discovery.discover(Root.live());
        final Machine captured = Discovery.discover(new Root(folder));
        assertFalse(live.online().isEmpty());
        assertEquals(live.cpus(), captured.cpus());
        if (live.nics().stream().noneMatch(nic -> nic.name().matches(".*[0-9a-f]{12}"))) {
            assertEquals(live.nics(), captured.nics());
        }
        assertEquals(live.kernel().release(), captured.kernel().release());
        assertEquals(live.kernel().config(), captured.kernel().config());
        assertEquals(live.kernel().isolated(), captured.kernel().isolated());
        assertEquals("host", captured.hostName());
        assertEquals(live.clock(), captured.clock());
        assertEquals(live.virtualization(), captured.virtualization());
        assertEquals(live.notSeen(), captured.notSeen());
    }

    /** Whatever the machine: the profile's own rules are for choosing it, not for using it. */
    @Test
    void shouldPlanForThisMachineAndApplyToACopyOfItsFiles() throws IOException {
        final HwProfile profile =
                new ProfileFolder(
                                Path.of(System.getProperty("spindle.root", ".."))
                                        .resolve("hw-profiles"))
                        .read("vm-small");
        final Machine machine = Discovery.discover(Root.live());
        final Plan here = Plan.of(profile, machine, Root.live());
        assertEquals(1, here.layout().dataPath().count());
        assertFalse(here.layout().dataPath().contains(0));
        assertTrue(
                here.with(Plan.Verdict.ABSENT).stream()
                        .noneMatch(
                                item -> item.setting().path().equals("/proc/sys/vm/swappiness")));

        final Root copy = new Root(folder.resolve("copy"));
        Capture.capture(Root.live(), copy.base());
        final Plan before = Plan.of(profile, machine, copy);
        final Applier applier =
                new Applier(copy, new RollbackJournal(folder.resolve("journal"), copy), step -> {});
        assertTrue(applier.apply(before).stream().allMatch(Applier.Outcome::done));
        assertEquals(List.of(), Plan.of(profile, machine, copy).with(Plan.Verdict.CHANGE));
        assertTrue(applier.rollback().stream().allMatch(Applier.Outcome::done));
        assertEquals(before.items(), Plan.of(profile, machine, copy).items());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/.", "/../", "/proc/.."})
    void shouldBeThisMachineHoweverItsRootIsWritten(final String base) throws IOException {
        final Root root = new Root(Path.of(base));
        assertTrue(root.isLive());
        assertEquals(Root.live(), root);
        assertEquals(Root.live().list("/ethtool/lo"), root.list("/ethtool/lo"));
        assertFalse(root.list("/ethtool/lo").isEmpty());
        assertFalse(new Root(folder).isLive());
    }

    /** The kernel gives such a number to the first read only, however short that is. */
    @Test
    void shouldReadAllDigitsOfANumberOfTheKernels() throws IOException {
        final String pids = Root.live().read("/proc/sys/kernel/pid_max").orElseThrow();
        assertTrue(Integer.parseInt(pids) > 300, pids);
        Capture.capture(Root.live(), folder);
        assertEquals(
                Root.live().read("/proc/sys/net/core/rmem_max"),
                new Root(folder).read("/proc/sys/net/core/rmem_max"));
    }

    @Test
    void shouldSeeInterruptsFaultsAndDriftInTheCounters() throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder);
        final String thread = "/proc/7/task/7";
        write(
                "/proc/interrupts",
                "           CPU0       CPU1\n 24:          5          9  PCI-MSI 1-edge      eth0-rx\nLOC:        100        100   Local timer interrupts\nTLB:          1          1   TLB shootdowns\n");
        write(
                "/proc/softirqs",
                "                    CPU0       CPU1\n      NET_RX:          3          4\n");
        write("/proc/vmstat", "thp_collapse_alloc 2\npgfault 77\n");
        write(thread + "/status", "Name:\tloop\nnonvoluntary_ctxt_switches:\t3\n");
        write(thread + "/stat", stat(10, 0));
        final Watch watch = new Watch(root, 1, thread, null);
        assertEquals(List.of(), watch.look());

        write(
                "/proc/interrupts",
                "           CPU0       CPU1\n 24:          5         12  PCI-MSI 1-edge      eth0-rx\nLOC:        100        900   Local timer interrupts\nTLB:          1          2   TLB shootdowns\n");
        write(
                "/proc/softirqs",
                "                    CPU0       CPU1\n      NET_RX:          3          6\n");
        write("/proc/vmstat", "thp_collapse_alloc 3\npgfault 99\n");
        write(thread + "/status", "Name:\tloop\nnonvoluntary_ctxt_switches:\t5\n");
        write(thread + "/stat", stat(4010, 1));
        assertEquals(
                List.of(
                        "interrupt: irq 24 eth0-rx (+3)",
                        "interrupt: interrupt TLB shootdowns (+1)",
                        "page faults: thread minor page faults (+4000)",
                        "page faults: thread major page faults (+1)",
                        "huge pages: vmstat thp_collapse_alloc (+1)",
                        "preempted: thread involuntary switches (+2)",
                        "kernel work: softirq NET_RX (+2)"),
                watch.look().stream().map(Watch.Finding::toString).toList());
    }

    private void write(final String path, final String text) throws IOException {
        final Path file = folder.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String stat(final int minor, final int major) {
        return "7 (loop) R 1 7 7 0 -1 0 "
                + minor
                + " 0 "
                + major
                + " 0 55 6 0 0 20 0 1 0 9 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 0\n";
    }
}
