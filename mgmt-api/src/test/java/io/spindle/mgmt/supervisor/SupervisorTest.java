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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real processes; each is a {@code sleep} that carries our main class in its command line. */
@Timeout(60)
class SupervisorTest {
    private static final List<String> STOP_ORDER = List.of("second", "first");

    @TempDir private Path data;
    private final List<String> reports = new ArrayList<>();
    private RunFolder folder;

    @BeforeEach
    void folder() {
        folder = RunFolder.of(data);
    }

    @Test
    void shouldStartChildrenAndNoteTheirPids() throws IOException {
        try (Supervisor supervisor = open(sleeper(), sleeper())) {
            supervisor.poll();
            assertEquals(supervisor.pids().get("first"), folder.find("first").orElseThrow().pid());
            assertEquals(
                    ProcessHandle.current().pid() + "\n",
                    Files.readString(folder.pidFile(RunFolder.SUPERVISOR)));
            assertEquals(List.of(), reports);
        }
    }

    @Test
    void shouldStartAKilledChildAgainAndLeaveTheOtherAlone() throws IOException {
        try (Supervisor supervisor = open(sleeper(), sleeper())) {
            supervisor.poll();
            final long other = supervisor.pids().get("second");
            folder.find("first").orElseThrow().destroyForcibly();
            pollUntil(supervisor, () -> supervisor.starts("first") == 2);
            assertEquals(1, supervisor.starts("second"));
            assertEquals(other, supervisor.pids().get("second"));
            assertTrue(reports.getFirst().contains("ended with code 137"), reports.toString());
        }
    }

    @Test
    void shouldEndAllChildrenAndRemoveTheirPidFilesOnClose() throws IOException {
        final Supervisor supervisor = open(sleeper(), sleeper());
        supervisor.poll();
        final ProcessHandle first = folder.find("first").orElseThrow();
        supervisor.close();
        assertFalse(first.isAlive());
        try (var files = Files.list(folder.path())) {
            assertEquals(
                    List.of("first.log", "second.log"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldEndOrphansOfADeadSupervisorBeforeStarting() throws IOException {
        final Process orphan = new ProcessBuilder(sleeper()).start();
        folder.write("first", orphan.pid());
        awaitStarted("first");
        try (Supervisor supervisor = open(sleeper(), sleeper())) {
            assertFalse(orphan.isAlive());
            supervisor.poll();
            assertEquals(1, reports.size());
        }
    }

    @Test
    void shouldRefuseWhileAnotherSupervisorLives() throws IOException {
        final Process other = new ProcessBuilder(sleeper()).start();
        try {
            folder.write(RunFolder.SUPERVISOR, other.pid());
            awaitStarted(RunFolder.SUPERVISOR);
            final var refusal =
                    assertThrows(IllegalStateException.class, () -> open(sleeper(), sleeper()));
            assertTrue(refusal.getMessage().contains("pid " + other.pid()));
        } finally {
            other.destroyForcibly();
        }
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
    void shouldRefuseAStopOrderThatForgetsAChild() {
        final var commands = new LinkedHashMap<String, List<String>>();
        commands.put("first", sleeper());
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

    /** Between fork and exec a new process does not show its own command line yet. */
    private void awaitStarted(final String name) {
        while (folder.find(name).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static List<String> sleeper() {
        return List.of("bash", "-c", "exec -a io.spindle.mgmt.cli.SpindleMain sleep 100");
    }

    private static void pollUntil(final Supervisor supervisor, final BooleanSupplier done)
            throws IOException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!done.getAsBoolean()) {
            assertTrue(deadlineNs - System.nanoTime() > 0, "not within 30 s");
            supervisor.poll();
            Thread.onSpinWait();
        }
    }
}
