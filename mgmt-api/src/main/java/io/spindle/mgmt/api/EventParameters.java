package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.EventType;
import io.spindle.mgmt.stream.Interest;
import io.spindle.mgmt.stream.Topic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which events a caller asks for. */
final class EventParameters {
    static final String FOR = "Views, separated by commas";
    static final String EVENT =
            "What has happened, for instance order_filled,trade; everything if absent";
    static final String SYMBOL = "Symbols, separated by commas; what has none does not pass";
    static final String ACCOUNT = "Accounts, separated by commas; what has none does not pass";

    private EventParameters() {}

    /**
     * What the caller wants to hear of: {@code for}, {@code event}, {@code symbol} and {@code
     * account}, each a list. All views but market data if none is named.
     *
     * @param parameters gives a parameter's text, or null
     */
    static Interest interest(final UnaryOperator<String> parameters, final Principal caller) {
        return new Interest(
                topics(parameters.apply("for")),
                events(parameters.apply("event")),
                words(parameters.apply("symbol")),
                words(parameters.apply("account")),
                caller);
    }

    private static Set<Topic> topics(final String text) {
        final Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (final String label : words(text)) {
            topics.add(
                    Topic.of(label).orElseThrow(() -> ApiProblem.field("for", "no view " + label)));
        }
        return topics.isEmpty() ? Topic.usual() : topics;
    }

    private static Set<EventType> events(final String text) {
        final Set<EventType> events = EnumSet.noneOf(EventType.class);
        for (final String label : words(text)) {
            events.add(EventType.of(label).orElseThrow(() -> unknown(label)));
        }
        return events;
    }

    private static ApiProblem unknown(final String event) {
        return ApiProblem.field(
                "event",
                "no event " + event + "; known are " + String.join(", ", EventType.labels()));
    }

    /** An empty word stays one: nothing is called so, and it lets nothing through. */
    private static Set<String> words(final String text) {
        return text == null || text.isEmpty() ? Set.of() : Set.copyOf(List.of(text.split(",", -1)));
    }

    /** The place that a parameter names, or null if it is absent. */
    static Position position(final Context ctx, final String name) {
        final String text = ctx.queryParam(name);
        return text == null || text.isEmpty() ? null : position(name, text);
    }

    static Position position(final String name, final String text) {
        try {
            return Position.parse(text);
        } catch (final NumberFormatException wrong) {
            throw ApiProblem.field(name, "neither a sequence nor an event's token");
        }
    }
}
