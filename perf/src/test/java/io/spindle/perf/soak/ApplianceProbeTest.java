package io.spindle.perf.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

final class ApplianceProbeTest {
    @TempDir private Path process;

    @Test
    void shouldFindTheBusiestThreadThatIsNoCompiler() throws IOException {
        thread(11, "main", 20);
        final Path loop = thread(12, "trading", 900);
        thread(13, "C2 CompilerThre", 5_000);
        assertEquals(loop, ApplianceProbe.busiestThread(process));
    }

    @Test
    void shouldPassOverAThreadThatEndsMeanwhile() throws IOException {
        final Path loop = thread(12, "trading", 900);
        ended(11);
        ended(13);
        assertEquals(loop, ApplianceProbe.busiestThread(process));
    }

    @Test
    void shouldSayWhenThereIsNoThreadLeft() throws IOException {
        Files.createDirectories(process.resolve("task"));
        ended(11);
        final IOException failure =
                assertThrows(IOException.class, () -> ApplianceProbe.busiestThread(process));
        assertTrue(failure.getMessage().endsWith(" has no threads"), failure.toString());
    }

    @Test
    void shouldNotTakeAThreadThatCannotBeReadForOneThatHasEnded() throws IOException {
        Files.delete(thread(11, "main", 20).resolve("stat"));
        assertThrows(NoSuchFileException.class, () -> ApplianceProbe.busiestThread(process));
    }

    /** As proc(5) has it. */
    private Path thread(final int number, final String name, final int ticks) throws IOException {
        final Path task = process.resolve("task").resolve(Integer.toString(number));
        Files.createDirectories(task);
        Files.writeString(task.resolve("comm"), name + "\n");
        Files.writeString(
                task.resolve("stat"),
                "%d (%s) R 1 1 1 0 -1 64 0 0 0 0 %d 0%s\n"
                        .formatted(number, name, ticks, " 0".repeat(40)));
        return task;
    }

    /** Listed, and gone when it is looked at. */
    private void ended(final int number) throws IOException {
        Files.createSymbolicLink(
                process.resolve("task").resolve(Integer.toString(number)), process.resolve("gone"));
    }
}
