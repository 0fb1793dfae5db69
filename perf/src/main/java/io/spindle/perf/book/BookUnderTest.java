package io.spindle.perf.book;

/** An order book that plays streams; each run makes a new one. */
interface BookUnderTest {
    /** One record of an {@link OrderStream}. A cancel or replace of a dead order does nothing. */
    void apply(int op, int side, int timeInForce, int user, int id, long priceTicks, long lots);

    /** What it did so far. */
    BookTotals totals();
}
