package io.spindle.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spindle.sys.SystemCallException;

import org.junit.jupiter.api.Test;

class CpuSetTest {
    /** No kernel numbers its threads so high. */
    private static final int NO_THREAD = Integer.MAX_VALUE;

    @Test
    void shouldPassOverAThreadThatHasEnded() {
        final CpuSet before = CpuSet.ofCallingThread();
        before.applyToThread(NO_THREAD);
        assertEquals(before, CpuSet.ofCallingThread());
    }

    @Test
    void shouldRefuseToLeaveAThreadNoCpu() {
        assertThrows(SystemCallException.class, () -> CpuSet.of().applyToThread(0));
    }
}
