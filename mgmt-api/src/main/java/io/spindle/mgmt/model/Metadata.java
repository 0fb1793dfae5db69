package io.spindle.mgmt.model;

import java.util.UUID;

/**
 * What somebody said about something: free attributes, carried by the log and served unchanged. The
 * engine knows nothing of them.
 *
 * @param kind what it is about, for instance {@code account}
 * @param key which one
 * @param firm whose it is, empty if nobody's
 * @param author who said it
 * @param attributes a JSON object as it was sent; empty if the entry was taken away
 * @param request of the command that carried it
 */
public record Metadata(
        String kind,
        String key,
        String firm,
        String author,
        String attributes,
        UUID request,
        long sequence,
        long timeNs)
        implements Fact {
    public boolean isDefined() {
        return !attributes.isEmpty();
    }
}
