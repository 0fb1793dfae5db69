package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * No cliff: a command touches a bounded number of cache lines, however deep the book and however
 * wide its prices. Counted from every access, 20,000,000 ticks, a tree of five nodes in height.
 */
class TouchBoundTest {
    private static final int DEEP = 10_000;
    private static final int NAMES = DEEP * 2;
    private static final int MAX_PRICE = 20_000_000;

    /** Records of book and ladders, the cell, two neighbours, a path of headers and slots. */
    private static final int LINES_PER_COMMAND = 24;

    /** A maker's cell, and now and then the level and the way to the next one. */
    private static final int LINES_PER_FILL = 12;

    /** The level, its first order for the price, its node. */
    private static final int LINES_PER_AUCTION_LEVEL = 3;

    /** Prices at which both sides are. */
    private static final int OVERLAP = 20;

    private final Set<Long> lines = new HashSet<>();
    private final OrderTerms terms = new OrderTerms();
    private final SplittableRandom random = new SplittableRandom(3);
    private final EventTape events = new EventTape();
    private Matcher matcher;

    @BeforeEach
    void watch() {
        assumeFalse(Boolean.getBoolean("agrona.disable.bounds.checks"), "accesses are not seen");
        matcher = new Matcher(new MatcherConfig(NAMES, 1, 60_000, 1_000), events);
        matcher.openBook(0, MAX_PRICE);
        Slab.watch = address -> lines.add(address >>> 6);
    }

    @AfterEach
    void stop() {
        Slab.watch = null;
    }

    @Test
    void shouldTouchAsFewLinesInADeepBookAsTheBoundSays() {
        for (int order = 0; order < DEEP; order++) {
            enter(order, OrderTerms.REST, 1_000_000 + random.nextInt(19_000_000));
        }
        int worst = 0;
        for (int i = 0; i < DEEP; i++) {
            final int order = random.nextInt(NAMES);
            if (matcher.isResting(order)) {
                lines.clear();
                matcher.cancel(order, 'U');
            } else {
                enter(order, random.nextInt(4) == 0 ? 1 : 0, price());
            }
            final int fills = fills();
            final int allowed = LINES_PER_COMMAND + fills * LINES_PER_FILL;
            assertTrue(
                    lines.size() <= allowed,
                    lines.size() + " lines with " + fills + " fills: " + events);
            worst = Math.max(worst, lines.size() - fills * LINES_PER_FILL);
        }
        assertTrue(worst > LINES_PER_COMMAND / 3, "the watch sees accesses: " + worst);
    }

    @Test
    void shouldFindTheAuctionPriceFromLevelsHoweverManyOrdersTheyHold() {
        matcher.state(0, TradingState.AUCTION);
        for (int order = 0; order < DEEP; order++) {
            enter(order, OrderTerms.REST, MAX_PRICE / 2 + random.nextInt(OVERLAP));
        }
        final AuctionOutcome outcome = new AuctionOutcome();
        lines.clear();
        matcher.indicative(0, outcome);
        assertTrue(outcome.lots > 0);
        final int allowed = LINES_PER_COMMAND + 2 * OVERLAP * LINES_PER_AUCTION_LEVEL;
        assertTrue(lines.size() <= allowed, lines.size() + " lines for " + OVERLAP + " prices");
    }

    private int price() {
        return random.nextInt(3) == 0
                ? 1 + random.nextInt(MAX_PRICE)
                : MAX_PRICE / 2 - 1_000 + random.nextInt(2_000);
    }

    private void enter(final int order, final int timeInForce, final int price) {
        terms.order = order;
        terms.side = random.nextInt(2);
        terms.timeInForce = timeInForce;
        terms.priceTicks = price;
        terms.lots = 1 + random.nextInt(50);
        events.rewind();
        lines.clear();
        assertTrue(matcher.admit(terms) == AdmitCode.OK);
        matcher.enter(terms);
    }

    private int fills() {
        final int[] count = {0};
        final EventSentences said = new EventSentences();
        events.replay(said);
        said.list().stream().filter(line -> line.startsWith("fill")).forEach(_ -> count[0]++);
        return count[0];
    }
}
