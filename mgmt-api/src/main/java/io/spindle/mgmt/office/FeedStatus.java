package io.spindle.mgmt.office;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.view.View;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What adapters upstream say of themselves, in metadata of the kind {@code feed}: {@code status}
 * (online, closed or disconnected), {@code expiresAt} after which that is no longer believed, and
 * {@code required}, without which the feed does not count.
 */
public final class FeedStatus {
    private FeedStatus() {}

    /** The feeds that are required and not online, with what is wrong; empty if all is well. */
    public static List<String> missing(final View.Reading now, final Instant time) {
        return now.metadata().list("feed").stream()
                .map(entry -> trouble(entry, time))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String trouble(final Metadata entry, final Instant time) {
        try {
            final JsonNode feed = Json.MAPPER.readTree(entry.attributes());
            final String status = feed.path("status").asText("unknown");
            final String expiresAt = feed.path("expiresAt").asText("");
            if (!feed.path("required").asBoolean()) {
                return "";
            }
            if (!status.equals("online")) {
                return entry.key() + " is " + status;
            }
            return !expiresAt.isEmpty() && Instant.parse(expiresAt).isBefore(time)
                    ? entry.key() + " was last online until " + expiresAt
                    : "";
        } catch (final JsonProcessingException | DateTimeParseException unreadable) {
            return entry.key() + " says nothing that can be read";
        }
    }
}
