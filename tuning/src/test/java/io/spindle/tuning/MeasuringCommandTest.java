package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.search.LostTime;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The commands that measure, on the machine that runs the tests. What is searched there is a file
 * of the test's own, and what refuses a value is one of its process.
 */
class MeasuringCommandTest {
    private static final Path PROFILES =
            Path.of(System.getProperty("spindle.root", ".."))
                    .toAbsolutePath()
                    .resolve("hw-profiles");

    /** Anybody may write it for himself, 1000 at most. */
    private static final String REFUSING = "/proc/self/oom_score_adj";

    private static final String START =
            "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true, nearNic: true } }\n";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();

    private int tune(final Path root, final String... arguments) {
        final String[] all = new String[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        final String[] options = {
            "--root", root.toString(),
            "--profiles", PROFILES.toString(),
            "--journal", folder.resolve("journal").toString()
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

    private int here(final String... arguments) {
        return tune(Path.of("/"), arguments);
    }

    private String profile(final String lines) throws IOException {
        final Path file = folder.resolve("p.yaml");
        Files.writeString(file, START + lines);
        return file.toString();
    }

    /** Made with the value 60. */
    private String setting() throws IOException {
        final Path file = folder.resolve("setting");
        Files.writeString(file, "60\n");
        return file.toString();
    }

    private static String now(final String path) {
        return Root.live().read(path).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"measure", "score", "report", "search"})
    void shouldNotMeasureThisMachineForAnother(final String command) throws IOException {
        SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        assertEquals(2, tune(folder.resolve("m"), command), out::toString);
        assertTrue(out.toString().contains("leave out --root"), out::toString);
    }

    @Test
    void shouldMeasureEveryCpuAsked() {
        assertEquals(0, here("measure", "--seconds", "0.2", "--cpus", "0"), out::toString);
        assertTrue(out.toString().contains("P99.99"), out::toString);
        final Pattern row = Pattern.compile("(?m)^0\\b.*\\d (ns|µs|ms) .*\\d %$");
        assertTrue(row.matcher(out.toString()).find(), out::toString);
    }

    @Test
    void shouldWriteASelfContainedReport() throws IOException {
        final Path page = folder.resolve("report.html");
        final String profile = profile("sysctl: { vm.swappiness: '199' }\n");
        assertEquals(
                0,
                here("report", profile, "--seconds", "0.2", "-o", page.toString()),
                out::toString);
        final String html = Files.readString(page);
        assertTrue(html.contains("<svg"));
        assertTrue(html.contains("/proc/sys/vm/swappiness"));
        assertTrue(html.contains("Findings by measured effect"));
        final Pattern core = Pattern.compile("class=\"box cpu dp\">cpu \\d+<br><small>trading");
        assertTrue(core.matcher(html).find(), html);
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("src=\"http"));
    }

    @Test
    void shouldScoreTimesFromWireToWireToo() throws IOException {
        final String profile = profile("budget: { wireToWireP99Ns: 1000 }\n");
        final Histogram times = new Histogram(3);
        times.recordValue(2_000);
        final Path log = folder.resolve("wire.hlog");
        try (PrintStream stream = new PrintStream(log.toFile())) {
            new HistogramLogWriter(stream).outputIntervalHistogram(0, 1, times, 1);
        }
        assertEquals(
                1,
                here("score", profile, "--seconds", "0.05", "--hlog", log.toString()),
                out::toString);
        assertTrue(
                out.toString().contains("missed    wire to wire p99, ns: 2,000, budget 1,000"),
                out::toString);
        assertEquals(1, here("score", profile, "--hlog", profile));
        assertTrue(out.toString().contains("p.yaml: interval 1 cannot be read"), out::toString);
    }

    @Test
    void shouldSearchPutEverythingBackAndWriteWhatIsLeftOfTheProfile() throws IOException {
        final String setting = setting();
        final String profile =
                profile(
                        "consent: [smt-off, rt-unlimited]\n"
                                + "jvm: { trading: ['-Xmx256m'] }\n"
                                + "kernelArgs: ['isolcpus=managed_irq,domain,${dp}']\n"
                                + "sysctl: { vm.swappiness: '%s' }\n"
                                        .formatted(now("/proc/sys/vm/swappiness"))
                                + "sysfs: { %s: '0' }\n".formatted(setting));
        final Path file = folder.resolve("searched.yaml");
        assertEquals(
                0,
                here("search", profile, "--seconds", "0.01", "-o", file.toString()),
                out::toString);
        assertTrue(out.toString().contains("1 lines, 9 rounds of 4 times"), out::toString);
        assertTrue(out.toString().contains("95 % INTERVAL"), out::toString);
        assertEquals("60", now(setting));
        assertFalse(Files.exists(folder.resolve("journal")));

        final HwProfile left = new ProfileFolder(PROFILES).read(file.toString());
        assertEquals("searched", left.name);
        assertTrue(left.layout.get("trading").nearNic);
        assertEquals(List.of("smt-off", "rt-unlimited"), left.consent);
        assertEquals(List.of("-Xmx256m"), left.jvm.get("trading"));
        assertEquals(List.of("isolcpus=managed_irq,domain,${dp}"), left.kernelArgs);
        assertTrue(left.sysctl.containsKey("vm.swappiness"), "it held while the rest was tried");
        assertEquals(out.toString().contains(" helps"), left.sysfs.containsKey(setting));
    }

    @Test
    void shouldSearchOnWhenASettingRefuses() throws IOException {
        final String setting = setting();
        final String before = now(REFUSING);
        final String profile =
                profile("sysfs: { %s: '5000', %s: '0' }\n".formatted(REFUSING, setting));
        assertEquals(0, here("search", profile, "--seconds", "0.01"), out::toString);
        assertTrue(out.toString().contains(setting + " round 9/9"), out::toString);
        assertTrue(out.toString().contains("refused: java."), out::toString);
        assertEquals("60", now(setting));
        assertEquals(before, now(REFUSING));
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    @Test
    void shouldNotBeginASearchThatCanProveNothing() throws IOException {
        final String setting = setting();
        final String profile = profile("sysfs: { %s: '0' }\n".formatted(setting));
        assertEquals(2, here("search", profile, "--rounds", "5"), out::toString);
        assertTrue(out.toString().contains("can prove nothing of 1 lines"), out::toString);
        assertEquals("60", now(setting));
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    @Test
    void shouldNotSearchWithoutACpuToMeasure() throws IOException {
        final Path file = folder.resolve("p.yaml");
        Files.writeString(file, "name: p\nschema: 1\nsysfs: { %s: '0' }\n".formatted(setting()));
        assertEquals(
                1,
                here("search", file.toString(), "-o", folder.resolve("left.yaml").toString()),
                out::toString);
        assertTrue(out.toString().contains("the profile isolates no role"), out::toString);
        assertFalse(Files.exists(folder.resolve("left.yaml")));
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    /** No machine that runs the tests has so many. */
    @Test
    void shouldTakeNoFigureOfAThreadThatIsNotPinned() throws InterruptedException, IOException {
        final LostTime none = new LostTime(CpuSet.of(1023), 0);
        assertTrue(none.whyNot().orElseThrow().startsWith("cpu 1023 cannot be measured"));
        assertThrows(IOException.class, none::measure);
        final LostTime first =
                new LostTime(CpuSet.of(CpuSet.ofCallingThread().toList().getFirst()), 0);
        assertEquals(Optional.empty(), first.whyNot());
        assertTrue(first.measure() >= 1);
    }

    @Test
    void shouldSayBeforeASearchThatItsProfileCannotBeWritten() throws IOException {
        final String profile = profile("sysfs: { %s: '0' }\n".formatted(setting()));
        for (final Path file : List.of(folder.resolve("none/left.yaml"), folder)) {
            assertEquals(2, here("search", profile, "-o", file.toString()), out::toString);
            assertTrue(out.toString().contains("no file can be written there"), out::toString);
            assertFalse(out.toString().contains(" round 1/"), out::toString);
        }
        assertFalse(Files.exists(folder.resolve("journal")));
    }

    @Test
    void shouldSayWhenThereIsNothingToTry() throws IOException {
        final String profile = profile("sysfs: { %s: '60' }\n".formatted(setting()));
        assertEquals(0, here("search", profile), out::toString);
        assertTrue(out.toString().contains("nothing to try"), out::toString);
    }
}
