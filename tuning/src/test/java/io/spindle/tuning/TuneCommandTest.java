package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.cli.TuneCommand;

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

/** The commands as a person runs them, on machines that do not exist. */
class TuneCommandTest {
    private static final Path ROOT =
            Path.of(System.getProperty("spindle.root", "..")).toAbsolutePath();
    private static final Path PROFILES = ROOT.resolve("hw-profiles");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();

    private int tune(final String... arguments) {
        final String[] all = new String[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        final String[] options = {
            "--root",
            folder.toString(),
            "--profiles",
            PROFILES.toString(),
            "--journal",
            folder.resolve("journal").toString()
        };
        System.arraycopy(options, 0, all, arguments.length, options.length);
        out.getBuffer().setLength(0);
        return new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .setExecutionExceptionHandler(
                        (failure, line, result) -> {
                            line.getErr().println(failure.getMessage());
                            return 1;
                        })
                .execute(all);
    }

    private static SyntheticMachine machine(final String name) {
        return switch (name) {
            case "intel-2s" -> SyntheticMachine.intelTwoSockets();
            case "epyc" -> SyntheticMachine.epyc();
            case "desktop" -> SyntheticMachine.desktop();
            default -> SyntheticMachine.smallVm();
        };
    }

    /** To accept changed reports: -Dgolden.write=true. */
    @ParameterizedTest
    @CsvSource({
        "intel-2s, discover", "intel-2s, plan",
        "epyc, discover", "epyc, plan",
        "desktop, discover", "desktop, plan",
        "vm, discover", "vm, plan"
    })
    void shouldPrintTheGoldenReport(final String name, final String command) throws IOException {
        machine(name).writeTo(folder);
        final int code = tune(command);
        final String report = out + "exit " + code + "\n";
        final Path golden = GOLDEN.resolve(name + "-" + command + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, report);
        }
        assertEquals(Files.readString(golden), report);
    }

    @Test
    void shouldApplyVerifyAndRollBackToTheSameBytes() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        final String before = Files.readString(folder.resolve("proc/sys/vm/swappiness"));

        assertEquals(1, tune("verify"));
        assertEquals(0, tune("apply"), out::toString);
        assertEquals("0\n", Files.readString(folder.resolve("proc/sys/vm/swappiness")));
        assertEquals(0, tune("verify"), out::toString);
        assertEquals(0, tune("plan"), out::toString);

        assertEquals(0, tune("rollback"), out::toString);
        assertEquals(before, Files.readString(folder.resolve("proc/sys/vm/swappiness")));
        assertFalse(Files.exists(folder.resolve("journal")));
        assertEquals(0, tune("rollback"));
        assertTrue(out.toString().contains("nothing to roll back"));
    }

    @Test
    void shouldRestoreWhatThisBootBeganWith() throws IOException {
        final Path swappiness = folder.resolve("proc/sys/vm/swappiness");
        SyntheticMachine.smallVm().file(BOOT_ID, "boot-a").writeTo(folder);
        assertEquals(0, tune("apply"), out::toString);
        Files.writeString(folder.resolve(BOOT_ID.substring(1)), "boot-b\n");
        Files.writeString(swappiness, "30\n");

        assertEquals(1, tune("rollback"));
        assertTrue(out.toString().contains("is of another boot (boot-a)"), out::toString);
        assertTrue(out.toString().contains("--other-boot"), out::toString);
        assertEquals("30\n", Files.readString(swappiness));

        final Path kept = folder.resolve("journal.boot-a");
        assertEquals(0, tune("apply"), out::toString);
        assertTrue(out.toString().contains("kept as " + kept), out::toString);
        assertEquals("0\n", Files.readString(swappiness));
        assertEquals(0, tune("rollback"), out::toString);
        assertEquals("30\n", Files.readString(swappiness));

        Files.move(kept, folder.resolve("journal"));
        assertEquals(0, tune("rollback", "--other-boot"), out::toString);
        assertEquals("60\n", Files.readString(swappiness));
    }

    @Test
    void shouldAskBeforeItRestoresAJournalThatNamesNoBoot() throws IOException {
        SyntheticMachine.smallVm().file(BOOT_ID, "boot-a").writeTo(folder);
        assertEquals(0, tune("apply"), out::toString);
        final Path journal = folder.resolve("journal");
        final String whole = Files.readString(journal);
        Files.writeString(journal, whole.substring(whole.indexOf('\n') + 1));

        assertEquals(1, tune("rollback"));
        assertTrue(out.toString().contains("is of another boot (unknown)"), out::toString);
        assertEquals(0, tune("rollback", "--other-boot"), out::toString);
        assertEquals("60\n", Files.readString(folder.resolve("proc/sys/vm/swappiness")));
    }

    @Test
    void shouldChangeNothingOnADryRun() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        assertEquals(2, tune("apply", "--dry-run"));
        assertEquals("60\n", Files.readString(folder.resolve("proc/sys/vm/swappiness")));
    }

    @Test
    void shouldLintTheShippedProfiles() throws IOException {
        SyntheticMachine.desktop().writeTo(folder);
        assertEquals(1, tune("lint"));
        assertFalse(out.toString().contains("refused"), out::toString);
        assertTrue(out.toString().contains("nohz_full=${dp} is ignored"), out::toString);
        assertTrue(out.toString().contains("nobody has measured this profile"));
    }

    @Test
    void shouldSayWhatItLeavesToTheOwnerAndTheNextBoot() throws IOException {
        SyntheticMachine.intelTwoSockets().writeTo(folder);
        assertEquals(3, tune("apply"), out::toString);
        assertTrue(
                out.toString()
                        .contains(
                                "then reboot:\n  isolcpus=managed_irq,domain,8-9 rcu_nocbs=8-9"
                                        + " nohz_full=8-9\n"),
                out::toString);
        assertTrue(out.toString().contains("  consent: [smt-off]"), out::toString);
        assertEquals(
                "1\n", Files.readString(folder.resolve("sys/devices/system/cpu/cpu24/online")));
    }

    @Test
    void shouldCaptureWhatItDiscovers() throws IOException {
        SyntheticMachine.epyc()
                .file("/proc/sys/kernel/hostname", "host")
                .file("/sys/class/dmi/id/bios_version", "1.2")
                .file("/sys/class/ptp/ptp0/clock_name", "order0")
                .file("/sys/kernel/debug/sched/features", "GENTLE_FAIR_SLEEPERS")
                .writeTo(folder);
        assertEquals(0, tune("discover", "--json"));
        final String original = out.toString();
        final Path copy = folder.resolve("copy");
        assertEquals(0, tune("capture", copy.toString()));

        final StringWriter again = new StringWriter();
        new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(again))
                .execute("discover", "--json", "--root", copy.toString());
        assertEquals(original, again.toString());
    }

    @Test
    void shouldSayWhichProfilesThereAreWhenTheNameIsWrong() throws IOException {
        SyntheticMachine.epyc().writeTo(folder);
        assertEquals(1, tune("plan", "no-such"));
        assertTrue(out.toString().contains("known: base-linux"), out::toString);
    }

    @Test
    void shouldTeachWhenCalledWithoutACommand() {
        assertEquals(2, tune());
        assertTrue(out.toString().contains("A first hour:"));
    }
}
