package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.search.ProfileLine;
import io.spindle.tuning.search.SettingCandidate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a search tries and leaves out: lines of a profile, however many files each of them is. */
class ProfileLineTest {
    private static final String GOVERNORS = "/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor";

    @TempDir Path folder;
    private Root root;

    @BeforeEach
    void buildDesktop() throws IOException {
        root = SyntheticMachine.desktop().writeTo(folder.resolve("m"));
        Files.writeString(
                folder.resolve("parent.yaml"),
                """
                name: parent
                schema: 1
                layout: { trading: { count: 1, isolate: true, smtSiblingOffline: true } }
                consent: [smt-off]
                sysctl: { vm.swappiness: '0', vm.zone_reclaim_mode: '0' }
                budget: { hiccupMaxNs: 20000 }
                """);
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                extends: parent
                match: { minCpus: 2, priority: 7 }
                sysfs: { %s: performance, /proc/irq/*/smp_affinity_list: '${hk}' }
                evidence: { measuredOn: box }
                """
                        .formatted(GOVERNORS));
    }

    private ProfileFolder profiles() {
        return new ProfileFolder(folder);
    }

    private Plan plan() {
        return Plan.of(profiles().read("p"), Discovery.discover(root), root);
    }

    private List<String> governors() {
        return root.glob(GOVERNORS).stream().map(path -> root.read(path).orElseThrow()).toList();
    }

    private SettingCandidate candidate(final String key) throws IOException {
        final ProfileLine line =
                ProfileLine.toTry(plan(), root).stream()
                        .filter(one -> one.key().equals(key))
                        .findFirst()
                        .orElseThrow();
        return new SettingCandidate(
                root, line, new RollbackJournal(folder.resolve("journal"), root));
    }

    @Test
    void shouldTryALineOnceHoweverManyFilesItIs() {
        assertEquals(
                List.of(
                        "vm.swappiness",
                        GOVERNORS,
                        "/proc/irq/*/smp_affinity_list",
                        "smtSiblingOffline"),
                ProfileLine.toTry(plan(), root).stream().map(ProfileLine::key).toList());
    }

    @Test
    void shouldSwitchAllFilesOfALineTogether() throws IOException {
        final List<String> before = governors();
        assertEquals(12, before.size());
        final SettingCandidate candidate = candidate(GOVERNORS);
        candidate.on();
        assertTrue(governors().stream().allMatch("performance"::equals));
        candidate.off();
        assertEquals(before, governors());
        assertEquals(12, new RollbackJournal(folder.resolve("journal"), root).entries().size());
    }

    @Test
    void shouldTryALineOfWhichOneFileRefuses() throws IOException {
        final SettingCandidate candidate = candidate(GOVERNORS);
        final String refusing = root.glob(GOVERNORS).getFirst();
        Files.delete(root.base().resolve(refusing.substring(1)));
        candidate.on();
        assertEquals(List.of(refusing), List.copyOf(candidate.refusals().keySet()));
        assertTrue(governors().stream().allMatch("performance"::equals));
    }

    @Test
    void shouldRefuseALineOfWhichAllFilesDo() throws IOException {
        final SettingCandidate candidate = candidate("vm.swappiness");
        Files.delete(root.base().resolve("proc/sys/vm/swappiness"));
        assertThrows(IOException.class, candidate::on);
    }

    /** It takes every write and keeps none. */
    private void makeForgetful(final String path) throws IOException {
        final Path file = root.base().resolve(path.substring(1));
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/null"));
    }

    @Test
    void shouldRefuseALineThatReadsBackAnotherValue() throws IOException {
        final SettingCandidate candidate = candidate("vm.swappiness");
        makeForgetful("/proc/sys/vm/swappiness");
        assertEquals(
                "/proc/sys/vm/swappiness: reads back '', not '0'",
                assertThrows(IOException.class, candidate::on).getMessage());
        assertEquals(
                "/proc/sys/vm/swappiness: reads back '', not '60'",
                assertThrows(IOException.class, candidate::off).getMessage());
    }

    @Test
    void shouldNameAFileThatReadsBackAnotherValueAndTryTheRest() throws IOException {
        final SettingCandidate candidate = candidate(GOVERNORS);
        final String forgetful = root.glob(GOVERNORS).getFirst();
        makeForgetful(forgetful);
        candidate.on();
        assertEquals(List.of(forgetful), List.copyOf(candidate.refusals().keySet()));
        assertTrue(candidate.refusals().get(forgetful).contains("not 'performance'"));
        assertTrue(governors().stream().skip(1).allMatch("performance"::equals));
    }

    @Test
    void shouldSayByItselfWhatIsLeftOfAProfileAndItsParent() throws IOException {
        final String text =
                profiles().standalone("p", "left", List.of("vm.swappiness", "smtSiblingOffline"));
        Files.writeString(folder.resolve("left.yaml"), text);
        Files.delete(folder.resolve("parent.yaml"));
        final HwProfile left = profiles().read("left");
        assertEquals("left", left.name);
        assertEquals(List.of("vm.zone_reclaim_mode"), List.copyOf(left.sysctl.keySet()));
        assertEquals("performance", left.sysfs.get(GOVERNORS));
        assertEquals("${hk}", left.sysfs.get("/proc/irq/*/smp_affinity_list"));
        assertTrue(left.layout.get("trading").isolate);
        assertFalse(left.layout.get("trading").smtSiblingOffline);
        assertEquals(List.of("smt-off"), left.consent);
        assertEquals(7, left.match.priority);
        assertEquals(20_000, left.budget.hiccupMaxNs);
        assertEquals("", left.evidence.measuredOn);
    }

    @Test
    void shouldLeaveNoEmptySection() {
        final String text =
                profiles()
                        .standalone(
                                "parent", "left", List.of("vm.swappiness", "vm.zone_reclaim_mode"));
        assertFalse(text.contains("sysctl"), text);
    }
}
