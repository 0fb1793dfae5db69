package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class FirstSecondsBenchTest {
    /** The first is 100, the later half 90, 40 and 50. */
    @Test
    void shouldCompareTheFirstBlockWithTheMedianOfTheLaterHalf() {
        final List<Histogram> blocks =
                List.of(
                        block(100_000),
                        block(1_000_000),
                        block(2_000_000),
                        block(90_000),
                        block(40_000),
                        block(50_000));

        assertEquals(2.0, FirstSecondsBench.ratio(blocks), 0.01);
    }

    /** Of ten later blocks one may be above one and a half times their median. */
    @Test
    void shouldDecideNothingWhereLaterBlocksDiffer() {
        final List<Histogram> blocks = new ArrayList<>(Collections.nCopies(19, block(100_000)));
        blocks.add(block(400_000));
        assertTrue(FirstSecondsBench.decides(blocks));

        blocks.set(18, block(160_000));
        assertFalse(FirstSecondsBench.decides(blocks));
        blocks.set(18, block(140_000));
        assertTrue(FirstSecondsBench.decides(blocks));
    }

    @Test
    void shouldNotPassStartsThatDecideNothing() {
        assertEquals(0, FirstSecondsBench.exitCode(1.2, 2, 5));
        assertEquals(1, FirstSecondsBench.exitCode(2.0, 2, 5));
        assertEquals(3, FirstSecondsBench.exitCode(1.2, 3, 5));
        assertEquals(3, FirstSecondsBench.exitCode(2.0, 1, 2));
    }

    private static Histogram block(final long ns) {
        final Histogram block = new Histogram(1_000_000_000, 3);
        block.recordValueWithCount(1_000, 10_000);
        block.recordValueWithCount(ns, 100);
        return block;
    }
}
