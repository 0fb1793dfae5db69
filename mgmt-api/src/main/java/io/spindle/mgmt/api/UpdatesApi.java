package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.audit.AuditChain;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventHistory;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.Span;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.Updates;
import io.spindle.mgmt.view.Updates.Range;
import io.spindle.mgmt.view.Updates.Update;
import io.spindle.mgmt.view.View;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came in, by range: every command of the log, whoever it is from, in words. What it caused is
 * {@link EventsApi}'s.
 */
final class UpdatesApi {
    private static final int FRAMES = 64;

    private final View view;
    private final TimeTravel past;
    private final PastCalls pastCalls;
    private final EventHistory history;
    private final AuditLog audit;

    UpdatesApi(
            final View view,
            final TimeTravel past,
            final PastCalls pastCalls,
            final EventHistory history,
            final AuditLog audit) {
        this.view = view;
        this.past = past;
        this.pastCalls = pastCalls;
        this.history = history;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/audit", this::audit, EnumSet.of(Role.AUDITOR)).wholeMarket());
    }

    /**
     * A command of the log.
     *
     * @param time its log time
     * @param command its name in the schema
     * @param author who called this API, else whom the command names, else its session; absent if
     *     there is nobody
     * @param call of {@code /v1/audit/calls}, absent if it did not come through this API
     * @param proposal that it waited as
     * @param request id of an admin command
     * @param code the engine's answer to it, absent once its events are not in memory
     * @param fields what it says: names, amounts as decimals; no secrets
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CommandJson(
            long sequence,
            String time,
            String command,
            String author,
            String call,
            String proposal,
            String request,
            String code,
            Map<String, String> fields) {
        static CommandJson of(final Update update, final JsonNode caller, final String code) {
            return new CommandJson(
                    update.sequence(),
                    Times.text(update.timeNs()),
                    update.command(),
                    caller == null ? update.author() : caller.path("caller").asText(),
                    caller == null ? null : caller.path("call").asText(null),
                    caller == null ? null : caller.path("proposal").asText(null),
                    update.request() == null ? null : update.request().toString(),
                    code,
                    update.fields());
        }
    }

    /**
     * Commands in order; {@code from} of the next call is the last one's sequence.
     *
     * @param forgottenUpTo sequence up to which commands are read out of the log
     */
    public record CommandsJson(String forgottenUpTo, List<CommandJson> items) {}

    @OpenApi(
            path = "/v1/audit",
            methods = HttpMethod.GET,
            operationId = "auditUpdates",
            summary = "Every command of the log in words, and who it is from",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "from", description = RangeEnd.FROM),
                @OpenApiParam(name = "to", description = RangeEnd.TO),
                @OpenApiParam(name = "count", type = Integer.class)
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = CommandsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void audit(final Context ctx) throws IOException {
        final Span span = RangeEnd.span(ctx);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final Range range =
                new Range(
                        span.after() == null ? -1 : span.after().sequence(),
                        span.fromNs(),
                        span.upTo().sequence(),
                        span.toNs());
        final Optional<List<Update>> recent = view.read(now -> now.updates().find(range, count));
        final List<Update> updates =
                recent.isPresent()
                        ? recent.get()
                        : pastCalls.take(Access.caller(ctx), () -> outOfTheLog(range, count));
        final Map<Long, JsonNode> callers = callers(updates);
        final Map<Long, String> codes = codes(updates);
        ctx.json(
                new CommandsJson(
                        Long.toString(view.read(now -> now.updates().forgotten())),
                        updates.stream()
                                .map(
                                        update ->
                                                CommandJson.of(
                                                        update,
                                                        callers.get(update.sequence()),
                                                        codes.get(update.sequence())))
                                .toList()));
    }

    /** Reads the log from its beginning, which nobody has to apply for that. */
    private List<Update> outOfTheLog(final Range range, final int count) {
        final View blank = past.blank();
        final long present = view.read(View.Reading::sequence);
        final Search search = new Search(range, count);
        try (TimeTravel.Log log = past.open(blank)) {
            final long begin = blank.read(View.Reading::sequence);
            if (begin > 0
                    && range.hasBeginning()
                    && !range.isBehind(begin, blank.read(View.Reading::timeNs))) {
                throw ApiProblem.of(
                        ProblemCode.GONE,
                        "what is asked for lies before the log begins, behind sequence "
                                + begin
                                + ": it was purged");
            }
            int read = 1;
            while (read > 0 && !search.isOver && search.sequence < present) {
                read = log.poll(search::take, FRAMES);
            }
        }
        return search.found;
    }

    /** Goes through the log once. */
    private final class Search {
        private final Range range;
        private final int count;
        private final List<Update> found = new ArrayList<>();
        private long sequence;
        private boolean isOver;

        Search(final Range range, final int count) {
            this.range = range;
            this.count = count;
        }

        private void take(
                final long next,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            sequence = next;
            isOver = isOver || found.size() == count || range.isOver(next, timeNs);
            if (!isOver && range.includes(next, timeNs) && Updates.isOne(buffer, offset)) {
                found.add(view.read(now -> now.updates().read(next, timeNs, buffer, offset)));
            }
        }
    }

    /** The answered calls that commands came by. */
    private Map<Long, JsonNode> callers(final List<Update> updates) throws IOException {
        final Map<Long, JsonNode> callers = new HashMap<>();
        if (updates.isEmpty()) {
            return callers;
        }
        final long first = updates.getFirst().sequence();
        final long last = updates.getLast().sequence();
        AuditChain.read(
                audit.file(),
                (number, json) -> {
                    if (json.contains("\"sequence\":")) {
                        final JsonNode call = Json.read(json, JsonNode.class);
                        final long sequence = call.path("sequence").asLong();
                        if (sequence >= first && sequence <= last) {
                            callers.put(sequence, call);
                        }
                    }
                });
        return callers;
    }

    private Map<Long, String> codes(final List<Update> updates) {
        final Map<Long, String> codes = new HashMap<>();
        if (updates.isEmpty()) {
            return codes;
        }
        final Span span =
                new Span(
                        Position.behind(updates.getFirst().sequence() - 1),
                        Long.MIN_VALUE,
                        Position.behind(updates.getLast().sequence()),
                        Long.MAX_VALUE);
        if (history.isInMemory(span)) {
            for (final Event event : history.list(span, UpdatesApi::isAnswer, Integer.MAX_VALUE)) {
                codes.put(event.sequence(), ((AdminAnswer) event.fact()).code());
            }
        }
        return codes;
    }

    private static boolean isAnswer(final Event event) {
        return event.fact() instanceof AdminAnswer;
    }
}
