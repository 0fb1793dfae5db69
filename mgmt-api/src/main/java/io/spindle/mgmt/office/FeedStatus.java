package io.spindle.mgmt.office;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.view.View;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What adapters upstream say of themselves, in metadata of the kind {@code feed}: {@code status}
 * (online, closed or disconnected), {@code expiresAt} after which that is no longer believed, and
 * {@code required}, without which the feed does not count. A source that reports movements is
 * online, for {@code validSeconds} ({@value #VALID_S} if the entry does not say) from then on.
 */
public final class FeedStatus {
    static final String KIND = "feed";
    static final int VALID_S = 300;
    private static final String ONLINE = "online";
    private static final String UNKNOWN = "unknown";
    private static final String STATUS = "status";
    private static final String EXPIRES = "expiresAt";

    private FeedStatus() {}

    /**
     * A feed as it is.
     *
     * @param status as the entry says, or unknown
     * @param expiresAt ISO-8601, absent if it does not expire
     * @param trouble of one that is required and not online, or not any more; absent if all is well
     * @param open whether movements of the source are booked without a second person
     * @param position the last that was applied, 0 before the first
     * @param updatedAt log time of that, absent before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Feed(
            String source,
            String status,
            String expiresAt,
            boolean required,
            String trouble,
            boolean open,
            long position,
            String updatedAt) {}

    /** All feeds that somebody has described or opened, or that have reported, by name. */
    public static List<Feed> list(final View.Reading now, final Instant time) {
        return Stream.of(KIND, IntradayFeed.OPENED, IntradayFeed.KIND)
                .flatMap(kind -> now.metadata().list(kind).stream())
                .map(Metadata::key)
                .distinct()
                .sorted()
                .map(source -> feed(now, source, time))
                .toList();
    }

    private static Feed feed(final View.Reading now, final String source, final Instant time) {
        final Optional<Metadata> entry = now.metadata().find(KIND, source);
        final JsonNode said = entry.map(FeedStatus::read).orElse(MissingNode.getInstance());
        return new Feed(
                source,
                said.path(STATUS).asText(UNKNOWN),
                said.path(EXPIRES).asText(null),
                said.path("required").asBoolean(),
                entry.map(one -> trouble(one, time)).filter(text -> !text.isEmpty()).orElse(null),
                IntradayFeed.isOpen(now, source),
                IntradayFeed.position(now, source),
                now.metadata()
                        .find(IntradayFeed.KIND, source)
                        .map(one -> Times.text(one.timeNs()))
                        .orElse(null));
    }

    private static JsonNode read(final Metadata entry) {
        try {
            return Json.MAPPER.readTree(entry.attributes());
        } catch (final JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What the entry of a feed that reports is to say; nothing while that would not tell more. All
     * that it says besides stays, and what is believed is so for no shorter time.
     */
    static Optional<String> refreshed(final Optional<Metadata> entry, final Instant time) {
        final JsonNode said = entry.map(FeedStatus::read).orElse(MissingNode.getInstance());
        final ObjectNode feed =
                said instanceof final ObjectNode object ? object : Json.MAPPER.createObjectNode();
        final int valid = feed.path("validSeconds").asInt();
        final long validS = valid > 0 ? valid : VALID_S;
        final boolean isOnline = feed.path(STATUS).asText().equals(ONLINE);
        if (isOnline && expires(feed, time).isAfter(time.plusSeconds(validS / 2))) {
            return Optional.empty();
        }
        final Instant wanted = time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(validS);
        final Instant until = expires(feed, time);
        feed.put(STATUS, ONLINE);
        feed.put(EXPIRES, (until.isAfter(wanted) ? until : wanted).toString());
        return Optional.of(Json.write(feed))
                .filter(
                        text ->
                                text.getBytes(StandardCharsets.UTF_8).length
                                        <= Note.MAX_ATTRIBUTES);
    }

    /** What is not there or cannot be read has expired. */
    private static Instant expires(final JsonNode feed, final Instant time) {
        try {
            return Instant.parse(feed.path(EXPIRES).asText());
        } catch (final DateTimeParseException none) {
            return time;
        }
    }

    /** The feeds that are required and not online, with what is wrong; empty if all is well. */
    public static List<String> missing(final View.Reading now, final Instant time) {
        return now.metadata().list(KIND).stream()
                .map(entry -> trouble(entry, time))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String trouble(final Metadata entry, final Instant time) {
        try {
            final JsonNode feed = Json.MAPPER.readTree(entry.attributes());
            final String status = feed.path(STATUS).asText(UNKNOWN);
            final String expiresAt = feed.path(EXPIRES).asText("");
            if (!feed.path("required").asBoolean()) {
                return "";
            }
            if (!status.equals(ONLINE)) {
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
