package io.spindle.mgmt.notify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.javalin.openapi.OpenApiIgnore;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.FeedMessage;
import io.spindle.mgmt.stream.Topic;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told what, and how. Empty lists let everything through.
 *
 * @param type webhook, email or log
 * @param target an http or https address, or a mail address; nothing for the log
 * @param topics views, as in the stream
 * @param statuses of orders, for instance filled and rejected; other events pass
 * @param firms whose events
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Channel(
        String type,
        String target,
        List<String> topics,
        List<String> statuses,
        List<String> firms) {
    public static final List<String> TYPES = List.of("webhook", "email", "log");

    /** They say in other words what another view says, too. */
    private static final Set<Topic> REPEATING = EnumSet.of(Topic.UPDATES, Topic.TRADES);

    public Channel {
        topics = topics == null ? List.of() : List.copyOf(topics);
        statuses = statuses == null ? List.of() : List.copyOf(statuses);
        firms = firms == null ? List.of() : List.copyOf(firms);
    }

    @OpenApiIgnore
    boolean wants(final Event event) {
        return topic(event).isPresent() && hasWantedStatus(event);
    }

    /** The first of the event's views that the channel wants and may see. */
    @OpenApiIgnore
    private Optional<Topic> topic(final Event event) {
        final Principal reader = reader();
        return event.topics().stream()
                .filter(this::wants)
                .filter(topic -> event.isFor(topic, reader))
                .findFirst();
    }

    @OpenApiIgnore
    private Principal reader() {
        return new Principal("channel", Set.of(Role.OPERATOR), Set.copyOf(firms));
    }

    @OpenApiIgnore
    private boolean wants(final Topic topic) {
        return topics.isEmpty() ? !REPEATING.contains(topic) : topics.contains(topic.label());
    }

    @OpenApiIgnore
    private boolean hasWantedStatus(final Event event) {
        return statuses.isEmpty() || event.status().map(statuses::contains).orElse(true);
    }

    /** The event as the channel's first wanted topic shows it. */
    @OpenApiIgnore
    FeedMessage message(final Event event) {
        final Topic topic = topic(event).orElseThrow();
        return FeedMessage.of(event, topic, reader());
    }
}
