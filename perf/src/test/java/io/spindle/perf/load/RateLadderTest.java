package io.spindle.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

final class RateLadderTest {
    private static RateLadder ladder() {
        return new RateLadder(RateLadder.HIGHEST_RATE);
    }

    private static RateLadder.Rung servingUpTo(final long highest) {
        return rate -> {
            final Histogram histogram = new Histogram(60_000_000_000L, 3);
            histogram.recordValueWithCount(10_000 + rate, 1_000);
            histogram.recordValue(1_000_000);
            return new LoadResult(
                    LoadProfile.CONSTANT,
                    rate,
                    Math.min(rate, highest),
                    0,
                    0,
                    List.of(histogram, histogram));
        };
    }

    @Test
    void shouldFindTheHighestRateThatIsServed() throws IOException {
        final RateLadder ladder = ladder().climb(servingUpTo(11_000));
        assertEquals(Optional.of(10_000L), ladder.saturation());
        final List<Long> rates = ladder.results().stream().map(LoadResult::offered).toList();
        assertEquals(List.of(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 12_000L, 16_000L), rates);
    }

    @Test
    void shouldSayWhenNothingIsServed() throws IOException {
        final RateLadder ladder = ladder().climb(servingUpTo(10));
        assertEquals(Optional.empty(), ladder.saturation());
        assertEquals(1, ladder.results().size());
    }

    @Test
    void shouldStopClimbingSomewhere() throws IOException {
        final RateLadder ladder = ladder().climb(servingUpTo(Long.MAX_VALUE));
        assertEquals(Optional.of(512_000L), ladder.saturation());
    }

    @Test
    void shouldTryNoRateAtTheEndOfAShortLadder() throws IOException {
        final RateLadder ladder = new RateLadder(4_000).climb(servingUpTo(Long.MAX_VALUE));
        assertEquals(Optional.of(2_000L), ladder.saturation());
        assertEquals(2, ladder.results().size());
    }

    @Test
    void shouldDrawOnePageThatNeedsNoNetwork() throws IOException {
        final RateLadder ladder = ladder().climb(servingUpTo(11_000));
        final String page =
                RatePlots.page(Environment.read(Environment.LOOPBACK), ladder.results());
        assertTrue(page.contains("<svg"));
        assertTrue(page.contains("constant-8000"));
        assertTrue(page.indexOf("<svg") != page.lastIndexOf("<svg"));
        assertTrue(!page.contains("src=\"http") && !page.contains("<script"));
    }
}
