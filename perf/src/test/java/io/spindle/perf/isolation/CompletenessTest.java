package io.spindle.perf.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class CompletenessTest {
    @Test
    void shouldFindWhatTheDatabaseLacks() {
        assertEquals("", Completeness.difference(3_000, 3_000, 2_000, 1_000));
        assertEquals(
                "the database has 2,999 orders, the loop accepted 3,000",
                Completeness.difference(3_000, 2_999, 2_000, 1_000));
        assertEquals(
                "the database has 999 trades, the loop reported 2,000 executions",
                Completeness.difference(3_000, 3_000, 2_000, 999));
    }

    @Test
    void shouldFindWhatTheHotThreadCallsBesideDatagrams() {
        final Set<String> clean =
                HotThread.calls(
                        List.of(
                                "recvmmsg(7, {}, 64, MSG_DONTWAIT, NULL) = -1 EAGAIN",
                                "--- SIGSTOP {si_signo=SIGSTOP} ---",
                                "sendto(7, \"\", 47, MSG_DONTWAIT, {}, 16) = 47"));
        assertEquals(Set.of("recvmmsg", "sendto"), clean);
        assertTrue(HotThread.isDatagramsOnly(clean));
        assertFalse(HotThread.isDatagramsOnly(Set.of("recvmmsg", "sendto", "futex")));
        assertFalse(HotThread.isDatagramsOnly(Set.of("recvmmsg")), "nothing was answered");
        assertFalse(HotThread.isDatagramsOnly(Set.of()), "nothing was seen");
    }
}
