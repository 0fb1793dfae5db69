package io.spindle.mgmt.office;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.view.View;

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
 * online, for {@code validSeconds} ({@value #VALID_S} if the entry does not say) from then on; that
 * is kept under a kind of its own, so that what people write stays as they wrote it.
 */
public final class FeedStatus {
    static final int VALID_S = 300;

    /** Until when a source that has reported is online. */
    static final String REPORTED = "feed-reported";

    private static final String KIND = "feed";
    private static final String ONLINE = "online";
    private static final String UNKNOWN = "unknown";
    private static final String STATUS = "status";
    private static final String EXPIRES = "expiresAt";

    /**
     * @param position the last that was applied
     * @param until ISO-8601
     */
    record Report(long position, String until) {}

    /**
     * What holds of a feed, of all that is said.
     *
     * @param expiresAt ISO-8601, null if it does not expire
     */
    private record State(String status, String expiresAt, boolean required) {}

    private FeedStatus() {}

    /**
     * A feed as it is.
     *
     * @param status as the entry and the reports say, or unknown
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
        final State state = state(now, source);
        final String trouble = trouble(source, state, time);
        return new Feed(
                source,
                state.status,
                state.expiresAt,
                state.required,
                trouble.isEmpty() ? null : trouble,
                IntradayFeed.isOpen(now, source),
                IntradayFeed.position(now, source),
                now.metadata()
                        .find(IntradayFeed.KIND, source)
                        .map(one -> Times.text(one.timeNs()))
                        .orElse(null));
    }

    /** The entry, and a report unless the entry is online for good or says no more recently. */
    private static State state(final View.Reading now, final String source) {
        final Optional<Metadata> entry = now.metadata().find(KIND, source);
        final JsonNode said = said(entry);
        final boolean required = said.path("required").asBoolean();
        final String status = said.path(STATUS).asText(UNKNOWN);
        final String expiresAt =
                Optional.of(said.path(EXPIRES).asText(""))
                        .filter(text -> !text.isEmpty())
                        .orElse(null);
        final Optional<Metadata> report = now.metadata().find(REPORTED, source);
        final boolean isOnline = status.equals(ONLINE);
        final long saidAt = said.has(STATUS) ? entry.map(Metadata::sequence).orElse(0L) : 0;
        if (report.isEmpty()
                || isOnline && expiresAt == null
                || !isOnline && saidAt > report.get().sequence()) {
            return new State(status, expiresAt, required);
        }
        final Instant until = Instant.parse(Notes.content(report.get(), Report.class).until);
        final Instant later = instant(expiresAt).filter(until::isBefore).orElse(until);
        return new State(ONLINE, later.toString(), required);
    }

    private static JsonNode said(final Optional<Metadata> entry) {
        return entry.map(FeedStatus::read).orElse(MissingNode.getInstance());
    }

    private static JsonNode read(final Metadata entry) {
        try {
            return Json.MAPPER.readTree(entry.attributes());
        } catch (final JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /** What a source that reports is to leave; nothing while that would not tell more. */
    static Optional<Report> report(
            final View.Reading now, final String source, final Instant time) {
        final int valid = said(now.metadata().find(KIND, source)).path("validSeconds").asInt();
        final long validS = valid > 0 ? valid : VALID_S;
        final State state = state(now, source);
        final boolean isForGood = state.expiresAt == null;
        final boolean isEnough =
                isForGood
                        || instant(state.expiresAt)
                                .filter(time.plusSeconds(validS / 2)::isBefore)
                                .isPresent();
        return state.status.equals(ONLINE) && isEnough
                ? Optional.empty()
                : Optional.of(
                        new Report(
                                IntradayFeed.position(now, source),
                                time.truncatedTo(ChronoUnit.SECONDS)
                                        .plusSeconds(validS)
                                        .toString()));
    }

    /** Nothing if there is none, or it cannot be read. */
    private static Optional<Instant> instant(final String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (final DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** The feeds that are required and not online, with what is wrong; empty if all is well. */
    public static List<String> missing(final View.Reading now, final Instant time) {
        return now.metadata().list(KIND).stream()
                .map(entry -> trouble(entry.key(), state(now, entry.key()), time))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String trouble(final String source, final State state, final Instant time) {
        if (!state.required) {
            return "";
        }
        if (!state.status.equals(ONLINE)) {
            return source + " is " + state.status;
        }
        if (state.expiresAt == null) {
            return "";
        }
        return instant(state.expiresAt)
                .map(until -> until.isBefore(time) ? " was last online until " + until : "")
                .map(text -> text.isEmpty() ? "" : source + text)
                .orElse(source + " says nothing that can be read");
    }
}
