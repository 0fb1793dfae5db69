package io.spindle.perf.lobster;

/**
 * Plays recorded events into a venue and holds the venue's book against the recorded one after
 * each.
 *
 * <p>An addition becomes a day order, a deletion a cancel, an execution an immediate order from the
 * other side: which resting order it meets is the venue's own decision, and is compared with the
 * order that the file names.
 *
 * <p><b>The window rule.</b> A file of N levels tells nothing about what happens below its N-th
 * price. So a level that comes into view is taken from the file, as one <i>seed</i> order, and a
 * level that drops out of view is forgotten. Every other cell must be the venue's own work.
 */
final class LobsterOracle {
    private static final ReplayVenue.Fills NOTHING_TO_MEET = (maker, quantity, price) -> {};
    private static final char[] SIDES = {'B', 'S'};

    private final ReplayVenue venue;
    private final RestingOrders orders = new RestingOrders();
    private final ReplayResult result;
    private Ladder previous;
    private Ladder seen;

    LobsterOracle(final ReplayVenue venue, final int levels) {
        this.venue = venue;
        this.result = new ReplayResult(levels);
    }

    /** Takes one event and the book after it; the first book is where the replay starts. */
    void step(final LobsterMessage message, final Ladder book) {
        if (previous == null) {
            seen = new Ladder(book.depth());
            seedAll(book);
        } else {
            play(message, book);
            reveal(book);
            forget(book);
            venue.read(seen);
            result.row(message, book, seen);
        }
        previous = book;
    }

    ReplayResult result() {
        return result;
    }

    private void play(final LobsterMessage message, final Ladder book) {
        switch (message.type()) {
            case LobsterMessage.ADDED ->
                    enter(message.orderId(), message.side(), message.price(), message.size());
            case LobsterMessage.REDUCED, LobsterMessage.DELETED -> take(message);
            case LobsterMessage.EXECUTED -> execute(message);
            case LobsterMessage.CROSSED -> {
                orders.all().forEach(this::cancel);
                seedAll(book);
            }
            case LobsterMessage.EXECUTED_HIDDEN, LobsterMessage.HALTED -> {
                // Neither changes the visible book.
            }
            default -> throw new IllegalArgumentException("type=" + message.type());
        }
    }

    private void enter(final long id, final char side, final long price, final long size) {
        final int number = venue.enter(side, price, size, false, NOTHING_TO_MEET);
        orders.add(new Resting(number, id, side, price, size));
    }

    private void take(final LobsterMessage message) {
        final Resting named = orders.named(message.orderId(), message.side(), message.price());
        long wanted = message.size();
        if (named != null) {
            named.record(wanted);
            wanted -= cut(named, Math.min(wanted, named.leaves()));
        }
        for (final Resting other : orders.level(message.side(), message.price())) {
            wanted -= cut(other, Math.min(wanted, other.surplus()));
        }
    }

    private void execute(final LobsterMessage message) {
        final Resting named = orders.named(message.orderId(), message.side(), message.price());
        final Execution execution = new Execution(named);
        venue.enter(message.oppositeSide(), message.price(), message.size(), true, execution);
        if (named != null) {
            named.record(message.size());
            settle(named);
        }
        if (execution.expected != named) {
            settle(execution.expected);
        }
        result.execution(execution.filled == message.size() && execution.metOnlyTheNamed);
    }

    /** What an immediate order met, against what the file says it should meet. */
    private final class Execution implements ReplayVenue.Fills {
        private final Resting expected;
        private boolean metOnlyTheNamed = true;
        private long filled;

        Execution(final Resting named) {
            expected = named == null ? null : named.atVenue();
        }

        @Override
        public void onFill(final int maker, final long quantity, final long price) {
            final Resting met = orders.byNumber(maker);
            filled += quantity;
            met.fill(quantity);
            if (met != expected) {
                metOnlyTheNamed = false;
                if (met.leaves() == 0) {
                    met.standIn(expected);
                }
                settle(met);
            }
        }
    }

    private long cut(final Resting order, final long quantity) {
        if (quantity > 0) {
            venue.cut(order.number, order.cut(quantity));
        }
        settle(order);
        return quantity;
    }

    private void settle(final Resting order) {
        if (order.isOver()) {
            orders.remove(order);
        }
    }

    private void cancel(final Resting order) {
        if (order.leaves() > 0) {
            venue.cut(order.number, 0);
        }
        orders.remove(order);
    }

    private void seedAll(final Ladder book) {
        for (final char side : SIDES) {
            for (int level = 0; level < book.depth(); level++) {
                if (book.isPresent(side, level)) {
                    enter(Resting.SEED, side, book.price(side, level), book.size(side, level));
                }
            }
        }
    }

    private void reveal(final Ladder book) {
        for (final char side : SIDES) {
            for (int level = 0; level < book.depth(); level++) {
                final long price = book.price(side, level);
                if (book.isPresent(side, level) && previous.isBeyond(side, price)) {
                    final long known =
                            orders.level(side, price).stream().mapToLong(Resting::leaves).sum();
                    if (book.size(side, level) > known) {
                        enter(Resting.SEED, side, price, book.size(side, level) - known);
                    }
                }
            }
        }
    }

    private void forget(final Ladder book) {
        for (final char side : SIDES) {
            orders.beyond(side, book).forEach(this::cancel);
        }
    }
}
