package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tuner neither does nor asks for until the profile has the word for it. */
class ConsentTest {
    @TempDir Path folder;
    private Root root;

    @BeforeEach
    void buildMachine() throws IOException {
        root =
                SyntheticMachine.desktop()
                        .file("/sys/devices/system/cpu/smt/control", "on")
                        .file("/proc/sys/kernel/sched_rt_runtime_us", "950000")
                        .writeTo(folder.resolve("m"));
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
