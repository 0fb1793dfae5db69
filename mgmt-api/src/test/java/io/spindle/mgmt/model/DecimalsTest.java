package io.spindle.mgmt.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class DecimalsTest {
    @Test
    void shouldAlwaysShowAllDecimals() {
        assertEquals("10.0000", Decimals.text(100_000, 4));
        assertEquals("0.01", Decimals.text(1, 2));
        assertEquals("-0.5", Decimals.text(-5, 1));
        assertEquals("7", Decimals.text(7, 0));
        assertEquals("92233720368.54775807", Decimals.text(Long.MAX_VALUE, 8));
    }

    @Test
    void shouldReadBackWhatItWrote() {
        final Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            final long value = random.nextLong();
            final int decimals = random.nextInt(9);
            assertEquals(value, Decimals.parse(Decimals.text(value, decimals), decimals));
        }
    }

    @Test
    void shouldTakeFewerDecimalsThanTheScaleHas() {
        assertEquals(100_000, Decimals.parse("10", 4));
        assertEquals(105_000, Decimals.parse("10.5", 4));
        assertEquals(100_000, Decimals.parse("10.000000", 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1e3",
                "+1",
                "1.",
                ".5",
                "NaN",
                "0x10",
                "1,5",
                "10.00001",
                "92233720368547758080",
                "1234567890123456789012345678901234567890123"
            })
    void shouldRefuseWhatIsNoPlainDecimalOfTheScale(final String text) {
        assertThrows(NumberFormatException.class, () -> Decimals.parse(text, 4));
    }

    @Test
    void shouldWriteTimesWithAllNanoseconds() {
        assertEquals("2025-11-20T12:00:00.000000001Z", Times.text(1_763_640_000_000_000_001L));
        assertEquals("1970-01-01T00:00:00.000000000Z", Times.text(0));
        assertEquals(
                1_763_640_000_123_456_789L, Times.parse(Times.text(1_763_640_000_123_456_789L)));
    }
}
