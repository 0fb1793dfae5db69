package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Whatever step the tuner dies at, rollback restores every byte. */
class RollbackTest {
    private static final String PROFILE =
            "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n"
                    + "sysctl: { vm.stat_interval: '%s', vm.swappiness: '%s' }\n";

    private static final String ONE_SETTING =
            "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n"
                    + "sysctl: { vm.%s: '%s' }\n";

    private static final String VM = "/proc/sys/vm/";
    private static final String AT_STEP = "at the step";

    /** Two settings: journal each in four steps and write it, and done. */
    private static final int STEPS = 11;

    /** What the shell calls an end by SIGKILL, and what the JVM says of the child. */
    private static final int KILLED = 137;

    @TempDir Path folder;

    /** Child process: applies or rolls back, says that it has come to a step, and waits to die. */
    static final class DyingTuner {
        public static void main(final String[] args) throws IOException {
            final Root root = new Root(Path.of(args[0]));
            final int dieAt = Integer.parseInt(args[4]);
            final int[] step = {0};
            final Consumer<String> steps =
                    name -> {
                        if (step[0]++ == dieAt) {
                            System.out.println(AT_STEP);
                            LockSupport.park();
                        }
                    };
            final RollbackJournal journal = new RollbackJournal(Path.of(args[2]), root, steps);
            final Applier applier = new Applier(root, journal, steps);
            if (args[3].equals("rollback")) {
                applier.rollback();
            } else {
                applier.apply(plan(root, Path.of(args[1])));
            }
        }
    }

    private static Plan plan(final Root root, final Path profiles) {
        return Plan.of(new ProfileFolder(profiles).read("p"), Discovery.discover(root), root);
    }

    private int run(final Root root, final String what, final int dieAt) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(System.getProperty("spindle.jvm.flags", "").trim().split("\\s+")));
        command.removeIf(String::isBlank);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingTuner.class.getName(),
                        root.base().toString(),
                        folder.toString(),
                        journalFile().toString(),
                        what,
                        "" + dieAt));
        final Process process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("child.log").toFile())
                        .start();
        if (AT_STEP.equals(process.inputReader().readLine())) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private Path journalFile() {
        return folder.resolve("journal");
    }

    private RollbackJournal journal(final Root root) {
        return new RollbackJournal(journalFile(), root);
    }

    private static Map<String, String> contents(final Root root) throws IOException {
        final Map<String, String> contents = new TreeMap<>();
        for (final String name : List.of("stat_interval", "swappiness")) {
            final Path file = root.base().resolve("proc/sys/vm/" + name);
            contents.put(name, Files.readString(file));
        }
        return contents;
    }

    private static List<String> values(final Root root, final String... names) {
        return Stream.of(names).map(name -> root.read(VM + name).orElseThrow()).toList();
    }

    private static void assumeMaySet(final Root live, final String name) {
        final boolean may =
                live.writable(VM + name) && Discovery.discover(live).online().count() >= 2;
        if (!may) {
            System.out.println(
                    "skipped: real apply and rollback needs root and two CPUs; run the tests as root");
        }
        assumeTrue(may, "real apply and rollback needs root and two CPUs");
    }

    private void shouldSurviveDeathAtEveryStep(final Root root) throws Exception {
        final Map<String, String> before = contents(root);
        for (int dieAt = 0; dieAt <= STEPS; dieAt++) {
            final int code = run(root, "apply", dieAt);
            // Killed once more, in the rollback, before the one that finishes.
            run(root, "rollback", dieAt % 3);
            final List<Applier.Outcome> outcomes =
                    new Applier(root, journal(root), step -> {}).rollback();
            assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
            assertEquals(before, contents(root), "after death at step " + dieAt);
            assertFalse(Files.exists(journalFile()));
            assertEquals(dieAt < STEPS ? KILLED : 0, code, "step " + dieAt + ": " + log());
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("child.log"));
        } catch (final IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Each of these is a place to die at. */
    @Test
    void shouldSyncEveryOldValueBeforeItsSettingIsWritten() throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        Files.writeString(folder.resolve("p.yaml"), PROFILE.formatted("120", "0"));
        final List<String> steps = new ArrayList<>();
        new Applier(root, new RollbackJournal(journalFile(), root, steps::add), steps::add)
                .apply(plan(root, folder));
        final List<String> expected = new ArrayList<>();
        for (final String name : List.of("stat_interval", "swappiness")) {
            expected.addAll(
                    List.of(
                            "journal " + VM + name,
                            "append",
                            "sync",
                            "synced",
                            "write " + VM + name));
        }
        expected.add("done");
        assertEquals(expected, steps);
        assertEquals(STEPS, steps.size());
    }

    /** What the disk has of a line that was written and not synced, when the power goes. */
    @Test
    void shouldRestoreAFixtureWhateverPartOfAnUnsyncedLineIsLeft() throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        Files.writeString(folder.resolve("p.yaml"), PROFILE.formatted("120", "0"));
        final Map<String, String> before = contents(root);
        final List<byte[]> synced = new ArrayList<>();
        final Consumer<String> keep =
                step -> {
                    if (step.equals("append") || step.equals("sync")) {
                        synced.add(journalBytes());
                    }
                };
        new Applier(root, new RollbackJournal(journalFile(), root, keep), step -> {})
                .apply(plan(root, folder));
        final byte[] first = synced.get(1);
        final byte[] both = synced.get(3);
        for (int length = first.length; length <= both.length; length++) {
            Files.write(journalFile(), Arrays.copyOf(both, length));
            root.write(VM + "stat_interval", "120");
            root.write(VM + "swappiness", "60");
            assertTrue(
                    new Applier(root, journal(root), step -> {})
                            .rollback().stream().allMatch(Applier.Outcome::done));
            assertEquals(before, contents(root), length + " bytes");
        }
    }

    private byte[] journalBytes() {
        try {
            return Files.readAllBytes(journalFile());
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void shouldRestoreAFixtureAfterDeathAtEveryStep() throws Exception {
        Files.writeString(folder.resolve("p.yaml"), PROFILE.formatted("120", "0"));
        shouldSurviveDeathAtEveryStep(SyntheticMachine.smallVm().writeTo(folder.resolve("m")));
    }

    @Test
    void shouldRestoreTheRealMachineAfterDeathAtEveryStep() throws Exception {
        final Root live = Root.live();
        assumeMaySet(live, "stat_interval");
        final Map<String, String> before = contents(live);
        final long interval = Long.parseLong(before.get("stat_interval").strip());
        final long swappiness = Long.parseLong(before.get("swappiness").strip());
        Files.writeString(
                folder.resolve("p.yaml"),
                PROFILE.formatted(
                        "" + (interval + 1), "" + (swappiness == 0 ? 1 : swappiness - 1)));
        shouldSurviveDeathAtEveryStep(live);
    }

    /** The one in force goes first: the kernel takes no 0 for the other. */
    @ParameterizedTest
    @CsvSource({
        "dirty_background_bytes, dirty_background_ratio, dirty_background_bytes",
        "dirty_ratio, dirty_bytes, dirty_ratio",
        "dirty_ratio, dirty_ratio, dirty_bytes"
    })
    void shouldRestoreBothOfAPair(final String set, final String inForce, final String off)
            throws IOException {
        final Root root =
                SyntheticMachine.smallVm()
                        .file(VM + inForce, "10")
                        .file(VM + off, "0")
                        .writeTo(folder.resolve("m"));
        Files.writeString(folder.resolve("p.yaml"), ONE_SETTING.formatted(set, "30"));
        new Applier(root, journal(root), step -> {}).apply(plan(root, folder));
        // What the kernel does of itself, and a folder of files does not.
        root.write(VM + (set.equals(inForce) ? off : inForce), "0");

        final List<String> steps = new ArrayList<>();
        new Applier(root, journal(root), steps::add).rollback();
        assertEquals(
                List.of("restore " + VM + inForce, "restore " + VM + off, "delete journal"), steps);
        assertEquals(List.of("10", "0"), values(root, inForce, off));
    }

    @Test
    void shouldRestoreBothOfAPairOnTheRealMachine() throws IOException {
        final Root live = Root.live();
        final String bytes = "dirty_background_bytes";
        final String ratio = "dirty_background_ratio";
        assumeMaySet(live, bytes);
        final List<String> before = values(live, bytes, ratio);
        final String other = "" + (Long.parseLong(before.getFirst()) + (64L << 20));
        Files.writeString(folder.resolve("p.yaml"), ONE_SETTING.formatted(bytes, other));
        new Applier(live, journal(live), step -> {}).apply(plan(live, folder));
        final List<String> applied = values(live, bytes, ratio);
        final List<Applier.Outcome> outcomes =
                new Applier(live, journal(live), step -> {}).rollback();
        assertTrue(outcomes.stream().allMatch(Applier.Outcome::done), outcomes::toString);
        assertEquals(List.of(other, "0"), applied);
        assertEquals(before, values(live, bytes, ratio));
        assertFalse(Files.exists(journalFile()));
    }

    @Test
    void shouldReportASettingThatRefusesAndGoOn() throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        Files.writeString(folder.resolve("p.yaml"), PROFILE.formatted("120", "0"));
        final Plan plan = plan(root, folder);
        final Path gone = root.base().resolve("proc/sys/vm/stat_interval");
        final List<Applier.Outcome> outcomes =
                new Applier(
                                root,
                                journal(root),
                                step -> {
                                    if (step.equals("write /proc/sys/vm/stat_interval")) {
                                        gone.toFile().delete();
                                    }
                                })
                        .apply(plan);
        assertEquals(List.of(false, true), outcomes.stream().map(Applier.Outcome::done).toList());
        assertEquals("0\n", Files.readString(root.base().resolve("proc/sys/vm/swappiness")));
    }

    @Test
    void shouldIgnoreATornLastLineAndRefuseADamagedOne() throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        Files.writeString(folder.resolve("p.yaml"), PROFILE.formatted("120", "0"));
        new Applier(root, journal(root), step -> {}).apply(plan(root, folder));
        final String whole = Files.readString(journalFile());

        Files.writeString(journalFile(), whole.substring(0, whole.length() - 3));
        assertEquals(
                List.of("/proc/sys/vm/stat_interval"),
                List.copyOf(journal(root).entries().keySet()));

        Files.writeString(journalFile(), "x" + whole.substring(1));
        assertTrue(
                assertThrows(IOException.class, () -> journal(root).entries())
                        .getMessage()
                        .contains("journal:1: damaged line"));
    }
}
