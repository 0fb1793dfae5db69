package io.spindle.mgmt.stream;

import io.spindle.mgmt.model.EntryQuote;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.RoutingQuote;

import java.util.Optional;

/**
 * Gives facts their places in the stream, the same ones whenever the log is read again. For one
 * thread.
 */
final class Numbering {
    private long lastSequence;
    private int lastIndex;

    /** Nothing for what no view shows: it is for the database only. */
    Optional<Event> next(final Fact fact) {
        if (fact instanceof EntryQuote || fact instanceof RoutingQuote) {
            return Optional.empty();
        }
        lastIndex = fact.sequence() == lastSequence ? lastIndex + 1 : 0;
        lastSequence = fact.sequence();
        return Optional.of(new Event(fact, lastIndex));
    }
}
