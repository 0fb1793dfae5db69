package io.spindle.oms;

import io.spindle.matcher.Matcher;

/** Books that have more to do than one command may: their next slices come as sweeps. */
final class BookWork {
    private final Slab instruments;
    private final SweepQueue jobs;
    private Matcher matcher;

    BookWork(final Tables tables, final SweepQueue jobs) {
        this.instruments = tables.instruments.records();
        this.jobs = jobs;
    }

    /** The matcher is made after its listener. */
    void connect(final Matcher newMatcher) {
        matcher = newMatcher;
    }

    /** After any command to a book: queues what it left to do, once. */
    void check(final int book) {
        if (matcher.hasWork(book) && instruments.getByte(book, InstrumentTable.AT_WORK) == 0) {
            instruments.putByte(book, InstrumentTable.AT_WORK, 1);
            jobs.begin(SweepQueue.BOOK_WORK).narrow(SweepQueue.INSTRUMENT, book);
        }
    }

    /** Does a slice; true when all is done. */
    boolean proceed(final int book) {
        matcher.work(book);
        if (matcher.hasWork(book)) {
            return false;
        }
        instruments.putByte(book, InstrumentTable.AT_WORK, 0);
        return true;
    }

    /** Trades a slice of an auction; true when it is done. */
    boolean uncross(final int book, final int stateAfter) {
        final boolean done = matcher.uncross(book, stateAfter, Sweeps.MAX_CANCELS);
        if (done) {
            check(book);
        }
        return done;
    }
}
