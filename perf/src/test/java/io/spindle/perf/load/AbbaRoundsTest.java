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
        assertEquals(1, ratio.estimate(), 0.02);
        assertTrue(ratio.isWithinBounds(), ratio.toString());
    }

    @Test
    void shouldFindAThirdMore() {
        final Ratio ratio = ratio(21, 1.33);
        assertTrue(ratio.low() > 1.25 && ratio.high() < 1.40, ratio.toString());
        assertFalse(ratio.isWithinBounds());
    }

    private static String row(final double... factors) {
        final AbbaRounds abba = new AbbaRounds();
        for (final double factor : factors) {
            abba.add(block(10_000), block((long) (10_000 * factor)));
        }
        return abba.row("x");
    }

    private static Histogram block(final long ns) {
        final Histogram block = new Histogram(3);
        block.recordValueWithCount(ns, 1_000);
        return block;
    }

    @Test
    void shouldNotBeMovedByRoundsThatTheMachineSpoiltOnBothSides() {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < 20; round++) {
            abba.add(blocks(round % 7 == 3 ? 50 : 1), blocks(round % 7 == 0 ? 50 : 1));
        }
        assertTrue(abba.ratio().isWithinBounds(), abba.ratio().toString());
    }

    @Test
    void shouldNotOverlookWhatHitsOneRoundInFive() {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < 20; round++) {
            abba.add(blocks(1), blocks(round % 5 == 0 ? 50 : 1));
        }
        assertFalse(abba.ratio().isWithinBounds(), abba.ratio().toString());
        assertTrue(abba.row("x").endsWith("NOT WITHIN: above 1.15"), abba.row("x"));
    }

    /** Of 20 rounds the 53rd mean from either end, as tables of the test have it. */
    @Test
    void shouldTellTheIntervalOfTheSignedRankTest() {
        final double[] ratios = new double[20];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = Math.exp(0.01 * (round + 1));
        }
        final Ratio ratio = Ratio.of(ratios);
        assertEquals(Math.exp(0.105), ratio.estimate(), 1e-9);
        assertEquals(Math.exp(0.075), ratio.low(), 1e-9);
        assertEquals(Math.exp(0.135), ratio.high(), 1e-9);
    }

    @Test
    void shouldDecideNothingByFiveRounds() {
        final Ratio five = Ratio.of(new double[] {1, 1, 1, 1, 1});
        assertFalse(five.isWithinBounds(), five.toString());
        final Ratio six = Ratio.of(new double[] {0.95, 0.99, 1, 1.01, 1.02, 1.05});
        assertEquals(0.95, six.low(), 1e-9);
        assertEquals(1.05, six.high(), 1e-9);
    }

    @Test
    void shouldSayOnWhichSideTheIntervalIsOut() {
        assertTrue(row(1, 1, 1, 1, 1, 1).endsWith("within"));
        final String faster = row(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        assertTrue(faster.endsWith("NOT WITHIN: below 0.90, disturbed is faster"), faster);
        final String slower = row(2, 2, 2, 2, 2, 2);
        assertTrue(slower.endsWith("NOT WITHIN: above 1.15, disturbed is slower"), slower);
        final String unsure = row(0.5, 0.5, 0.5, 2, 2, 2);
        assertTrue(unsure.endsWith("NOT WITHIN: on both sides"), unsure);
    }
}
