package io.spindle.mgmt.stream;

import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.TimeTravel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Past events by span: from memory as long as they are there, else out of the log, which takes as
 * long as a replay from its beginning to the last one that is wanted. Either way each has the same
 * place.
 */
public final class EventHistory {
    private final EventLog recent;
    private final TimeTravel past;

    /**
     * @param recent what is in memory
     * @param past replays the log that the same events come from
     */
    public EventHistory(final EventLog recent, final TimeTravel past) {
        this.recent = recent;
        this.past = past;
    }

    /** What lies behind this place is in memory. */
    public Position forgotten() {
        return recent.forgotten();
    }

    /** Whether a span can be told without reading the log. */
    public boolean isInMemory(final Span span) {
        return recent.isKept(span);
    }

    /**
     * Events of a span that pass, oldest first. A span that does not say where it begins begins
     * with what is in memory, or, if it ends before that, with the log.
     *
     * @param limit most events
     * @throws IllegalArgumentException if the log does not reach back to where the span begins
     */
    public List<Event> list(final Span span, final Predicate<Event> filter, final int limit) {
        return recent.find(span, filter, limit).orElseGet(() -> replay(span, filter, limit));
    }

    private List<Event> replay(final Span span, final Predicate<Event> filter, final int limit) {
        final Numbering numbering = new Numbering();
        final List<Event> found = new ArrayList<>();
        past.tell(
                span.unknown(),
                span.end(),
                fact ->
                        numbering
                                .next(fact)
                                .filter(event -> found.size() < limit)
                                .filter(event -> span.hasBegun(event) && !span.hasEnded(event))
                                .filter(filter)
                                .ifPresent(found::add),
                () -> found.size() >= limit);
        return found;
    }
}
