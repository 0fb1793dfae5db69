package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

/** The differential test is worth what its scripts reach: every event and every reason, often. */
class GeneratorReachTest {
    private static final int OFTEN = 5;

    @Test
    void shouldReachEveryEventAndEveryReasonOfTheMatcher() {
        final Map<String, Integer> seen = new HashMap<>();
        for (long seed = 1; seed <= 20; seed++) {
            final EventTape events = new EventTape();
            final Matcher matcher = new Matcher(new MatcherConfig(60, 3, 8_192, 9), events);
            for (int book = 0; book < CommandGenerator.BOOKS; book++) {
                matcher.openBook(book, CommandGenerator.MAX_PRICES[book]);
            }
            for (final Command command : new CommandGenerator(seed, 60, false).script(5_000)) {
                events.rewind();
                command.applyTo(matcher);
                final EventSentences said = new EventSentences();
                events.replay(said);
                said.list().forEach(line -> seen.merge(kind(line), 1, Integer::sum));
            }
        }
        for (final String event :
                "fill rested held woken triggered replenished uncrossed state".split(" ")) {
            assertTrue(seen.getOrDefault(event, 0) >= OFTEN, event + " in " + seen);
        }
        for (int reason = CancelReason.FIRST; reason <= CancelReason.LINKED; reason++) {
            final String cancelled = "cancelled reason=" + reason;
            assertTrue(seen.getOrDefault(cancelled, 0) >= OFTEN, cancelled + " in " + seen);
        }
    }

    private static String kind(final String line) {
        final String verb = line.substring(0, line.indexOf(' '));
        return verb.equals("cancelled") ? verb + line.replaceAll(".*( reason=\\d+).*", "$1") : verb;
    }
}
