package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.AbbaRounds.Ratio;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.Locale;
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
        assertTrue(
                abba.row("x").contains(String.format(Locale.ROOT, "%,d", 4_000L * rounds)),
                abba.row("x"));
        return abba.ratio();
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        final Ratio ratio = ratio(20, 1);
        assertEquals(1, ratio.median(), 0.02);
        assertTrue(ratio.isWithinBounds(), ratio.toString());
    }

    @Test
    void shouldFindAThirdMore() {
        final Ratio ratio = ratio(21, 1.33);
        assertTrue(ratio.low() > 1.25 && ratio.high() < 1.40, ratio.toString());
        assertFalse(ratio.isWithinBounds());
    }

    @Test
    void shouldNotBeMovedByAFewBadRounds() {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < 20; round++) {
            abba.add(blocks(1), blocks(round % 7 == 0 ? 50 : 1));
        }
        assertTrue(abba.ratio().isWithinBounds(), abba.ratio().toString());
    }
}
