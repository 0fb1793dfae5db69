package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class LoopThreadTest {
    @TempDir private Path task;

    @Test
    void shouldTellWhatChangedBetweenTwoLooks() throws IOException {
        write(10, 1, 3, 2_000_000);
        final LoopThread thread = new LoopThread(task);
        final LoopThread.Reading before = thread.read();
        write(17, 3, 4, 3_500_000);

        assertEquals(new LoopThread.Reading(7, 2, 1, 1_500_000), thread.read().since(before));
        assertEquals(
                "7 minor and 2 major page faults, pushed off its core 1 times, waited 1.50 ms"
                        + " for it",
                thread.read().since(before).toString());
    }

    @Test
    void shouldNotCallAWaitNoneThatIsUnknown() throws IOException {
        write(10, 1, 3, 2_000_000);
        final LoopThread thread = new LoopThread(task);
        final LoopThread.Reading before = thread.read();
        assertTrue(thread.read().since(before).toString().endsWith("waited 0.00 ms for it"));

        Files.delete(task.resolve("schedstat"));
        assertTrue(thread.read().since(before).toString().endsWith("waited ? ms for it"));
        assertTrue(thread.read().since(thread.read()).toString().endsWith("waited ? ms for it"));
    }

    /** As proc(5) has them. */
    private void write(final long minor, final long major, final long pushed, final long waitedNs)
            throws IOException {
        Files.writeString(
                task.resolve("stat"),
                "7 (java) R 1 1 1 0 -1 64 %d 0 %d 0 5 6%s\n"
                        .formatted(minor, major, " 0".repeat(40)));
        Files.writeString(
                task.resolve("status"),
                "voluntary_ctxt_switches:\t99\nnonvoluntary_ctxt_switches:\t%d\n"
                        .formatted(pushed));
        Files.writeString(task.resolve("schedstat"), "123456 %d 42\n".formatted(waitedNs));
    }
}
