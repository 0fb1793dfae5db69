package io.spindle.mgmt.stream;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Times;

/**
 * One message of a feed.
 *
 * @param type snapshotStart, snapshotFinish, replace, remove, bookmark, or resync: too slow, start
 *     over with a snapshot
 * @param token to resume behind this event
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedMessage(
        String type,
        Long sequence,
        String token,
        String time,
        String view,
        String key,
        Object value) {
    static FeedMessage snapshotStart(final long sequence) {
        return mark("snapshotStart", sequence);
    }

    static FeedMessage snapshotFinish(final long sequence) {
        return mark("snapshotFinish", sequence);
    }

    static FeedMessage bookmark(final long sequence) {
        return mark("bookmark", sequence);
    }

    static FeedMessage resync() {
        return new FeedMessage("resync", null, null, null, null, null, null);
    }

    /** The view's key now has this value. */
    public static FeedMessage replace(final Event event, final Topic topic) {
        return change("replace", event, topic);
    }

    /** The key has left the view; the value is its last. */
    public static FeedMessage remove(final Event event, final Topic topic) {
        return change("remove", event, topic);
    }

    private static FeedMessage change(final String type, final Event event, final Topic topic) {
        return new FeedMessage(
                type,
                event.sequence(),
                event.token(),
                Times.text(event.fact().timeNs()),
                topic.label(),
                event.key(topic),
                FactJson.of(event.fact()));
    }

    private static FeedMessage mark(final String type, final long sequence) {
        return new FeedMessage(type, sequence, Long.toString(sequence), null, null, null, null);
    }
}
