package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/**
 * Plays one script to the matcher and to the reference and compares all they do, checking on the
 * way what must hold whatever the rules are.
 */
final class Duel {
    private static final int MAX_FILLS = 9;
    private static final int NODES = 8_192;
    private static final int BOOK_CHECK_INTERVAL = 64;

    private final EventTape actual = new EventTape();
    private final EventTape expected = new EventTape();
    private final Matcher matcher;
    private final ReferenceMatcher reference = new ReferenceMatcher(MAX_FILLS, expected);
    private final LotsLedger ledger;
    private final int names;

    private Duel(final int names) {
        this.names = names;
        ledger = new LotsLedger(names);
        matcher = newMatcher(actual);
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.openBook(book, CommandGenerator.MAX_PRICES[book]);
            reference.openBook(book, CommandGenerator.MAX_PRICES[book]);
        }
    }

    private Matcher newMatcher(final MatchListener listener) {
        return new Matcher(
                new MatcherConfig(names, CommandGenerator.BOOKS, NODES, MAX_FILLS), listener);
    }

    /**
     * @return what differed, or null
     */
    static String fight(final List<Command> script, final int names) {
        final Duel duel = new Duel(names);
        int step = 0;
        for (final Command command : script) {
            final String difference = duel.step(command, ++step % BOOK_CHECK_INTERVAL == 0);
            if (difference != null) {
                return "step " + step + " " + command + ": " + difference;
            }
        }
        return duel.compareRestored(script);
    }

    private String step(final Command command, final boolean checkBooks) {
        actual.rewind();
        expected.rewind();
        if (command.op == Command.Op.ENTER || command.op == Command.Op.REPLACE) {
            final boolean live = reference.isLive(command.terms.order);
            if (live != matcher.isResting(command.terms.order)) {
                return "order is live in the reference: " + live;
            }
        }
        final boolean did = command.applyTo(matcher);
        final boolean asks = command.op == Command.Op.CANCEL || command.op == Command.Op.REDUCE;
        if ((did || asks) && command.applyTo(reference) != did) {
            return "matcher said " + did;
        }
        if (!did && actual.length() > 0) {
            return "events of a refused command: " + actual;
        }
        if (!actual.equals(expected)) {
            return "\n  matcher:   " + actual + "\n  reference: " + expected;
        }
        final String broken = checkInvariants(command, did);
        return broken == null && checkBooks ? compareBooks(matcher) : broken;
    }

    private String checkInvariants(final Command command, final boolean did) {
        if (did && (command.op == Command.Op.ENTER || command.op == Command.Op.REPLACE)) {
            ledger.entered(command.terms.order, command.terms.lots);
        }
        actual.replay(ledger);
        if (ledger.failure() != null) {
            return ledger.failure() + " after " + actual;
        }
        final int book = command.terms.book;
        final boolean continuous = matcher.state(book) == TradingState.CONTINUOUS;
        return continuous && reference.book(book).isCrossed()
                ? "book " + book + " is crossed in continuous trading"
                : null;
    }

    private String compareBooks(final Matcher subject) {
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            for (int side = 0; side < 2; side++) {
                final List<Integer> shown = new ArrayList<>();
                final List<Integer> hidden = new ArrayList<>();
                subject.visitOrders(book, side, (order, price, lots) -> shown.add(order));
                subject.visitHiddenOrders(book, side, (order, price, lots) -> hidden.add(order));
                if (!shown.equals(reference.names(book, side))
                        || !hidden.equals(reference.names(book, 2 + side))) {
                    return "book %d side %d holds %s %s, reference %s %s"
                            .formatted(
                                    book,
                                    side,
                                    shown,
                                    hidden,
                                    reference.names(book, side),
                                    reference.names(book, 2 + side));
                }
            }
            final AuctionOutcome outcome = new AuctionOutcome();
            final AuctionOutcome other = new AuctionOutcome();
            subject.indicative(book, outcome);
            ReferenceAuction.find(reference.book(book), other);
            if (outcome.priceTicks != other.priceTicks
                    || outcome.lots != other.lots
                    || outcome.imbalanceLots != other.imbalanceLots) {
                return "indicative price " + outcome.priceTicks + ", reference " + other.priceTicks;
            }
        }
        return ledger.compare(subject);
    }

    /** A matcher made from the image holds the same books, hashes the same and goes on the same. */
    private String compareRestored(final List<Command> script) {
        final EventTape copied = new EventTape();
        final Matcher copy = newMatcher(copied);
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.save(book, copy::restore);
        }
        if (copy.stateHash() != matcher.stateHash()) {
            return "restored copy has another state hash";
        }
        final String difference = compareBooks(copy);
        if (difference != null) {
            return difference;
        }
        actual.rewind();
        for (final Command command : script.subList(0, script.size() / 4)) {
            command.applyTo(matcher);
            command.applyTo(copy);
            if (!copied.equals(actual)) {
                return "restored copy does " + copied + " at " + command + ", original " + actual;
            }
            actual.rewind();
            copied.rewind();
        }
        return copy.stateHash() == matcher.stateHash() ? null : "restored copy drifts apart";
    }
}
