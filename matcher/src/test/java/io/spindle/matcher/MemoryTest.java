package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What an order, an empty instrument and a whole box cost. */
class MemoryTest {
    private static final long MIB = 1L << 20;
    private static final MatchListener SILENT = new EventTape();

    @Test
    void shouldTake96BytesForAnOrder() {
        assertEquals(96, perUnit(new MatcherConfig(2_000, 1, 1, 1), 2_000, 1));
    }

    @Test
    void shouldTake960BytesForAnEmptyInstrument() {
        assertEquals(960, perUnit(new MatcherConfig(1, 2_000, 1, 1), 1, 2_000));
    }

    /** The whole less what one order, one book and the nodes take, shared by the many. */
    private static long perUnit(final MatcherConfig config, final int orders, final int books) {
        final long all = new Matcher(config, SILENT).memoryBytes();
        assertEquals(config.memoryBytes(), all);
        final long one = new MatcherConfig(1, 1, 1, 1).memoryBytes();
        return (all - one) / (Math.max(orders, books) - 1);
    }

    @Test
    void shouldFitAFullBoxIntoItsBudget() {
        final MatcherConfig box = MatcherConfig.of(10_000_000, 65_535);
        assertTrue(box.memoryBytes() <= 2_300 * MIB, box.memoryBytes() / MIB + " MiB");
    }

    @Test
    void shouldOpenEveryInstrumentOfABoxWithoutANode() {
        final Store store = new Store(new MatcherConfig(64, 65_535, 64, 1), SILENT);
        for (int book = 0; book < 65_535; book++) {
            store.books.open(book, 20_000_000);
            store.ladders.open(book, 20_000_000);
        }
        assertEquals(64, store.nodes.free());
    }

    @Test
    void shouldGiveEveryNodeBackWhenTheLastOrderLeaves() {
        final Matcher matcher = new Matcher(new MatcherConfig(1_000, 1, 6_000, 1), SILENT);
        matcher.openBook(0, 1_000_000_000);
        final OrderTerms terms = new OrderTerms();
        for (int round = 0; round < 3; round++) {
            for (terms.order = 0; terms.order < 1_000; terms.order++) {
                terms.side = terms.order & 1;
                terms.priceTicks =
                        terms.side == OrderTerms.BUY
                                ? 1 + terms.order * 400_000L
                                : 500_000_000 + terms.order * 400_000L;
                terms.lots = 1;
                assertEquals(AdmitCode.OK, matcher.admit(terms));
                matcher.enter(terms);
            }
            for (int order = 0; order < 1_000; order++) {
                matcher.cancel((order * 7 + round) % 1_000, 'U');
            }
        }
        assertEquals(AdmitCode.OK, matcher.closeBook(0));
    }
}
