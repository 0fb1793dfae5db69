package io.spindle.perf.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.isolation.AbbaRounds.Ratio;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.Random;

class AbbaRoundsTest {
    private final Random random = new Random(5);

    private Histogram blocks(final double factor) {
        final Histogram blocks = new Histogram(3);
        for (int i = 0; i < 2_000; i++) {
            blocks.recordValue((long) (factor * (10_000 + random.nextInt(10_000))));
        }
        return blocks;
    }

    private Ratio ratio(final int rounds, final double factor) {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < rounds; round++) {
            abba.add(blocks(1), blocks(factor));
        }
        assertEquals(2_000L * rounds, abba.quiet().getTotalCount());
        assertEquals(2_000L * rounds, abba.disturbed().getTotalCount());
        return abba.ratio();
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        final Ratio ratio = ratio(20, 1);
        assertEquals(1, ratio.median(), 0.02);
        assertTrue(ratio.isWithin(0.90, 1.15), ratio.toString());
    }

    @Test
    void shouldFindAThirdMore() {
        final Ratio ratio = ratio(21, 1.33);
        assertTrue(ratio.low() > 1.25 && ratio.high() < 1.40, ratio.toString());
        assertFalse(ratio.isWithin(0.90, 1.15));
    }

    @Test
    void shouldNotBeMovedByAFewBadRounds() {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < 20; round++) {
            abba.add(blocks(1), blocks(round % 7 == 0 ? 50 : 1));
        }
        assertTrue(abba.ratio().isWithin(0.90, 1.15), abba.ratio().toString());
    }
}
