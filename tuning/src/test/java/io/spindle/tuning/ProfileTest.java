package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.Layout;
import io.spindle.tuning.profile.LayoutSolver;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ProfileTest {
    @TempDir Path folder;

    private HwProfile read(final String text) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), text);
        return new ProfileFolder(folder).read("p");
    }

    private String complaint(final String text) {
        return assertThrows(InvalidProfileException.class, () -> read(text)).getMessage();
    }

    @Test
    void shouldBindEveryField() throws IOException {
        final HwProfile profile =
                read(
                        """
                        name: p
                        schema: 1
                        match: { cpuVendor: AuthenticAMD, cpuFamily: [25, 26], kernel: '>=6.1', virtual: true, priority: 7 }
                        layout:
                          trading: { count: 1, isolate: true, sameL3As: media }
                        sysctl:
                          vm.stat_interval: '120'
                        kernelArgs:
                          - quiet
                          - 'isolcpus=managed_irq,domain,${dp}'
                        jvm: { trading: ['-XX:+UseSerialGC'] }
                        onload: { profile: latency, env: { EF_POLL_USEC: '100000' } }
                        consent: [mitigations-off]
                        budget: { hiccupP9999Ns: 2000 }
                        evidence: { measuredOn: box }
                        """);
        assertEquals(List.of(25, 26), profile.match.cpuFamily);
        assertEquals("true", profile.match.virtual);
        assertEquals(7, profile.match.priority);
        assertTrue(profile.layout.get("trading").isolate);
        assertEquals("media", profile.layout.get("trading").sameL3As);
        assertEquals("120", profile.sysctl.get("vm.stat_interval"));
        assertEquals(List.of("quiet", "isolcpus=managed_irq,domain,${dp}"), profile.kernelArgs);
        assertEquals(List.of("-XX:+UseSerialGC"), profile.jvm.get("trading"));
        assertEquals("100000", profile.onload.env.get("EF_POLL_USEC"));
        assertEquals(List.of("mitigations-off"), profile.consent);
        assertEquals(2000, profile.budget.hiccupP9999Ns);
        assertEquals("box", profile.evidence.measuredOn);
    }

    @Test
    void shouldNameFileLineAndFieldOfEveryFault() {
        assertEquals(
                """
                p.yaml:3: coulour: unknown key; known: name, description, schema, extends, match, layout, sysctl, sysfs, kernelArgs, jvm, onload, consent, budget, evidence
                p.yaml:4: budget.hiccupMaxNs: expected a whole number, found 'abc'
                p.yaml:5: layout.trading.count: missing
                p.yaml:7: sysctl: given twice""",
                complaint(
                        """
                        name: p
                        schema: 1
                        coulour: red
                        budget: { hiccupMaxNs: abc }
                        layout: { trading: { isolate: true } }
                        sysctl: { a: '1' }
                        sysctl: { b: '2' }
                        """));
    }

    @Test
    void shouldRefuseTabsBrokenBracesAnchorsAndEmptyFiles() {
        assertTrue(complaint("name: p\n\tschema: 1\n").startsWith("p.yaml:2: "));
        assertTrue(complaint("name: p\nschema: 1\nmatch: { priority: 1\n").startsWith("p.yaml:"));
        assertEquals("p.yaml: empty", complaint(""));
        assertTrue(
                complaint("name: p\nschema: 1\nconsent: &a [x]\n").contains("anchors and aliases"));
        assertEquals("p.yaml:1: schema: missing", complaint("name: p\n"));
    }

    @Test
    void shouldInheritKeyByKeyButNotMatchRulesOrEvidence() throws IOException {
        Files.writeString(
                folder.resolve("base.yaml"),
                "name: base\nschema: 1\nmatch: { priority: 99 }\nsysctl: { a: '1', b: '1' }\nevidence: { date: x }\n");
        final HwProfile child = read("name: p\nschema: 1\nextends: base\nsysctl: { b: '2' }\n");
        assertEquals("1", child.sysctl.get("a"));
        assertEquals("2", child.sysctl.get("b"));
        assertEquals(0, child.match.priority);
        assertEquals("", child.evidence.date);
    }

    @Test
    void shouldRefuseCircularInheritance() {
        assertTrue(complaint("name: p\nschema: 1\nextends: p\n").contains("circle"));
    }

    @Test
    void shouldKeepHotRolesOffCpuZeroSiblingsAndFarSockets() throws IOException {
        final Machine intel =
                Discovery.discover(SyntheticMachine.intelTwoSockets().writeTo(folder.resolve("m")));
        final HwProfile profile =
                read(
                        """
                        name: p
                        schema: 1
                        layout:
                          trading: { count: 1, isolate: true, nearNic: true, smtSiblingOffline: true }
                          media: { count: 1, isolate: true, sameL3As: trading }
                          feed: { count: 2 }
                          mgmt: { count: 1, shared: true }
                        """);
        final Layout layout = LayoutSolver.solve(profile, intel);
        assertEquals(CpuSet.parse("8"), layout.roles().get("trading"));
        assertEquals(CpuSet.parse("9"), layout.roles().get("media"));
        assertEquals(CpuSet.parse("24"), layout.offline());
        assertEquals(CpuSet.parse("0-1"), layout.roles().get("feed"));
        assertEquals(CpuSet.parse("0-7,10-23,25-31"), layout.housekeeping());
        assertEquals("feffff,300", layout.resolve("feffff,${dpMask}"));
    }

    @Test
    void shouldLaunchTheLoopOnItsOwnCoreAndSayWhatDiffers() throws IOException {
        final Root vm = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        read(
                """
                name: p
                schema: 1
                match: { virtual: true, priority: 1 }
                layout:
                  trading: { count: 1, isolate: true }
                  mgmt: { count: 1, shared: true }
                sysctl: { vm.swappiness: '0', vm.zone_reclaim_mode: '0', no.such: '1' }
                jvm: { trading: ['-XX:-UsePerfData'] }
                """);
        final LaunchPlan launch = LaunchPlan.of(new ProfileFolder(folder), "auto", vm);
        assertEquals(1, launch.core("trading"));
        assertEquals(0, launch.core("mgmt"));
        assertEquals("0", launch.housekeeping().toString());
        assertEquals(List.of("-XX:-UsePerfData"), launch.jvmFlags("trading"));
        assertEquals(List.of(), launch.jvmFlags("mgmt"));
        assertEquals(List.of("/proc/sys/vm/swappiness is '60', wanted '0'"), launch.drift());
    }

    @Test
    void shouldSayWhichRoleDoesNotFit() throws IOException {
        final Machine vm =
                Discovery.discover(SyntheticMachine.smallVm().writeTo(folder.resolve("m")));
        final HwProfile profile =
                read("name: p\nschema: 1\nlayout: { trading: { count: 2, isolate: true } }\n");
        assertEquals(
                "layout.trading: wants 2 isolated CPUs, this machine has 1 left (2 CPUs online)",
                assertThrows(InvalidProfileException.class, () -> LayoutSolver.solve(profile, vm))
                        .getMessage());
    }

    @Test
    void shouldWriteCpuSetsAsTheKernelDoes() {
        assertEquals("0-2,5", CpuSet.of(List.of(5, 2, 1, 0)).toString());
        assertEquals("27", CpuSet.parse("0-2,5").toMask());
        assertEquals("1,00000001", CpuSet.parse("0,32").toMask());
        assertEquals("0", CpuSet.parse("").toMask());
        assertThrows(IllegalArgumentException.class, () -> CpuSet.parse("a-b"));
    }
}
