package io.spindle.perf.lobster;

import java.io.IOException;

/**
 * A market with one book in which every order is the replay's own. Orders are named by the number
 * under which they were entered.
 */
interface ReplayVenue extends AutoCloseable {
    /** Hears of the makers that an entered order met, in the order in which it met them. */
    @FunctionalInterface
    interface Fills {
        void onFill(int maker, long quantity, long price);
    }

    /**
     * Enters a limit order and waits for all that comes of it at once.
     *
     * @param side {@code 'B'} or {@code 'S'}
     * @param immediate true for immediate-or-cancel, false for a day order
     * @return the order's number
     */
    int enter(char side, long price, long quantity, boolean immediate, Fills fills);

    /** Cuts an open order to a new total, executed quantity included; 0 cancels it. */
    void cut(int order, long total);

    /** Reads the best levels of the venue's own book. */
    void read(Ladder ladder);

    @Override
    void close() throws IOException;
}
