package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MatcherTest {
    private static final int BOOK = 1;
    private static final int BUY = OrderTerms.BUY;
    private static final int SELL = OrderTerms.SELL;

    private final EventTape events = new EventTape();
    private final Matcher matcher = new Matcher(new MatcherConfig(64, 4, 64, 3), events);
    private final OrderTerms terms = new OrderTerms();

    @BeforeEach
    void open() {
        assertEquals(AdmitCode.OK, matcher.openBook(BOOK, 1_000));
    }

    @Test
    void shouldRestAnOrderThatNobodyWants() {
        assertEquals("rested 1 buy 10@100 book=1", enter(1, BUY, 10, 100));
        assertEquals(100, matcher.bestPriceTicks(BOOK, BUY));
        assertEquals(0, matcher.bestPriceTicks(BOOK, SELL));
    }

    @Test
    void shouldTradeAtTheMakersPriceOldestFirst() {
        enter(1, SELL, 5, 100);
        enter(2, SELL, 5, 100);
        enter(3, SELL, 5, 99);
        assertEquals(
                "fill maker=3 taker=4 5@99 leaves=0/7 book=1; "
                        + "fill maker=1 taker=4 5@100 leaves=0/2 book=1; "
                        + "fill maker=2 taker=4 2@100 leaves=3/0 book=1",
                enter(4, BUY, 12, 101));
        assertEquals(3, matcher.lots(2));
    }

    @Test
    void shouldCancelTheRemainderOfAnImmediateOrder() {
        enter(1, SELL, 5, 100);
        assertEquals(
                "fill maker=1 taker=2 5@100 leaves=0/3 book=1; "
                        + "cancelled 2 lots=3 leaves=0 reason=256 incoming book=1",
                immediate(2, BUY, 8, 100));
        assertFalse(matcher.isResting(2));
    }

    @Test
    void shouldCountEarlierFillsAgainstTheBound() {
        enter(1, SELL, 5, 100);
        enter(2, SELL, 5, 100);
        terms.earlierFills = 2;
        assertEquals(
                "fill maker=1 taker=3 5@100 leaves=0/5 book=1; "
                        + "cancelled 3 lots=5 leaves=0 reason="
                        + CancelReason.SWEEP_BOUND
                        + " incoming book=1",
                enter(3, BUY, 10, 100));
    }

    @Test
    void shouldStopASweepAtItsBoundAndCancelTheRest() {
        for (int order = 1; order <= 4; order++) {
            enter(order, SELL, 1, 100);
        }
        assertTrue(
                enter(9, BUY, 10, 100)
                        .endsWith("cancelled 9 lots=7 leaves=0 reason=257 incoming book=1"));
        assertTrue(matcher.isResting(4));
    }

    @Test
    void shouldKeepPriorityWhenReducedAndLoseItWhenReplaced() {
        enter(1, BUY, 10, 100);
        enter(2, BUY, 10, 100);
        enter(3, BUY, 10, 100);
        assertTrue(matcher.reduce(1, 4, 'U'));
        terms(2, BUY, 10, 100, OrderTerms.REST);
        assertEquals(AdmitCode.OK, matcher.admitReplace(terms));
        matcher.replace(terms);
        assertEquals(List.of("1:4@100", "3:10@100", "2:10@100"), queue(BUY));
    }

    @Test
    void shouldTradeWhenReplacedIntoTheOtherSide() {
        enter(1, BUY, 10, 100);
        enter(2, SELL, 4, 105);
        events.rewind();
        terms(1, BUY, 10, 105, OrderTerms.REST);
        matcher.replace(terms);
        assertEquals(
                "fill maker=2 taker=1 4@105 leaves=0/6 book=1; rested 1 buy 6@105 book=1",
                events.toString());
    }

    @Test
    void shouldCancelOnlyWhatRests() {
        enter(1, BUY, 10, 100);
        events.rewind();
        assertTrue(matcher.cancel(1, 'U'));
        assertEquals("cancelled 1 lots=10 leaves=0 reason=85 resting book=1", events.toString());
        assertFalse(matcher.cancel(1, 'U'));
        assertFalse(matcher.cancel(-1, 'U'));
        assertFalse(matcher.cancel(64, 'U'));
        assertFalse(matcher.reduce(1, 1, 'U'));
    }

    @Test
    void shouldCancelWhenReducedToNothingAndIgnoreAnIncrease() {
        enter(1, BUY, 10, 100);
        assertFalse(matcher.reduce(1, 10, 'U'));
        assertFalse(matcher.reduce(1, 11, 'U'));
        assertTrue(matcher.reduce(1, 0, 'U'));
        assertFalse(matcher.isResting(1));
    }

    @Test
    void shouldSayWhyTermsAreNotAdmitted() {
        enter(1, BUY, 10, 100);
        assertEquals(AdmitCode.ORDER_IN_USE, admit(1, BOOK, BUY, 10, 100));
        assertEquals(AdmitCode.UNKNOWN_ORDER, admit(64, BOOK, BUY, 10, 100));
        assertEquals(AdmitCode.UNKNOWN_ORDER, admit(-1, BOOK, BUY, 10, 100));
        assertEquals(AdmitCode.UNKNOWN_BOOK, admit(2, 0, BUY, 10, 100));
        assertEquals(AdmitCode.UNKNOWN_BOOK, admit(2, 4, BUY, 10, 100));
        assertEquals(AdmitCode.SIDE, admit(2, BOOK, 2, 10, 100));
        assertEquals(AdmitCode.LOTS, admit(2, BOOK, BUY, 0, 100));
        assertEquals(AdmitCode.LOTS, admit(2, BOOK, BUY, OrderTerms.MAX_LOTS + 1, 100));
        assertEquals(AdmitCode.PRICE, admit(2, BOOK, BUY, 10, 0));
        assertEquals(AdmitCode.PRICE, admit(2, BOOK, BUY, 10, 1_001));
        terms(2, BUY, 10, 100, 9);
        assertEquals(AdmitCode.TIME_IN_FORCE, matcher.admit(terms));
        terms(2, BUY, 10, 100, OrderTerms.REST);
        assertEquals(AdmitCode.UNKNOWN_ORDER, matcher.admitReplace(terms));
        terms(1, BUY, 10, 100, OrderTerms.REST);
        terms.book = 2;
        assertEquals(AdmitCode.UNKNOWN_ORDER, matcher.admitReplace(terms));
    }

    @Test
    void shouldRefuseOrdersWhenTheNodePoolIsUsedUp() {
        final Matcher small = new Matcher(new MatcherConfig(64, 1, 8, 3), events);
        small.openBook(0, 4_000);
        terms(1, BUY, 1, 1_000, OrderTerms.REST);
        terms.book = 0;
        small.enter(terms);
        terms.order = 2;
        terms.priceTicks = 2_000;
        assertEquals(AdmitCode.OK, small.admit(terms));
        small.enter(terms);
        terms.order = 3;
        assertEquals(AdmitCode.NO_PRICE_LEVEL, small.admit(terms));
        small.cancel(2, 'U');
        assertEquals(AdmitCode.OK, small.admit(terms));
    }

    @Test
    void shouldOpenAndCloseBooksAtRunTime() {
        assertEquals(AdmitCode.BOOK_OPEN, matcher.openBook(BOOK, 1_000));
        assertEquals(AdmitCode.UNKNOWN_BOOK, matcher.openBook(4, 1_000));
        assertEquals(AdmitCode.PRICE, matcher.openBook(2, 0));
        assertEquals(AdmitCode.PRICE, matcher.openBook(2, Integer.MAX_VALUE));
        assertEquals(AdmitCode.UNKNOWN_BOOK, matcher.closeBook(2));
        enter(1, BUY, 10, 100);
        assertEquals(AdmitCode.BOOK_NOT_EMPTY, matcher.closeBook(BOOK));
        matcher.cancel(1, 'U');
        assertEquals(AdmitCode.OK, matcher.closeBook(BOOK));
        assertFalse(matcher.isOpen(BOOK));
        assertEquals(AdmitCode.OK, matcher.openBook(BOOK, 5));
    }

    @Test
    void shouldShowLevelsBestFirst() {
        enter(1, SELL, 1, 900);
        enter(2, SELL, 2, 100);
        enter(3, SELL, 3, 100);
        final List<String> levels = new ArrayList<>();
        matcher.visitLevels(
                BOOK,
                SELL,
                (price, lots, count) -> levels.add(lots + "@" + price + " in " + count));
        assertEquals(List.of("5@100 in 2", "1@900 in 1"), levels);
        final List<Long> first = new ArrayList<>();
        matcher.visitLevels(BOOK, SELL, (price, lots, count) -> !first.add(price));
        matcher.visitOrders(BOOK, SELL, (order, price, lots) -> !first.add(lots));
        assertEquals(List.of(100L, 2L), first);
    }

    @Test
    void shouldRefuseARecordThatIsNotItsOwn() {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
        assertThrows(IllegalArgumentException.class, () -> matcher.restore(record, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> matcher.restore(record, 0, 200));
        matcher.save(BOOK, (buffer, offset, length) -> record.putBytes(0, buffer, 0, length));
        assertThrows(IllegalArgumentException.class, () -> matcher.restore(record, 0, 200));
    }

    @Test
    void shouldNameEveryWrongCapacityAtOnce() {
        final var error =
                assertThrows(
                        IllegalArgumentException.class, () -> new MatcherConfig(0, 65_537, -1, 1));
        assertEquals(
                "maxOrders=0 (1..268435456), maxBooks=65537 (1..65536), maxNodes=-1 (1..16777216)",
                error.getMessage());
    }

    private int admit(
            final int order, final int book, final int side, final long lots, final long price) {
        terms(order, side, lots, price, OrderTerms.REST);
        terms.book = book;
        return matcher.admit(terms);
    }

    private String enter(final int order, final int side, final long lots, final long price) {
        return enter(order, side, lots, price, OrderTerms.REST);
    }

    private String immediate(final int order, final int side, final long lots, final long price) {
        return enter(order, side, lots, price, OrderTerms.IMMEDIATE_OR_CANCEL);
    }

    private String enter(
            final int order, final int side, final long lots, final long price, final int tif) {
        events.rewind();
        terms(order, side, lots, price, tif);
        assertEquals(AdmitCode.OK, matcher.admit(terms));
        matcher.enter(terms);
        return events.toString();
    }

    private void terms(
            final int order, final int side, final long lots, final long price, final int tif) {
        terms.book = BOOK;
        terms.order = order;
        terms.side = side;
        terms.lots = lots;
        terms.priceTicks = price;
        terms.timeInForce = tif;
    }

    private List<String> queue(final int side) {
        final List<String> queue = new ArrayList<>();
        matcher.visitOrders(
                BOOK, side, (order, price, lots) -> queue.add(order + ":" + lots + "@" + price));
        return queue;
    }
}
