package io.spindle.matcher;

import java.util.Arrays;

/** Every event since the last {@link #rewind}, as longs: cheap to record, compare and print. */
final class EventTape implements MatchListener {
    private static final int FILL = 1;
    private static final int RESTED = 2;
    private static final int CANCELLED = 3;
    private static final int HELD = 4;
    private static final int TRIGGERED = 5;
    private static final int REPLENISHED = 6;
    private static final int UNCROSSED = 7;
    private static final int STATE = 8;
    private static final int WOKEN = 9;
    private static final int LONGS = 8;

    private long[] tape = new long[1024];
    private int length;

    void rewind() {
        length = 0;
    }

    int length() {
        return length;
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        put(FILL, book, maker, taker, priceTicks, lots, makerLeavesLots, takerLeavesLots);
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        put(RESTED, book, order, side, priceTicks, displayedLots, 0, 0);
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        put(CANCELLED, book, order, cancelledLots, leavesLots, reason, wasResting ? 1 : 0, 0);
    }

    @Override
    public void onHeld(final int book, final int order) {
        put(HELD, book, order, 0, 0, 0, 0, 0);
    }

    @Override
    public void onWoken(final int book, final int order, final long lots) {
        put(WOKEN, book, order, lots, 0, 0, 0, 0);
    }

    @Override
    public void onTriggered(final int book, final int order, final boolean fired) {
        put(TRIGGERED, book, order, fired ? 1 : 0, 0, 0, 0, 0);
    }

    @Override
    public void onReplenished(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        put(REPLENISHED, book, order, side, priceTicks, displayedLots, 0, 0);
    }

    @Override
    public void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {
        put(UNCROSSED, book, buy, sell, priceTicks, lots, buyLeavesLots, sellLeavesLots);
    }

    @Override
    public void onTradingState(final int book, final int state) {
        put(STATE, book, state, 0, 0, 0, 0, 0);
    }

    private void put(
            final long kind,
            final long book,
            final long a,
            final long b,
            final long c,
            final long d,
            final long e,
            final long f) {
        if (length + LONGS > tape.length) {
            tape = Arrays.copyOf(tape, tape.length * 2);
        }
        tape[length] = kind;
        tape[length + 1] = book;
        tape[length + 2] = a;
        tape[length + 3] = b;
        tape[length + 4] = c;
        tape[length + 5] = d;
        tape[length + 6] = e;
        tape[length + 7] = f;
        length += LONGS;
    }

    /** Plays the tape to another listener. */
    void replay(final MatchListener to) {
        for (int at = 0; at < length; at += LONGS) {
            final long[] v = Arrays.copyOfRange(tape, at + 1, at + LONGS);
            final int book = (int) v[0];
            final int name = (int) v[1];
            switch ((int) tape[at]) {
                case FILL -> to.onFill(book, name, (int) v[2], v[3], v[4], v[5], v[6]);
                case RESTED -> to.onRested(book, name, (int) v[2], v[3], v[4]);
                case CANCELLED -> to.onCancelled(book, name, v[2], v[3], (int) v[4], v[5] == 1);
                case HELD -> to.onHeld(book, name);
                case WOKEN -> to.onWoken(book, name, v[2]);
                case TRIGGERED -> to.onTriggered(book, name, v[2] == 1);
                case REPLENISHED -> to.onReplenished(book, name, (int) v[2], v[3], v[4]);
                case UNCROSSED -> to.onUncrossed(book, name, (int) v[2], v[3], v[4], v[5], v[6]);
                default -> to.onTradingState(book, name);
            }
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof EventTape that
                && Arrays.equals(tape, 0, length, that.tape, 0, that.length);
    }

    @Override
    public int hashCode() {
        return length;
    }

    @Override
    public String toString() {
        final EventSentences sentences = new EventSentences();
        replay(sentences);
        return String.join("; ", sentences.list());
    }
}
