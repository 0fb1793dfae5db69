package io.spindle.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

class TaskStatTest {
    /** Fields numbered as in proc_pid_stat(5), from the third on; the name may hold anything. */
    @Test
    void shouldReadWhatTheKernelWrites() {
        final StringBuilder line = new StringBuilder("77 (a) b (c) S");
        for (int field = 4; field <= 52; field++) {
            line.append(' ').append(field == 9 ? 0x0020_0040 : field);
        }
        assertEquals(
                new TaskStat("a) b (c", true, 10, 12, 14, 15, 39), TaskStat.parse(line + "\n"));
        assertEquals(29, TaskStat.parse(line.toString()).ticks());
    }

    @Test
    void shouldSayThatAThreadIsGone() {
        assertThrows(IOException.class, () -> TaskStat.read(Path.of("/proc/self/task/0")));
    }
}
