package io.spindle.mgmt.stream;

import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.TimeTravel.Moment;

/**
 * Part of the stream, between two ends that are places, times, or open. Times go up with the
 * sequence, so that both kinds of end cut the stream in one place.
 *
 * @param after everything up to there is left out; null for no such end
 * @param fromNs the earliest log time, ns since 1970; {@link Long#MIN_VALUE} for no such end
 * @param upTo the last place that belongs to it; {@link #LAST} for no such end
 * @param toNs the latest log time that belongs to it; {@link Long#MAX_VALUE} for no such end
 */
public record Span(Position after, long fromNs, Position upTo, long toNs) {
    /** Behind everything. */
    public static final Position LAST = Position.behind(Long.MAX_VALUE);

    /** From where the stream begins for who tells it, up to everything that a sequence caused. */
    public static Span until(final long sequence) {
        return behind(null, sequence);
    }

    /** Behind a place, up to everything that a sequence caused. */
    static Span behind(final Position after, final long sequence) {
        return new Span(after, Long.MIN_VALUE, Position.behind(sequence), Long.MAX_VALUE);
    }

    /** What is left of it behind one of its events. */
    Span behind(final Event event) {
        final Position last = new Position(event.sequence(), event.index());
        return new Span(last, Long.MIN_VALUE, upTo, toNs);
    }

    /** Whether it was said where it begins. */
    boolean hasBeginning() {
        return after != null || fromNs != Long.MIN_VALUE;
    }

    /** Whether it has begun in front of an event; then it has in front of all later ones. */
    boolean hasBegun(final Event event) {
        return (after == null || after.isBefore(event)) && event.fact().timeNs() >= fromNs;
    }

    /** Whether it ends in front of an event; once it does, all later ones lie behind it. */
    boolean hasEnded(final Event event) {
        return upTo.isBefore(event) || event.fact().timeNs() > toNs;
    }

    /** Whether nothing of it lies in front of what is kept. */
    boolean isKept(final Position forgotten, final long forgottenNs) {
        if (hasBeginning()) {
            return after != null && !after.isBefore(forgotten) || fromNs > forgottenNs;
        }
        return forgotten.isBefore(upTo) && toNs > forgottenNs;
    }

    /** Up to where commands may be unknown to whoever tells it; without a beginning, all may. */
    Moment unknown() {
        if (after != null) {
            final boolean isWhole = after.index() == Integer.MAX_VALUE;
            return Moment.sequence(isWhole ? after.sequence() : after.sequence() - 1);
        }
        return Moment.time(fromNs == Long.MIN_VALUE ? Long.MAX_VALUE : fromNs - 1);
    }

    /** With which command it ends at the latest. */
    Moment end() {
        return new Moment(upTo.sequence(), toNs);
    }
}
