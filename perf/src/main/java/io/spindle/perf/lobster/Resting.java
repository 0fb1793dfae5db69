package io.spindle.perf.lobster;

/**
 * An order in the venue's book, seen from both ends: what the venue still holds of it, and what the
 * file still holds of the order that it stands for. The two drift apart by the few executions in
 * which the recorded market skipped the head of its queue; their sums over a level do not.
 */
final class Resting {
    /** The id of an order that stands for all that was at a price when it came into view. */
    static final long SEED = 0;

    final int number;
    final long id;
    final char side;
    final long price;

    private long total;
    private long leaves;
    private long recorded;
    private Resting standIn;

    Resting(
            final int number,
            final long id,
            final char side,
            final long price,
            final long quantity) {
        this.number = number;
        this.id = id;
        this.side = side;
        this.price = price;
        this.total = quantity;
        this.leaves = quantity;
        this.recorded = quantity;
    }

    boolean isSeed() {
        return id == SEED;
    }

    /** Open at the venue. */
    long leaves() {
        return leaves;
    }

    /** What the venue holds beyond what the file says. */
    long surplus() {
        return Math.max(0, leaves - recorded);
    }

    /** This order was used up in the place of another, which from now on stands for it. */
    void standIn(final Resting other) {
        standIn = other;
    }

    /** The order that the venue would fill for this one. */
    Resting atVenue() {
        Resting order = this;
        while (order.leaves == 0 && order.standIn != null) {
            order = order.standIn;
        }
        return order;
    }

    boolean isOver() {
        return leaves == 0 && recorded <= 0;
    }

    /** The venue filled some of it. */
    void fill(final long quantity) {
        leaves -= quantity;
    }

    /** The file took some away. */
    void record(final long quantity) {
        recorded -= quantity;
    }

    /** Cuts what is open; returns the new total to ask for, 0 when nothing is left. */
    long cut(final long quantity) {
        total -= quantity;
        leaves -= quantity;
        return leaves == 0 ? 0 : total;
    }
}
