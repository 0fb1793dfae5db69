package io.spindle.mgmt.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real processes; each sleeps and carries a command of ours in its command line. */
@Timeout(60)
class SupervisorTest {
    private static final List<String> STOP_ORDER = List.of("second", "first");
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir private Path data;
    private final List<String> reports = new ArrayList<>();
    private RunFolder folder;

    @BeforeEach
    void folder() {
        folder = RunFolder.of(data);
    }

    @Test
    void shouldStartChildrenAndNoteTheirPids() throws IOException {
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            supervisor.poll();
            assertEquals(supervisor.pids().get("first"), started("first").pid());
            assertEquals(
                    ProcessHandle.current().pid() + "\n",
                    Files.readString(folder.pidFile(RunFolder.SUPERVISOR)));
            assertEquals(List.of(), reports);
        }
    }

    @Test
    void shouldStartAKilledChildAgainAndLeaveTheOtherAlone() throws IOException {
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            supervisor.poll();
            final long other = supervisor.pids().get("second");
            started("first").destroyForcibly();
            pollUntil(supervisor, () -> supervisor.starts("first") == 2);
            assertEquals(1, supervisor.starts("second"));
            assertEquals(other, supervisor.pids().get("second"));
            assertTrue(reports.getFirst().contains("ended with code 137"), reports.toString());
        }
    }

    @Test
    void shouldEndAllChildrenAndRemoveTheirPidFilesOnClose() throws IOException {
        final Supervisor supervisor = open(sleeper("first"), sleeper("second"));
        supervisor.poll();
        final ProcessHandle first = started("first");
        supervisor.close();
        assertFalse(first.isAlive());
        try (var files = Files.list(folder.path())) {
            assertEquals(
                    List.of("first.log", "second.log", "supervisor.lock"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldEndOrphansOfADeadSupervisorBeforeStarting() throws IOException {
        final Process orphan = new ProcessBuilder(sleeper("first")).start();
        folder.write("first", orphan.pid());
        assertEquals(orphan.pid(), started("first").pid());
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            assertFalse(orphan.isAlive());
            supervisor.poll();
            assertEquals(1, reports.size());
        }
    }

    /** The one before was killed between the start of a child and the writing of its number. */
    @Test
    void shouldEndAnOrphanThatNobodyNoted() throws IOException {
        final Process orphan = new ProcessBuilder(sleeper("first")).start();
        folder.write("first", orphan.pid());
        assertEquals(orphan.pid(), started("first").pid());
        folder.remove("first");
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            assertFalse(orphan.isAlive());
            supervisor.poll();
            assertEquals(1, reports.size());
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void shouldRefuseWhileAnotherSupervisorLives() throws IOException {
        final Process other = new ProcessBuilder(sleeper("run")).start();
        try {
            folder.write(RunFolder.SUPERVISOR, other.pid());
            assertEquals(other.pid(), started(RunFolder.SUPERVISOR).pid());
            assertTrue(refusal().contains("pid " + other.pid()));
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void shouldRefuseBeforeItTouchesAnythingWhileAnotherSupervisorStarts() throws IOException {
        final Process child = new ProcessBuilder(sleeper("first")).start();
        try (FileChannel lock = folder("first", child).tryLock("supervisor").orElseThrow()) {
            assertEquals(child.pid(), started("first").pid());
            assertTrue(refusal().startsWith("already running on this data folder"));
            assertTrue(lock.isOpen() && child.isAlive());
            assertFalse(Files.exists(folder.pidFile(RunFolder.SUPERVISOR)));
            assertEquals(child.pid() + "\n", Files.readString(folder.pidFile("first")));
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void shouldOpenTheFolderOnceAtATime() throws IOException {
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            assertEquals(0, supervisor.starts("first"));
            assertTrue(refusal().startsWith("already running on this data folder"));
        }
        open(sleeper("first"), sleeper("second")).close();
    }

    @Test
    void shouldNotTakeAStrangerForAProcessOfOurs() throws IOException {
        final Process stranger = new ProcessBuilder("sleep", "100").start();
        try {
            folder.write("first", stranger.pid());
            assertTrue(folder.find("first").isEmpty());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveAloneWhatRunsOnAnotherFolderOrUnderAnotherName() throws IOException {
        final Path other = Files.createDirectory(data.resolve("other"));
        for (final List<String> command :
                List.of(
                        sleeper("trading", "--data", "/other"),
                        sleeper("first", "--data", other.toString()),
                        sleeper("first", "--data=" + other),
                        sleeper("first", "--port-base", "1"),
                        sleeper("trading"))) {
            final Process stranger = new ProcessBuilder(command).start();
            try {
                awaitWords(stranger);
                folder("first", stranger);
                assertTrue(folder.find("first").isEmpty(), command.toString());
                open(sleeper("first"), sleeper("second")).close();
                assertTrue(stranger.isAlive(), command.toString());
            } finally {
                stranger.destroyForcibly();
            }
        }
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldFindASupervisorByTheFolderThatItWasStartedIn() throws IOException {
        final Path here = Files.createDirectory(data.resolve("data"));
        final Process supervisor =
                new ProcessBuilder(sleeper("run", "--port-base", "1"))
                        .directory(data.toFile())
                        .start();
        try {
            awaitWords(supervisor);
            folder = RunFolder.of(here);
            folder.write(RunFolder.SUPERVISOR, supervisor.pid());
            assertTrue(folder.find(RunFolder.SUPERVISOR).isPresent());
            final RunFolder copy = RunFolder.of(data.resolve("copy"));
            copy.write(RunFolder.SUPERVISOR, supervisor.pid());
            assertTrue(copy.find(RunFolder.SUPERVISOR).isEmpty());
        } finally {
            supervisor.destroyForcibly();
        }
    }

    @Test
    void shouldGoByTheAgeOfASupervisorThatDoesNotTellItsFolder() throws IOException {
        final Process supervisor = new ProcessBuilder(sleeper("run", "@options")).start();
        try {
            awaitWords(supervisor);
            final Path pidFile = folder(RunFolder.SUPERVISOR, supervisor).pidFile("supervisor");
            final Instant now = Instant.now();
            Files.setLastModifiedTime(pidFile, FileTime.from(now.plusSeconds(60)));
            assertTrue(folder.find(RunFolder.SUPERVISOR).isPresent());
            Files.setLastModifiedTime(pidFile, FileTime.from(now.minusSeconds(60)));
            assertTrue(folder.find(RunFolder.SUPERVISOR).isEmpty());
        } finally {
            supervisor.destroyForcibly();
        }
    }

    @Test
    void shouldKeepTheOthersWhenOneCannotBeStarted() throws IOException {
        try (Supervisor supervisor = open(List.of("/nonexistent"), sleeper("second"))) {
            supervisor.poll();
            assertTrue(started("second").isAlive());
            assertEquals(0, supervisor.starts("first"));
            assertEquals(-1L, supervisor.pids().get("first"));
            pollUntil(supervisor, () -> reports.size() == 3);
            assertTrue(reports.getFirst().startsWith("first does not start"), reports.toString());
            assertTrue(reports.getFirst().contains("/nonexistent"), reports.toString());
            assertTrue(reports.getLast().endsWith("again in 400 ms"), reports.toString());
            assertEquals(1, supervisor.starts("second"));
        }
    }

    @Test
    void shouldLetLiveWhosePidFileCannotBeWrittenAndWriteItLater() throws IOException {
        final Path inTheWay = folder.pidFile("first").resolve("file");
        Files.createDirectories(inTheWay);
        try (Supervisor supervisor = open(sleeper("first"), sleeper("second"))) {
            supervisor.poll();
            supervisor.poll();
            assertTrue(started("second").isAlive());
            assertEquals(1, reports.size(), reports.toString());
            assertTrue(reports.getFirst().contains("first.pid"), reports.toString());
            Files.delete(inTheWay);
            Files.delete(folder.pidFile("first"));
            supervisor.poll();
            assertEquals(supervisor.pids().get("first"), started("first").pid());
            assertEquals(1, supervisor.starts("first"));
        }
    }

    @Test
    void shouldEndAllThoughAPidFileCannotBeRemoved() throws IOException {
        final Path inTheWay = folder.pidFile("second").resolve("file");
        Files.createDirectories(inTheWay);
        final Supervisor supervisor = open(sleeper("first"), sleeper("second"));
        supervisor.poll();
        final ProcessHandle first = started("first");
        supervisor.close();
        assertFalse(first.isAlive());
        assertFalse(Files.exists(folder.pidFile(RunFolder.SUPERVISOR)));
        assertTrue(reports.getLast().startsWith("cannot remove"), reports.toString());
    }

    @Test
    void shouldRefuseAStopOrderThatForgetsAChild() {
        final var commands = new LinkedHashMap<String, List<String>>();
        commands.put("first", sleeper("first"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Supervisor(folder, commands, STOP_ORDER, reports::add));
    }

    @Test
    void shouldWaitLongerEachTimeAChildDiesYoungAndForgiveAGoodLife() {
        final Backoff backoff = new Backoff();
        assertEquals(0, backoff.afterDeathMs(1));
        assertEquals(200, backoff.afterDeathMs(1));
        assertEquals(400, backoff.afterDeathMs(1));
        for (int i = 0; i < 10; i++) {
            backoff.afterDeathMs(1);
        }
        assertEquals(Backoff.LONGEST_MS, backoff.afterDeathMs(1));
        assertEquals(0, backoff.afterDeathMs(Backoff.GOOD_LIFE_MS));
    }

    private Supervisor open(final List<String> first, final List<String> second)
            throws IOException {
        final SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("first", first);
        commands.put("second", second);
        final Supervisor supervisor = new Supervisor(folder, commands, STOP_ORDER, reports::add);
        supervisor.open();
        return supervisor;
    }

    private String refusal() {
        return assertThrows(
                        IllegalStateException.class,
                        () -> open(sleeper("first"), sleeper("second")))
                .getMessage();
    }

    /** The folder, with a process noted in it. */
    private RunFolder folder(final String name, final Process process) {
        folder.write(name, process.pid());
        return folder;
    }

    /** Between fork and exec a new process does not show its own command line yet. */
    private ProcessHandle started(final String name) {
        await(() -> folder.find(name).isPresent(), name + " was not found");
        return folder.find(name).orElseThrow();
    }

    private static void awaitWords(final Process process) {
        await(() -> Identity.of(process.toHandle()).isPresent(), process + " did not show itself");
    }

    private static void await(final BooleanSupplier done, final String otherwise) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            assertTrue(deadlineNs - System.nanoTime() > 0, otherwise + " within 30 s");
            Thread.onSpinWait();
        }
    }

    private List<String> sleeper(final String command) {
        return sleeper(command, "--data", data.toString());
    }

    /** It waits for what nobody writes, without a process of its own for that. */
    private static List<String> sleeper(final String command, final String... options) {
        final List<String> words =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "read -t 100 <> <(:)",
                                "io.spindle.mgmt.cli.SpindleMain",
                                command));
        words.addAll(List.of(options));
        return words;
    }

    private static void pollUntil(final Supervisor supervisor, final BooleanSupplier done) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            assertTrue(deadlineNs - System.nanoTime() > 0, "not within 30 s");
            supervisor.poll();
            Thread.onSpinWait();
        }
    }
}
