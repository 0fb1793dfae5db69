package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.FeedMessage;
import io.spindle.mgmt.stream.Topic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Past events by range. {@code /v1/events} shows a caller what concerns their firms; {@code
 * /v1/event-audit} and {@code /v1/audit} show everything, to auditors.
 */
final class EventsApi {
    private static final Set<Role> AUDITORS = EnumSet.of(Role.AUDITOR);

    private final EventLog log;

    EventsApi(final EventLog log) {
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/events", this::events, Role.readers()),
                Route.get("/v1/event-audit", this::eventAudit, AUDITORS).wholeMarket(),
                Route.get("/v1/audit", this::audit, AUDITORS).wholeMarket());
    }

    /** Events in order; {@code from} of the next call is the last one's token. */
    public record EventsJson(String forgottenUpTo, List<FeedMessage> items) {}

    @OpenApi(
            path = "/v1/events",
            methods = HttpMethod.GET,
            operationId = "listEvents",
            summary = "Events behind `from` up to `to`, of the caller's firms",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from", description = "A sequence or token; exclusive"),
                @OpenApiParam(name = "to", description = "A sequence; inclusive"),
                @OpenApiParam(name = "for", description = "Views, separated by commas"),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = EventsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void events(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        answer(ctx, topics(ctx), (event, topic) -> event.isFor(topic, caller));
    }

    @OpenApi(
            path = "/v1/event-audit",
            methods = HttpMethod.GET,
            operationId = "auditEvents",
            summary = "Events behind `from` up to `to`, of everybody",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from"),
                @OpenApiParam(name = "to"),
                @OpenApiParam(name = "for"),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = EventsJson.class)))
    private void eventAudit(final Context ctx) {
        answer(ctx, topics(ctx), (event, topic) -> true);
    }

    @OpenApi(
            path = "/v1/audit",
            methods = HttpMethod.GET,
            operationId = "auditRequests",
            summary = "Admin commands and refused requests, with the engine's answers",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from"),
                @OpenApiParam(name = "to"),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = EventsJson.class)))
    private void audit(final Context ctx) {
        answer(ctx, EnumSet.of(Topic.REQUESTS), (event, topic) -> true);
    }

    private void answer(
            final Context ctx, final Set<Topic> topics, final BiPredicate<Event, Topic> allowed) {
        final Position from = position(ctx, "from");
        final long to = Parameters.number(ctx, "to", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final Position forgotten = log.forgotten();
        final Position after = from == null ? forgotten : from;
        if (after.isBefore(forgotten)) {
            throw ApiProblem.of(
                    ProblemCode.GONE,
                    "events up to sequence " + forgotten.sequence() + " are in the database only");
        }
        final Principal caller = Access.caller(ctx);
        final List<FeedMessage> items = new ArrayList<>();
        final Function<Event, List<Topic>> shown =
                event ->
                        event.topics().stream()
                                .filter(topics::contains)
                                .filter(topic -> allowed.test(event, topic))
                                .toList();
        log.list(after, to, event -> !shown.apply(event).isEmpty(), count)
                .forEach(
                        event ->
                                shown.apply(event)
                                        .forEach(
                                                topic ->
                                                        items.add(
                                                                FeedMessage.of(
                                                                        event, topic, caller))));
        ctx.json(new EventsJson(Long.toString(forgotten.sequence()), items));
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

    /** The views asked for; all but market data if none is named. */
    static Set<Topic> topics(final Context ctx) {
        return topics(ctx.queryParam("for"));
    }

    static Set<Topic> topics(final String text) {
        if (text == null || text.isEmpty()) {
            return Topic.usual();
        }
        final Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (final String label : text.split(",")) {
            topics.add(
                    Topic.of(label).orElseThrow(() -> ApiProblem.field("for", "no view " + label)));
        }
        return topics;
    }
}
