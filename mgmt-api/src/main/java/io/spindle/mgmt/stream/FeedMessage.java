package io.spindle.mgmt.stream;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.view.View;

/**
 * One message of a feed.
 *
 * @param type snapshotStart, snapshotFinish, replace, remove, bookmark, or resync: too slow, start
 *     over with a snapshot
 * @param event what has happened, for instance order_filled; absent in a snapshot and of a book,
 *     which say how things are
 * @param token to resume behind this message; absent where that would lose what belongs to it: in a
 *     snapshot, and before the last of an event's messages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedMessage(
        String type,
        String event,
        Long sequence,
        String token,
        String time,
        String view,
        String key,
        Object value) {
    /** Not a place to resume behind: half a snapshot is nothing. */
    static FeedMessage snapshotStart(final long sequence) {
        return new FeedMessage("snapshotStart", null, sequence, null, null, null, null, null);
    }

    static FeedMessage snapshotFinish(final long sequence) {
        return mark("snapshotFinish", sequence);
    }

    static FeedMessage bookmark(final long sequence) {
        return mark("bookmark", sequence);
    }

    static FeedMessage resync() {
        return new FeedMessage("resync", null, null, null, null, null, null, null);
    }

    /** What the event does to a view, as the caller may know it: replaces a key, or removes it. */
    public static FeedMessage of(final Event event, final Topic topic, final Principal caller) {
        return change(verb(event, topic), label(event), event, event.token(), topic, caller);
    }

    /** The same for the first views of an event that changes several. */
    static FeedMessage part(final Event event, final Topic topic, final Principal caller) {
        return change(verb(event, topic), label(event), event, null, topic, caller);
    }

    /** Of a snapshot: the view's key has this value. */
    static FeedMessage replace(final Event event, final Topic topic, final Principal caller) {
        return change("replace", null, event, null, topic, caller);
    }

    private static String label(final Event event) {
        return event.type().label();
    }

    private static String verb(final Event event, final Topic topic) {
        return event.isRemoval(topic) ? "remove" : "replace";
    }

    /** A book as it is now; no event, so there is nothing to resume behind. */
    static FeedMessage book(
            final View.Reading now,
            final Topic topic,
            final Instrument instrument,
            final Object value) {
        return new FeedMessage(
                "replace",
                null,
                now.sequence(),
                null,
                Times.text(now.timeNs()),
                topic.label(),
                instrument.symbol(),
                value);
    }

    private static FeedMessage change(
            final String type,
            final String happened,
            final Event event,
            final String token,
            final Topic topic,
            final Principal caller) {
        return new FeedMessage(
                type,
                happened,
                event.sequence(),
                token,
                Times.text(event.fact().timeNs()),
                topic.label(),
                event.key(topic),
                FactJson.of(event.fact(), topic, caller));
    }

    private static FeedMessage mark(final String type, final long sequence) {
        return new FeedMessage(
                type, null, sequence, Long.toString(sequence), null, null, null, null);
    }
}
