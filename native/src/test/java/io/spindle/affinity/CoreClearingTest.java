package io.spindle.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** On processes of the test's own, and with whatever else the machine runs. */
class CoreClearingTest {
    private CpuSet all;
    private int cpu;
    private Process free;
    private Process bound;

    @BeforeEach
    void startSleepers() throws IOException {
        all = CpuSet.ofCallingThread();
        cpu = all.cpus().length() - 1;
        if (all.count() < 2) {
            System.out.println("CoreClearingTest: skipped, this process may use one core only");
        }
        assumeTrue(all.count() >= 2);
        free = new ProcessBuilder("sleep", "60").start();
        bound = new ProcessBuilder("taskset", "-c", "" + cpu, "sleep", "60").start();
        while (!allowed(bound).equals(CpuSet.of(cpu))) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stopSleepers() {
        if (free != null) {
            free.destroyForcibly();
            bound.destroyForcibly();
        }
    }

    private static CpuSet allowed(final Process process) {
        return ThreadStatus.all().stream()
                .filter(thread -> thread.tid() == process.pid())
                .findFirst()
                .orElseThrow()
                .allowed();
    }

    @Test
    void shouldKeepOthersOffTheCoreUntilClosed() {
        try (CoreClearing clearing = CoreClearing.of(CpuSet.of(cpu))) {
            assertTrue(clearing.moved().contains((int) free.pid()));
            assertEquals(all.without(CpuSet.of(cpu)), allowed(free));
        }
        assertEquals(all, allowed(free));
    }

    @Test
    void shouldLeaveThisProcessAndThoseThatCanRunNowhereElse() {
        try (CoreClearing clearing = CoreClearing.of(CpuSet.of(cpu))) {
            assertFalse(clearing.moved().contains((int) bound.pid()));
            assertEquals(CpuSet.of(cpu), allowed(bound));
            assertEquals(all, CpuSet.ofCallingThread());
        }
    }

    @Test
    void shouldTouchNobodyWhereThereIsNowhereToGo() {
        try (CoreClearing clearing = CoreClearing.of(CpuSet.online())) {
            assertEquals(0, clearing.moved().size());
        }
    }
}
