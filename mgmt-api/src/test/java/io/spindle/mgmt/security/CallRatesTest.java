package io.spindle.mgmt.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CallRatesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = -SECOND_NS;
    private final CallRates rates = new CallRates(10, 3, () -> nowNs);

    @Test
    void shouldLetABurstThroughAndThenOneAnInterval() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, rates.take("a"));
        }
        assertEquals(SECOND_NS / 10, rates.take("a"));
        nowNs += SECOND_NS / 10;
        assertEquals(0, rates.take("a"));
        assertEquals(SECOND_NS / 10, rates.take("a"));
    }

    @Test
    void shouldKeepCallersApartAndForgetTheOldest() {
        for (int i = 0; i < 3; i++) {
            rates.take("a");
        }
        assertEquals(0, rates.take("b"));
        for (int i = 0; i < 5_000; i++) {
            rates.take("c" + i);
        }
        assertEquals(0, rates.take("a"), "forgotten");
    }

    @Test
    void shouldRefuseRatesThatLetNobodyThrough() {
        assertThrows(IllegalArgumentException.class, () -> new CallRates(0, 1, () -> 0));
        assertThrows(IllegalArgumentException.class, () -> new CallRates(1, 0, () -> 0));
    }
}
