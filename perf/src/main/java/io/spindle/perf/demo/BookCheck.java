package io.spindle.perf.demo;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.perf.member.Member;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds the books that the management API shows against what the members know from their own
 * reports: the quantity in each book is what they have open, and what was bought was sold.
 */
final class BookCheck {
    private static final long POLL_MS = 50;

    private final List<String> tops = new ArrayList<>();
    private final RestReader rest;
    private final List<Member> members;

    BookCheck(final RestReader rest, final List<Member> members) {
        this.rest = rest;
        this.members = members;
    }

    /** Waits for the API's replica to see all there is to see, then compares. */
    void check(final List<String> symbols, final Findings findings, final Duration patience)
            throws IOException, InterruptedException {
        final long endNs = System.nanoTime() + patience.toNanos();
        for (int instrument = 0; instrument < symbols.size(); instrument++) {
            final String symbol = symbols.get(instrument);
            final String expected = open(instrument);
            JsonNode book = rest.get(path(symbol));
            while (!resting(book).equals(expected) && System.nanoTime() - endNs < 0) {
                Thread.sleep(POLL_MS);
                book = rest.get(path(symbol));
            }
            final String seen = symbol + " at sequence " + book.path("sequence").asText();
            findings.expectEqual(seen + ": members have open", expected, resting(book));
            findings.expectEqual(
                    symbol + ": bought and sold",
                    executed(instrument, 'B'),
                    executed(instrument, 'S'));
            tops.add(top(symbol, book));
        }
    }

    /** One line for each book: its best bid and ask. */
    List<String> tops() {
        return List.copyOf(tops);
    }

    /** Every level there is. */
    private static String path(final String symbol) {
        return "/v1/book/" + symbol + "?levels=1000";
    }

    private String open(final int instrument) {
        return "bids " + resting(instrument, 'B') + ", asks " + resting(instrument, 'S');
    }

    private long resting(final int instrument, final char side) {
        return members.stream()
                .flatMap(member -> member.placed().stream())
                .filter(placed -> placed.instrument() == instrument && placed.side() == side)
                .mapToLong(Member.Placed::resting)
                .sum();
    }

    private long executed(final int instrument, final char side) {
        return members.stream()
                .flatMap(member -> member.placed().stream())
                .filter(placed -> placed.instrument() == instrument && placed.side() == side)
                .mapToLong(placed -> placed.order().executed())
                .sum();
    }

    private static String resting(final JsonNode book) {
        return "bids " + total(book.path("bids")) + ", asks " + total(book.path("asks"));
    }

    private static long total(final JsonNode levels) {
        return levels.valueStream()
                .map(level -> new BigDecimal(level.path("quantity").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .longValueExact();
    }

    private static String top(final String symbol, final JsonNode book) {
        return String.format(
                Locale.ROOT,
                "%-8s %8s @ %-10s | %-10s @ %8s",
                symbol,
                book.at("/bids/0/quantity").asText("-"),
                book.at("/bids/0/price").asText("-"),
                book.at("/asks/0/price").asText("-"),
                book.at("/asks/0/quantity").asText("-"));
    }
}
