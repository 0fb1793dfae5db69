package io.spindle.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void shouldKeepTheRecordedDistancesOrDivideThem() {
        final Pace twice = new Pace(2);
        final long start = twice.dueNs(1_000_000);
        assertEquals(start + 500, twice.dueNs(1_001_000));
        assertEquals(start, twice.dueNs(1_000_000));
    }

    @Test
    void shouldHoldNothingBackAtNoPace() {
        final Pace none = new Pace(0);
        assertEquals(none.dueNs(5), none.dueNs(1L << 40));
    }
}
