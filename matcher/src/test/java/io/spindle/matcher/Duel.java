package io.spindle.matcher;

import java.util.List;

/**
 * Plays one script to the matcher, to a twin of it in larger tables and to the reference. After
 * every command: equal events, the command's book equal order by order, its digest equal in both
 * instances, and what must hold whatever the rules are. Now and then: everything else.
 */
final class Duel {
    private static final int MAX_FILLS = 9;
    private static final int NODES = 8_192;
    private static final int BOOK_CHECK_INTERVAL = 64;

    private final EventTape actual = new EventTape();
    private final EventTape expected = new EventTape();
    private final EventTape twinTape = new EventTape();
    private final Matcher matcher;
    private final Matcher twin;
    private final ReferenceMatcher reference = new ReferenceMatcher(MAX_FILLS, expected);
    private final LotsLedger ledger;
    private final QueueCheck queues = new QueueCheck();
    private final BookDigest digest = new BookDigest();
    private final int names;

    private Duel(final int names) {
        this.names = names;
        ledger = new LotsLedger(names);
        matcher = newMatcher(actual);
        twin =
                new Matcher(
                        new MatcherConfig(2 * names, CommandGenerator.BOOKS, 2 * NODES, MAX_FILLS),
                        twinTape);
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.openBook(book, CommandGenerator.MAX_PRICES[book]);
            twin.openBook(book, CommandGenerator.MAX_PRICES[book]);
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
        twinTape.rewind();
        expected.rewind();
        if (command.op == Command.Op.ENTER || command.op == Command.Op.REPLACE) {
            final boolean live = reference.isLive(command.terms.order);
            if (live != matcher.isResting(command.terms.order)) {
                return "order is live in the reference: " + live;
            }
        }
        final int book = bookOf(command);
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
        String broken = compareTwin(command, did, book);
        if (broken == null) {
            broken = checkInvariants(command, did, book);
        }
        return broken == null && checkBooks ? compareBooks(matcher) : broken;
    }

    /** The book that a command can change: a cancel names its order alone. */
    private int bookOf(final Command command) {
        final int order = command.terms.order;
        final boolean byName = command.op == Command.Op.CANCEL || command.op == Command.Op.REDUCE;
        return byName && matcher.isResting(order) ? matcher.book(order) : command.terms.book;
    }

    private String compareTwin(final Command command, final boolean did, final int book) {
        if (command.applyTo(twin) != did || !twinTape.equals(actual)) {
            return "\n  matcher:   " + actual + "\n  twin:      " + twinTape;
        }
        return digest.of(matcher, book) == digest.of(twin, book)
                ? null
                : "the twin's book " + book + " has another digest";
    }

    private String checkInvariants(final Command command, final boolean did, final int book) {
        if (did && (command.op == Command.Op.ENTER || command.op == Command.Op.REPLACE)) {
            ledger.entered(command.terms.order, command.terms.lots);
        }
        actual.replay(ledger);
        if (ledger.failure() != null) {
            return ledger.failure() + " after " + actual;
        }
        final boolean continuous = matcher.state(book) == TradingState.CONTINUOUS;
        if (continuous && reference.book(book).isCrossed()) {
            return "book " + book + " is crossed in continuous trading";
        }
        return queues.compare(matcher, reference.book(book));
    }

    private String compareBooks(final Matcher subject) {
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            final String difference = queues.compare(subject, reference.book(book));
            if (difference != null) {
                return difference;
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
