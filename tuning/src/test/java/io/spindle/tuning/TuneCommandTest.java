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
import java.util.List;
import java.util.regex.Pattern;

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
    void shouldWriteASelfContainedReport() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        final Path page = folder.resolve("report.html");
        assertEquals(0, tune("report", "--seconds", "0.2", "-o", page.toString()), out::toString);
        final String html = Files.readString(page);
        assertTrue(html.contains("<svg"));
        assertTrue(html.contains("/proc/sys/vm/swappiness"));
        assertTrue(html.contains("Findings by measured effect"));
        assertTrue(html.contains("class=\"box cpu dp\">cpu 1<br><small>trading"), html);
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("src=\"http"));
    }

    @Test
    void shouldSearchAndPutEverythingBack() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        Files.writeString(
                folder.resolve("one.yaml"),
                "name: one\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n"
                        + "sysctl: { vm.swappiness: '0' }\n");
        final Path kept = folder.resolve("searched.yaml");
        assertEquals(
                0,
                tune(
                        "search",
                        folder.resolve("one.yaml").toString(),
                        "--rounds",
                        "8",
                        "--seconds",
                        "0.01",
                        "-o",
                        kept.toString()),
                out::toString);
        assertTrue(out.toString().contains("/proc/sys/vm/swappiness"), out::toString);
        assertEquals("60\n", Files.readString(folder.resolve("proc/sys/vm/swappiness")));
        assertFalse(Files.exists(folder.resolve("journal")));
        assertTrue(Files.readString(kept).contains("name: searched"));
        assertTrue(List.of(0, 2).contains(tune("plan", kept.toString())), out::toString);
    }

    @Test
    void shouldSearchOnWhenASettingRefuses() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        final Path refusing = folder.resolve("proc/sys/vm/swappiness");
        Files.delete(refusing);
        // A kernel file that anybody may write for himself, and that takes 1000 at most.
        Files.createSymbolicLink(refusing, Path.of("/proc/self/oom_score_adj"));
        final Path profile = folder.resolve("two.yaml");
        Files.writeString(
                profile,
                "name: two\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n"
                        + "sysctl: { vm.swappiness: '5000', vm.stat_interval: '120' }\n");
        assertEquals(
                0,
                tune("search", profile.toString(), "--rounds", "8", "--seconds", "0.01"),
                out::toString);
        assertTrue(out.toString().contains("/proc/sys/vm/stat_interval round 8/8"), out::toString);
        assertTrue(out.toString().contains("refused: java.io.IOException"), out::toString);
        assertEquals("1\n", Files.readString(folder.resolve("proc/sys/vm/stat_interval")));
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    @Test
    void shouldSayWhenThereIsNothingToTry() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        tune("apply");
        Files.delete(folder.resolve("journal"));
        assertEquals(0, tune("search"), out::toString);
        assertTrue(out.toString().contains("nothing to try"), out::toString);
    }

    @Test
    void shouldMeasureEveryCpuAsked() throws IOException {
        SyntheticMachine.smallVm().writeTo(folder);
        assertEquals(0, tune("measure", "--seconds", "0.2", "--cpus", "0"), out::toString);
        assertTrue(out.toString().contains("P99.99"), out::toString);
        final Pattern row = Pattern.compile("(?m)^0\\b.*\\d (ns|µs|ms) .*\\d %$");
        assertTrue(row.matcher(out.toString()).find(), out::toString);
    }

    @Test
    void shouldCaptureWhatItDiscovers() throws IOException {
        SyntheticMachine.epyc().writeTo(folder);
        assertEquals(0, tune("discover", "--json"));
        final String original = out.toString();
        final Path copy = folder.resolve("copy");
        assertEquals(0, tune("capture", copy.toString()));

        final StringWriter again = new StringWriter();
        // The kernel configuration in /boot is outside the capture; the compressed one of /proc is
        // in it.
        new CommandLine(new TuneCommand())
                .setOut(new PrintWriter(again))
                .execute("discover", "--json", "--root", copy.toString());
        assertEquals(
                original.replaceAll("(?s)\"config\" : \\{.*?\\}", "")
                        .replaceAll("(?s)\"notSeen\".*", ""),
                again.toString()
                        .replaceAll("(?s)\"config\" : \\{.*?\\}", "")
                        .replaceAll("(?s)\"notSeen\".*", ""));
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
