package io.spindle.matcher;

import java.util.Arrays;

/** Every event since the last {@link #rewind}, as longs: cheap to record, compare and print. */
final class EventTape implements MatchListener {
    private static final int FILL = 1;
    private static final int RESTED = 2;
    private static final int CANCELLED = 3;

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
        put(RESTED, book, order, side, priceTicks, displayedLots);
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        put(CANCELLED, book, order, cancelledLots, leavesLots, reason, wasResting ? 1 : 0);
    }

    private void put(final long kind, final long... values) {
        if (length + values.length + 2 > tape.length) {
            tape = Arrays.copyOf(tape, tape.length * 2);
        }
        tape[length++] = kind;
        tape[length++] = values.length;
        for (final long value : values) {
            tape[length++] = value;
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
        final StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < length) {
            final int kind = (int) tape[at];
            final int count = (int) tape[at + 1];
            final long[] v = Arrays.copyOfRange(tape, at + 2, at + 2 + count);
            text.append(text.isEmpty() ? "" : "; ").append(sentence(kind, v));
            at += 2 + count;
        }
        return text.toString();
    }

    private static String sentence(final int kind, final long[] v) {
        return switch (kind) {
            case FILL ->
                    "fill maker=%d taker=%d %d@%d leaves=%d/%d book=%d"
                            .formatted(v[1], v[2], v[4], v[3], v[5], v[6], v[0]);
            case RESTED ->
                    "rested %d %s %d@%d book=%d"
                            .formatted(v[1], v[2] == 0 ? "buy" : "sell", v[4], v[3], v[0]);
            default ->
                    "cancelled %d lots=%d leaves=%d reason=%d %s book=%d"
                            .formatted(
                                    v[1],
                                    v[2],
                                    v[3],
                                    v[4],
                                    v[5] == 1 ? "resting" : "incoming",
                                    v[0]);
        };
    }
}
