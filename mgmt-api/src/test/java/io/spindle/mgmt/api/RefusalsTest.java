package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** Nobody fills the disk with what is noted of strangers. */
class RefusalsTest {
    private long nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(90);
    private final Refusals refusals = new Refusals(() -> nowNs);

    private void pass(final int seconds) {
        nowNs += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void shouldNoteAnAddressOnceAMinute() {
        assertTrue(refusals.takeLine("10.0.0.1"));
        pass(59);
        assertFalse(refusals.takeLine("10.0.0.1"));
        assertTrue(refusals.takeLine("10.0.0.2"));
        pass(1);
        assertTrue(refusals.takeLine("10.0.0.1"));
        pass(59);
        assertTrue(refusals.takeLine("10.0.0.2"));
        assertFalse(refusals.takeLine("10.0.0.1"), "over the end of the clock's range");
    }

    @Test
    void shouldNoteSixtyAMinuteWhateverTheirAddresses() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i < Refusals.MAX_LINES, refusals.takeLine("10.0.0." + i), "" + i);
        }
        pass(60);
        assertTrue(refusals.takeLine("10.0.1.0"));
    }

    @Test
    void shouldCountTheStatusesThatLetNobodyIn() {
        refusals.add(ProblemCode.UNAUTHENTICATED);
        refusals.add(ProblemCode.TOO_MANY);
        refusals.add(ProblemCode.TOO_MANY);
        refusals.add(ProblemCode.NOT_FOUND);
        refusals.add(ProblemCode.SECOND_PERSON);
        assertEquals(1, refusals.of(401));
        assertEquals(0, refusals.of(403));
        assertEquals(2, refusals.of(429));
    }
}
