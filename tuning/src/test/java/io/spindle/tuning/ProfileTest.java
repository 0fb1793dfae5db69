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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                          media: { count: 1, isolate: true }
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
                p.yaml:3: coulour: unknown key; known: name, description, schema, extends, match, layout, nic, sysctl, sysfs, kernelArgs, jvm, onload, consent, budget, evidence
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
    void shouldRefuseNamesAndNumbersThatMeanNothing() {
        assertEquals(
                """
                p.yaml:2: schema: expected 1, found '99'
                p.yaml:3: match.kernel: expected >=X.Y or <X.Y, found '6.1'
                p.yaml:5: layout.trading.count: expected a whole number from 1 to 9999, found '0'
                p.yaml:6: layout.tradin: unknown key; known: trading, media, feed, mgmt
                p.yaml:7: jvm.gateway: unknown key; known: trading, media, feed, mgmt
                p.yaml:8: consent[1]: expected mitigations-off, smt-off or rt-unlimited, found 'smt'""",
                complaint(
                        """
                        name: p
                        schema: 99
                        match: { kernel: '6.1' }
                        layout:
                          trading: { count: 0 }
                          tradin: { count: 1 }
                        jvm: { gateway: ['-Xmx1g'] }
                        consent: [smt-off, smt]
                        """));
    }

    @Test
    void shouldRefuseRolesAndSetsThatTheProfileDoesNotHave() throws IOException {
        Files.writeString(
                folder.resolve("base.yaml"),
                """
                name: base
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                kernelArgs: ['isolcpus=${dp}', 'rcu_nocbs=${mgmt}']
                """);
        final String known = "; known: dp, hk, dpMask, hkMask, trading, media, feed";
        assertEquals(
                String.join(
                        "\n",
                        "p.yaml:5: layout.media.sameL3As: expected an isolated role in front of"
                                + " this one, found 'feed'",
                        "p.yaml:7: sysctl.kernel.a: unknown ${hkmask}" + known,
                        "p.yaml:8: sysfs./a: unknown ${dp" + known,
                        "base.yaml:4: kernelArgs[1]: unknown ${mgmt}" + known),
                complaint(
                        """
                        name: p
                        schema: 1
                        extends: base
                        layout:
                          media: { count: 1, isolate: true, sameL3As: feed }
                          feed: { count: 1, isolate: true, sameL3As: trading }
                        sysctl: { kernel.a: '${hk} ${hkmask}' }
                        sysfs: { /a: '${dp' }
                        """));
    }

    @Test
    void shouldRefuseKeysOfARoleThatDoNothing() throws IOException {
        Files.writeString(
                folder.resolve("base.yaml"),
                """
                name: base
                schema: 1
                layout: { trading: { count: 1, isolate: true, nearNic: true } }
                """);
        assertEquals(
                String.join(
                        "\n",
                        "base.yaml:3: layout.trading.nearNic: does nothing without isolate",
                        "p.yaml:6: layout.media.shared: does nothing beside isolate",
                        "p.yaml:8: layout.feed.smtSiblingOffline: does nothing without isolate",
                        "p.yaml:7: layout.feed.sameL3As: does nothing without isolate"),
                complaint(
                        """
                        name: p
                        schema: 1
                        extends: base
                        layout:
                          trading: { isolate: false, count: 1 }
                          media: { count: 1, isolate: true, shared: true }
                          feed: { count: 1, sameL3As: media,
                            smtSiblingOffline: true }
                          mgmt: { count: 1, shared: true, nearNic: false }
                        """));
    }

    @Test
    void shouldIsolateARoleThatTheParentShares() throws IOException {
        Files.writeString(
                folder.resolve("base.yaml"),
                "name: base\nschema: 1\nlayout: { media: { count: 1, shared: true } }\n");
        final HwProfile child =
                read(
                        "name: p\nschema: 1\nextends: base\n"
                                + "layout: { media: { count: 1, isolate: true } }\n");
        assertTrue(child.layout.get("media").isolate);
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
                        match: { nicDrivers: [sfc] }
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
        assertEquals(CpuSet.parse("0-7,10-23,26-31"), layout.housekeeping());
        assertEquals(layout.housekeeping(), layout.roles().get("mgmt"));
        assertEquals("feffff,300", layout.resolve("feffff,${dpMask}"));
        assertEquals("fcfffcff", layout.resolve("${hkMask}"));
        assertEquals(List.of(), layout.remarks());
    }

    /** There is another card on the other socket. */
    @ParameterizedTest
    @CsvSource({"sfc, 8", "igb, 1", "ice, 1"})
    void shouldBeNearTheCardOfTheDriverThatTheProfileNames(final String driver, final String cpu)
            throws IOException {
        final Machine intel =
                Discovery.discover(SyntheticMachine.intelTwoSockets().writeTo(folder.resolve("m")));
        final HwProfile profile =
                read(
                        """
                        name: p
                        schema: 1
                        match: { nicDrivers: [%s] }
                        layout: { trading: { count: 1, isolate: true, nearNic: true } }
                        """
                                .formatted(driver));
        assertEquals(CpuSet.parse(cpu), LayoutSolver.solve(profile, intel).dataPath());
    }

    @Test
    void shouldKeepTheOnlySiblingAndSaySo() throws IOException {
        final String siblings = "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list";
        final Root oneCore =
                SyntheticMachine.smallVm()
                        .file(siblings.formatted(0), "0-1")
                        .file(siblings.formatted(1), "0-1")
                        .writeTo(folder.resolve("m"));
        final HwProfile profile =
                read(
                        """
                        name: p
                        schema: 1
                        layout: { trading: { count: 1, isolate: true, smtSiblingOffline: true } }
                        """);
        final Layout layout = LayoutSolver.solve(profile, Discovery.discover(oneCore));
        assertEquals(CpuSet.parse("1"), layout.dataPath());
        assertEquals(CpuSet.parse("0"), layout.housekeeping());
        assertEquals(CpuSet.of(), layout.offline());
        assertEquals(
                List.of(
                        "layout: no CPU is left but siblings of isolated ones, so all else runs"
                                + " on 0"),
                layout.remarks());
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
        assertEquals("0", launch.cpus("trading").toString());
        assertEquals(
                Map.of("/proc/sys/vm/swappiness", "/proc/sys/vm/swappiness is '60', wanted '0'"),
                launch.drift());
        vm.write("/proc/sys/vm/swappiness", "0");
        vm.write("/proc/sys/vm/zone_reclaim_mode", "1");
        assertEquals(Set.of("/proc/sys/vm/zone_reclaim_mode"), launch.now().drift().keySet());
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
