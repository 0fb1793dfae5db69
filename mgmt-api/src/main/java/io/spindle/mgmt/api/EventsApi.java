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
import io.spindle.mgmt.stream.EventHistory;
import io.spindle.mgmt.stream.FeedMessage;
import io.spindle.mgmt.stream.Interest;
import io.spindle.mgmt.stream.Span;
import io.spindle.mgmt.stream.Topic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Past events by range, which commands caused; {@link UpdatesApi} shows these. {@code /v1/events}
 * shows a caller what concerns their firms; {@code /v1/event-audit} shows everything, to auditors,
 * who are bound to no firm.
 */
final class EventsApi {
    private static final Set<Role> AUDITORS = EnumSet.of(Role.AUDITOR);

    private final EventHistory history;
    private final PastCalls pastCalls;

    EventsApi(final EventHistory history, final PastCalls pastCalls) {
        this.history = history;
        this.pastCalls = pastCalls;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/events", this::events, Role.readers()),
                Route.get("/v1/event-audit", this::eventAudit, AUDITORS).wholeMarket());
    }

    /**
     * Events in order; {@code from} of the next call is the last one's token.
     *
     * @param forgottenUpTo sequence up to which events are read out of the log, which takes as long
     *     as its replay
     */
    public record EventsJson(String forgottenUpTo, List<FeedMessage> items) {}

    @OpenApi(
            path = "/v1/events",
            methods = HttpMethod.GET,
            operationId = "listEvents",
            summary = "Events from `from` up to `to`, of the caller's firms",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from", description = RangeEnd.FROM),
                @OpenApiParam(name = "to", description = RangeEnd.TO),
                @OpenApiParam(name = "for", description = EventParameters.FOR),
                @OpenApiParam(name = "event", description = EventParameters.EVENT),
                @OpenApiParam(name = "symbol", description = EventParameters.SYMBOL),
                @OpenApiParam(name = "account", description = EventParameters.ACCOUNT),
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
        final Interest interest = interest(ctx);
        answer(ctx, interest.caller(), interest::views);
    }

    @OpenApi(
            path = "/v1/event-audit",
            methods = HttpMethod.GET,
            operationId = "auditEvents",
            summary = "Events from `from` up to `to`, of everybody",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from", description = RangeEnd.FROM),
                @OpenApiParam(name = "to", description = RangeEnd.TO),
                @OpenApiParam(name = "for", description = EventParameters.FOR),
                @OpenApiParam(name = "event", description = EventParameters.EVENT),
                @OpenApiParam(name = "symbol", description = EventParameters.SYMBOL),
                @OpenApiParam(name = "account", description = EventParameters.ACCOUNT),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = EventsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void eventAudit(final Context ctx) {
        final Interest interest = interest(ctx);
        answer(ctx, interest.caller(), interest::auditViews);
    }

    private static Interest interest(final Context ctx) {
        return EventParameters.interest(ctx::queryParam, Access.caller(ctx));
    }

    private void answer(
            final Context ctx, final Principal caller, final Function<Event, List<Topic>> views) {
        final Span span = RangeEnd.span(ctx);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final List<FeedMessage> items = new ArrayList<>();
        for (final Event event : list(span, caller, views, count)) {
            for (final Topic topic : views.apply(event)) {
                items.add(FeedMessage.of(event, topic, caller));
            }
        }
        ctx.json(new EventsJson(Long.toString(history.forgotten().sequence()), items));
    }

    private List<Event> list(
            final Span span,
            final Principal caller,
            final Function<Event, List<Topic>> views,
            final int count) {
        final Supplier<List<Event>> answer =
                () -> history.list(span, event -> !views.apply(event).isEmpty(), count);
        try {
            return history.isInMemory(span) ? answer.get() : pastCalls.take(caller, answer);
        } catch (final IllegalArgumentException purged) {
            throw ApiProblem.of(ProblemCode.GONE, "what is asked for " + purged.getMessage());
        }
    }
}
