package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.TradingState;

/** Books that have more to do than one command may: their next slices come as sweeps. */
final class BookWork {
    /** Of {@link InstrumentTable#UNCROSS}: the state after the auction that is asked for, + 1. */
    private static final int FIRST_STATE = 1;

    /** It was asked for and is not wanted any more; its turn in the queue is still to come. */
    private static final int CALLED_OFF = FIRST_STATE + TradingState.UNCROSSING;

    private final Slab instruments;
    private final SweepQueue jobs;
    private final AuctionCalls calls;
    private Matcher matcher;

    BookWork(final Tables tables, final SweepQueue jobs, final AuctionCalls calls) {
        this.instruments = tables.instruments.records();
        this.jobs = jobs;
        this.calls = calls;
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

    /** Asks for an auction, queued once: until it begins, the last word says what comes after. */
    void askUncross(final int book, final int stateAfter) {
        final boolean queued = instruments.getByte(book, InstrumentTable.UNCROSS) != 0;
        instruments.putByte(book, InstrumentTable.UNCROSS, FIRST_STATE + stateAfter);
        if (!queued) {
            jobs.begin(SweepQueue.UNCROSS).narrow(SweepQueue.INSTRUMENT, book);
        }
    }

    /** The book is told to stay, or to go elsewhere: no auction that has not begun yet. */
    void callOffUncross(final int book) {
        if (instruments.getByte(book, InstrumentTable.UNCROSS) != 0) {
            instruments.putByte(book, InstrumentTable.UNCROSS, CALLED_OFF);
        }
    }

    /** Trades a slice of an auction; true when it is done, or shall not or must not begin. */
    boolean uncross(final int book) {
        final int asked = instruments.getByte(book, InstrumentTable.UNCROSS);
        instruments.putByte(book, InstrumentTable.UNCROSS, 0);
        final boolean begun = matcher.state(book) == TradingState.UNCROSSING;
        if (!begun && (asked == CALLED_OFF || !calls.fitsCollar(book))) {
            return true;
        }
        final boolean done = matcher.uncross(book, asked - FIRST_STATE, Sweeps.MAX_CANCELS);
        if (done) {
            check(book);
        }
        return done;
    }
}
