package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tuner neither does nor asks for until the profile has the word for it. */
class ConsentTest {
    private static final String FAIR_SERVER = "/sys/kernel/debug/sched/fair_server/cpu1/";

    @TempDir Path folder;
    private Root root;

    @BeforeEach
    void buildMachine() throws IOException {
        root =
                SyntheticMachine.desktop()
                        .file("/sys/devices/system/cpu/smt/control", "on")
                        .file("/sys/devices/system/cpu/cpu7/hotplug/target", "238")
                        .file("/proc/sys/kernel/sched_rt_runtime_us", "950000")
                        .file("/proc/sys/kernel/sched_rt_period_us", "1000000")
                        .file(FAIR_SERVER + "runtime", "50000000")
                        .file(FAIR_SERVER + "period", "1000000000")
                        .file("/sys/module/kvm/parameters/nx_huge_pages", "Y")
                        .file("/sys/module/kvm_intel/parameters/vmentry_l1d_flush", "cond")
                        .writeTo(folder.resolve("m"));
        final Path devices = root.base().resolve("sys/bus/cpu/devices");
        Files.createDirectories(devices);
        Files.createSymbolicLink(
                devices.resolve("cpu7"), Path.of("../../../devices/system/cpu/cpu7"));
    }

    private Plan plan(final String line, final String consent) throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                """
                        + (consent.isEmpty() ? "" : "consent: [" + consent + "]\n")
                        + line
                        + "\n");
        return Plan.of(new ProfileFolder(folder).read("p"), Discovery.discover(root), root);
    }

    private static List<Plan.Verdict> verdicts(final Plan plan) {
        return plan.items().stream().map(Plan.Item::verdict).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    mitigations-off | kernelArgs: ['mitigations=off']                  | REBOOT
                    mitigations-off | kernelArgs: ['spectre_v2=off']                   | REBOOT
                    smt-off         | kernelArgs: ['nosmt']                            | REBOOT
                    smt-off         | kernelArgs: ['mitigations=auto,nosmt']           | REBOOT
                    smt-off         | sysfs: {/sys/devices/system/cpu/smt/control: off} | CHANGE
                    smt-off         | sysfs: {/sys/devices/system/cpu/cpu7/online: '0'} | CHANGE
                    rt-unlimited    | sysctl: {kernel.sched_rt_runtime_us: '-1'}       | CHANGE
                    """)
    void shouldWaitForTheWord(final String word, final String line, final Plan.Verdict given)
            throws IOException {
        final Plan without = plan(line, "");
        assertEquals(List.of(Plan.Verdict.NEEDS_CONSENT), verdicts(without));
        assertEquals(List.of(word), without.missingConsents());
        assertEquals(3, without.exitCode());
        assertEquals(List.of(given), verdicts(plan(line, word)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/bus/cpu/devices/cpu7/online",
                "/sys/bus/cpu/devices/cpu*/online",
                "/sys/devices/system/cpu//cpu7/online",
                "/sys/devices/system/cpu/./cpu7/online",
                "/sys/devices/system/cpu/smt/../cpu7/online",
                "//sys/devices/system/cpu/smt/./control",
                "/sys/devices/system/cpu/cpu7/hotplug/target",
                "/sys/bus/cpu/devices/cpu7/hotplug/target"
            })
    void shouldKnowASiblingByWhateverPath(final String path) throws IOException {
        final String line = "sysfs: { '" + path + "': '0' }";
        assertEquals(List.of("smt-off"), plan(line, "").missingConsents());
        assertEquals(List.of(Plan.Verdict.CHANGE), verdicts(plan(line, "smt-off")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sysctl: { kernel.sched_rt_period_us: '950000' }",
                "sysfs: { " + FAIR_SERVER + "runtime: '0' }",
                "sysfs: { " + FAIR_SERVER + "period: '100' }"
            })
    void shouldKnowWhateverUnbindsRealTime(final String line) throws IOException {
        assertEquals(List.of("rt-unlimited"), plan(line, "").missingConsents());
        assertEquals(List.of(Plan.Verdict.CHANGE), verdicts(plan(line, "rt-unlimited")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sysctl.kernel.sched_rt_runtime_us=-1",
                "sysctl/kernel/sched_rt_runtime_us=-1",
                "sysctl.kernel..sched_rt_period_us=950000",
                "\"sysctl.kernel.sched_rt_runtime_us=-1\""
            })
    void shouldKnowAFileThatIsWrittenAtBoot(final String argument) throws IOException {
        assertAsked("rt-unlimited", argument);
    }

    @ParameterizedTest
    @CsvSource({
        "kvm/parameters/nx_huge_pages, never, NEEDS_CONSENT",
        "kvm/parameters/nx_huge_pages, f, NEEDS_CONSENT",
        "kvm/parameters/nx_huge_pages, force, CHANGE",
        "kvm_intel/parameters/vmentry_l1d_flush, never, NEEDS_CONSENT",
        "kvm_intel/parameters/vmentry_l1d_flush, always, CHANGE"
    })
    void shouldAskForAModuleAsForItsBootArgument(
            final String parameter, final String value, final Plan.Verdict verdict)
            throws IOException {
        final String line = "sysfs: { /sys/module/" + parameter + ": '" + value + "' }";
        final Plan plan = plan(line, "");
        assertEquals(List.of(verdict), verdicts(plan));
        assertEquals(
                verdict == Plan.Verdict.CHANGE ? List.of() : List.of("mitigations-off"),
                plan.missingConsents());
        assertEquals(List.of(Plan.Verdict.CHANGE), verdicts(plan(line, "mitigations-off")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mitigations=off",
                "mitigations=auto;no_user_kernel",
                "gather_data_sampling=off",
                "indirect_target_selection=off",
                "pti=off",
                "kpti=0",
                "kvm.nx_huge_pages=off",
                "kvm.nx_huge_pages=never",
                "kvm.nx_huge_pages=N",
                "kvm.nx_huge_pages=F",
                "kvm.nx_huge_pages=Off",
                "kvm-intel.vmentry_l1d_flush=never",
                "l1tf=off",
                "mds=off",
                "mmio_stale_data=off",
                "nopti",
                "nospec_store_bypass_disable",
                "nospectre_bhb",
                "nospectre_v1",
                "nospectre_v2",
                "reg_file_data_sampling=off",
                "retbleed=off",
                "spec_rstack_overflow=off",
                "spec-store-bypass-disable=off",
                "spec_store_bypass_disable=off",
                "spectre_bhi=off",
                "spectre_v2=off",
                "spectre_v2_user=off",
                "srbds=off",
                "tsa=off",
                "tsx_async_abort=off",
                "vmscape=off",
                "\"mds=off\""
            })
    void shouldAskBeforeAProtectionGoes(final String argument) throws IOException {
        assertAsked("mitigations-off", argument);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosmt",
                "nosmt=force",
                "nosmp",
                "maxcpus=4",
                "nr_cpus=4",
                "possible_cpus=4",
                "mitigations=auto,nosmt",
                "mds=full,nosmt",
                "tsx_async_abort=full,nosmt",
                "mmio_stale_data=full,nosmt",
                "retbleed=auto,nosmt",
                "l1tf=flush,nosmt",
                "l1tf=full",
                "l1tf=full,force"
            })
    void shouldAskBeforeThreadsGo(final String argument) throws IOException {
        assertAsked("smt-off", argument);
    }

    private void assertAsked(final String word, final String argument) throws IOException {
        final String line = "kernelArgs: ['" + argument + "']";
        assertEquals(List.of(word), plan(line, "").missingConsents());
        assertEquals(List.of(Plan.Verdict.REBOOT), verdicts(plan(line, word)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mitigations=auto",
                "mds=full",
                "l1tf=flush",
                "retbleed=auto",
                "spectre_bhi=on",
                "gather_data_sampling=force",
                "kvm.nx_huge_pages=force",
                "isolcpus=managed_irq,domain,1",
                "sysctl.vm.swappiness=0",
                "quieter"
            })
    void shouldAskForNothingElse(final String argument) throws IOException {
        assertEquals(
                List.of(Plan.Verdict.REBOOT),
                verdicts(plan("kernelArgs: ['" + argument + "']", "")));
    }

    /** Behind another one a dangerous one would not be seen. */
    @Test
    void shouldTakeOneArgumentAtATime() {
        assertEquals(
                "p.yaml:4: kernelArgs[0]: expected one argument without white space,"
                        + " found 'quieter mitigations=off'",
                assertThrows(
                                InvalidProfileException.class,
                                () -> plan("kernelArgs: ['quieter mitigations=off']", ""))
                        .getMessage());
    }

    @Test
    void shouldNeedNoneForWhatHolds() throws IOException {
        root.write("/proc/cmdline", "quiet nosmt");
        assertEquals(List.of(Plan.Verdict.HOLDS), verdicts(plan("kernelArgs: ['nosmt']", "")));
    }

    @Test
    void shouldTellNobodyToBootWithWhatLacksTheWord() throws IOException {
        plan("kernelArgs: ['mitigations=off', 'quieter']", "");
        final StringWriter out = new StringWriter();
        new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(out))
                .execute(
                        "plan",
                        folder.resolve("p.yaml").toString(),
                        "--root",
                        root.base().toString());
        final String said = out.toString();
        assertTrue(said.contains("command line, then reboot:\n  quieter\n"), said);
        assertTrue(said.contains("  consent: [mitigations-off]"), said);
        assertFalse(said.contains("  mitigations=off quieter"), said);
    }
}
