package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/** Plays one script to the matcher and to the reference and compares all they do. */
final class Duel {
    static final int MAX_FILLS = 7;
    private static final int BOOK_CHECK_INTERVAL = 50;

    private final EventTape actual = new EventTape();
    private final EventTape expected = new EventTape();
    private final Matcher matcher;
    private final ReferenceMatcher reference = new ReferenceMatcher(MAX_FILLS, expected);
    private final OrderTerms terms = new OrderTerms();

    private Duel() {
        matcher = new Matcher(config(), actual);
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.openBook(book, CommandGenerator.MAX_PRICES[book]);
            reference.openBook(book, CommandGenerator.MAX_PRICES[book]);
        }
    }

    static MatcherConfig config() {
        return new MatcherConfig(CommandGenerator.NAMES, CommandGenerator.BOOKS, 4_096, MAX_FILLS);
    }

    /**
     * @return what differed, or null
     */
    static String fight(final List<Command> script) {
        final Duel duel = new Duel();
        int step = 0;
        for (final Command command : script) {
            final String difference = duel.step(command, ++step % BOOK_CHECK_INTERVAL == 0);
            if (difference != null) {
                return "step " + step + " " + command + ": " + difference;
            }
        }
        return duel.compareRestored();
    }

    private String step(final Command command, final boolean checkBooks) {
        actual.rewind();
        expected.rewind();
        final boolean did = command.applyTo(matcher, terms);
        final boolean should = command.applyTo(reference, terms);
        if (did != should) {
            return "matcher said " + did + ", reference " + should;
        }
        if (!did && actual.length() > 0) {
            return "events of a refused command: " + actual;
        }
        if (!actual.equals(expected)) {
            return "\n  matcher:   " + actual + "\n  reference: " + expected;
        }
        return checkBooks ? compareBooks(matcher) : null;
    }

    private String compareBooks(final Matcher subject) {
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            for (int side = 0; side < 2; side++) {
                final List<Integer> names = new ArrayList<>();
                subject.visitOrders(book, side, (order, price, lots) -> names.add(order));
                if (!names.equals(reference.names(book, side))) {
                    return "book "
                            + book
                            + " side "
                            + side
                            + " holds "
                            + names
                            + ", reference "
                            + reference.names(book, side);
                }
            }
            final long bid = subject.bestPriceTicks(book, OrderTerms.BUY);
            final long ask = subject.bestPriceTicks(book, OrderTerms.SELL);
            if (bid != 0 && ask != 0 && bid >= ask) {
                return "book " + book + " crossed: " + bid + " " + ask;
            }
        }
        return null;
    }

    /** A matcher made from the image holds the same books and hashes the same. */
    private String compareRestored() {
        final Matcher copy = new Matcher(config(), new EventTape());
        for (int book = 0; book < CommandGenerator.BOOKS; book++) {
            matcher.save(book, copy::restore);
        }
        if (copy.stateHash() != matcher.stateHash()) {
            return "restored copy has another state hash";
        }
        return compareBooks(copy);
    }
}
