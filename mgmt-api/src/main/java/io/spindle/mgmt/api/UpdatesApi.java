package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.audit.AuditChain;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.audit.CommandAuthors;
import io.spindle.mgmt.audit.CommandAuthors.Author;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventHistory;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.Span;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.Updates.Copy;
import io.spindle.mgmt.view.Updates.Range;
import io.spindle.mgmt.view.Updates.Search;
import io.spindle.mgmt.view.Updates.Update;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came in, by range: every command of the log, whoever it is from, in words. What it caused is
 * {@link EventsApi}'s.
 */
final class UpdatesApi {
    private static final int A_FEW = 100;
    private static final Author NOBODY = new Author(null, null, null);

    /** How much the log's clock and the calls' may differ. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

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
     * @param author who sent it through this API, else whom the command names, else its session;
     *     absent if there is nobody
     * @param call of {@code /v1/audit/calls}, absent if it did not come through this API
     * @param proposal that it waited as
     * @param request id of an admin command, of a batch's row that of its commit
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
        static CommandJson of(final Update update, final Author author, final String code) {
            return new CommandJson(
                    update.sequence(),
                    Times.text(update.timeNs()),
                    update.command(),
                    author.caller() == null ? update.author() : author.caller(),
                    author.call(),
                    author.proposal(),
                    update.request() == null ? null : update.request().toString(),
                    code,
                    update.fields());
        }
    }

    /**
     * Commands in order; {@code from} of the next call is the last one's sequence.
     *
     * @param forgottenUpTo sequence up to which commands are read out of the log
     * @param fault what is wrong with the chain of calls, empty if nothing is; whoever called
     *     behind that is not named
     */
    public record CommandsJson(String forgottenUpTo, String fault, List<CommandJson> items) {}

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
    private void audit(final Context ctx) {
        final Span span = RangeEnd.span(ctx);
        final int count = Parameters.integer(ctx, "count", 1_000, 1, 10_000);
        final Range range =
                new Range(
                        span.after() == null ? -1 : span.after().sequence(),
                        span.fromNs(),
                        span.upTo().sequence(),
                        span.toNs());
        final Principal caller = Access.caller(ctx);
        final List<Update> updates =
                inWords(
                        view.read(now -> now.updates().find(range, count))
                                .orElseGet(
                                        () ->
                                                pastCalls.take(
                                                        caller, () -> outOfTheLog(range, count))));
        final Authors authors = authors(caller, updates);
        final Map<Long, String> codes = codes(updates);
        ctx.json(
                new CommandsJson(
                        Long.toString(view.read(now -> now.updates().forgotten())),
                        authors.fault,
                        updates.stream()
                                .map(
                                        update ->
                                                CommandJson.of(
                                                        update,
                                                        authors.of(update),
                                                        codes.get(update.sequence())))
                                .toList()));
    }

    /** Reads the log from its beginning, which nobody has to apply for that. */
    private List<Copy> outOfTheLog(final Range range, final int count) {
        final Search search = new Search(range, count, false);
        past.scan(
                (begin, beginNs) -> {
                    if (!range.isBehind(begin, beginNs)) {
                        throw ApiProblem.of(
                                ProblemCode.GONE,
                                "what is asked for lies before the log begins, behind sequence "
                                        + begin
                                        + ": it was purged");
                    }
                },
                search,
                search::isOver);
        return search.found();
    }

    /** In words, a few at a time: whoever waits for the view does not wait for all of them. */
    private List<Update> inWords(final List<Copy> commands) {
        final List<Update> updates = new ArrayList<>();
        for (int i = 0; i < commands.size(); i += A_FEW) {
            final List<Copy> few = commands.subList(i, Math.min(i + A_FEW, commands.size()));
            updates.addAll(view.read(now -> few.stream().map(now.updates()::read).toList()));
        }
        return updates;
    }

    /** Whose commands are, by the ids under which the log has them. */
    private record Authors(Map<String, Author> byId, String fault) {
        Author of(final Update update) {
            return byId.getOrDefault(id(update), NOBODY);
        }
    }

    private Authors authors(final Principal caller, final List<Update> updates) {
        final CommandAuthors recent = audit.authors();
        final Map<String, Author> known = new HashMap<>();
        final Set<String> unknown = new HashSet<>();
        for (final Update update : updates) {
            final String id = id(update);
            final Optional<Author> author = recent.find(id);
            author.ifPresent(one -> known.put(id, one));
            final Instant sent = Instant.EPOCH.plusNanos(update.timeNs());
            if (author.isEmpty()
                    && !id.isEmpty()
                    && !sent.isAfter(recent.forgotten().plus(CLOCKS_APART))) {
                unknown.add(id);
            }
        }
        return unknown.isEmpty()
                ? new Authors(known, audit.fault())
                : pastCalls.take(caller, () -> outOfTheFile(unknown, known));
    }

    /** Checks the whole chain; one call at a time. */
    private synchronized Authors outOfTheFile(
            final Set<String> ids, final Map<String, Author> known) {
        final CommandAuthors found = new CommandAuthors(Integer.MAX_VALUE, ids::contains);
        try {
            final AuditChain.Finding finding =
                    AuditChain.read(audit.file(), (number, json) -> found.add(json));
            ids.forEach(id -> found.find(id).ifPresent(author -> known.put(id, author)));
            return new Authors(known, finding.fault());
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Under which id a call would have sent it: what sessions send has none, which is empty. */
    private static String id(final Update update) {
        if (update.request() != null) {
            return update.request().toString();
        }
        final boolean isOrder =
                update.command().equals("EnterOrder") || update.command().equals("ReplaceOrder");
        return Optional.ofNullable(update.fields().get("order"))
                .filter(order -> isOrder)
                .flatMap(OrderId::parse)
                .filter(order -> order.userRefIdx() == Ticket.SERIES)
                .map(OrderId::toString)
                .orElse("");
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
