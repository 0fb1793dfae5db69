package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.Feed;
import io.spindle.mgmt.stream.FeedMessage;
import io.spindle.mgmt.stream.Interest;
import io.spindle.mgmt.view.View;

import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code /v1/stream}: the same feed as server-sent events and as a WebSocket. {@code for} names the
 * views, {@code event}, {@code symbol} and {@code account} narrow them, {@code resume} (or {@code
 * Last-Event-ID}) is a token to go on behind.
 */
final class StreamApi {
    static final String PATH = "/v1/stream";
    private static final Logger LOG = LoggerFactory.getLogger(StreamApi.class);
    private static final int SLOW_DOWN = 1013;

    /** Each has a thread and a queue of its own. */
    private static final int MAX_SUBSCRIBERS = 500;

    /** Of them, one caller's. */
    static final int MOST_OF_CALLER = 32;

    private static final long SEND_TIMEOUT_S = 30;

    private final View view;
    private final EventLog log;
    private final Latencies latencies;
    private final CallerSlots streams =
            new CallerSlots(
                    MOST_OF_CALLER,
                    "you have " + MOST_OF_CALLER + " streams; end one before you begin another");

    StreamApi(final View view, final EventLog log, final Latencies latencies) {
        this.view = view;
        this.log = log;
        this.latencies = latencies;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, this::stream, Role.readers()));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            operationId = "stream",
            summary = "A snapshot, then events as they happen; also as a WebSocket",
            tags = "events",
            queryParams = {
                @OpenApiParam(name = "for", description = EventParameters.FOR),
                @OpenApiParam(name = "event", description = EventParameters.EVENT),
                @OpenApiParam(name = "symbol", description = EventParameters.SYMBOL),
                @OpenApiParam(name = "account", description = EventParameters.ACCOUNT),
                @OpenApiParam(name = "resume", description = "Token of the last event seen")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        mimeType = "text/event-stream",
                                        from = FeedMessage.class)),
                @OpenApiResponse(
                        status = "429",
                        description = "Too many calls, or streams of the caller's",
                        content = @OpenApiContent(from = Problem.class))
            })
    private void stream(final Context ctx) {
        final String accept = ctx.header("Accept");
        if (accept == null || !accept.contains(ServerSentEvents.CONTENT_TYPE)) {
            throw ApiProblem.of(
                    ProblemCode.BAD_REQUEST, "send `Accept: text/event-stream`, or a WebSocket");
        }
        final Admission admission = Access.admission(ctx);
        final Interest interest = EventParameters.interest(ctx::queryParam, admission.caller());
        final Position resume = resume(ctx);
        if (log.subscribers() >= MAX_SUBSCRIBERS) {
            throw ApiProblem.of(ProblemCode.UNAVAILABLE, "too many subscribers");
        }
        streams.take(admission.caller());
        try {
            final Feed.Sink sink = new ServerSentEvents(ctx, admission, latencies);
            new Feed(view, log, interest, sink).run(resume);
        } catch (final IOException gone) {
            LOG.debug("feed of {} ended: {}", interest.caller().name(), gone.toString());
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release(admission.caller());
        }
    }

    private static Position resume(final Context ctx) {
        final String last = ctx.header("Last-Event-ID");
        return last == null || last.isEmpty()
                ? EventParameters.position(ctx, "resume")
                : EventParameters.position("Last-Event-ID", last);
    }

    /** What is wrong with a WebSocket's parameters can be told before its upgrade only. */
    Route beforeUpgrade() {
        return Route.get(
                PATH,
                ctx -> {
                    EventParameters.interest(ctx::queryParam, Access.caller(ctx));
                    EventParameters.position(ctx, "resume");
                    streams.requireFree(Access.caller(ctx));
                },
                Role.readers());
    }

    /** The WebSocket's side of it. */
    void configure(final WsConfig socket) {
        socket.onConnect(
                ctx -> {
                    ctx.session.setIdleTimeout(Duration.ofMinutes(5));
                    if (log.subscribers() >= MAX_SUBSCRIBERS) {
                        ctx.closeSession(SLOW_DOWN, "too many subscribers");
                        return;
                    }
                    final String text = ctx.queryParam("resume");
                    final Admission admission = Access.admission(ctx);
                    final Principal caller = admission.caller();
                    final Interest interest = EventParameters.interest(ctx::queryParam, caller);
                    final Position resume =
                            text == null || text.isEmpty()
                                    ? null
                                    : EventParameters.position("resume", text);
                    try {
                        streams.take(caller);
                    } catch (final ApiProblem tooMany) {
                        ctx.closeSession(SLOW_DOWN, tooMany.getMessage());
                        return;
                    }
                    run(
                            interest,
                            sink(ctx, admission),
                            resume,
                            () -> {
                                streams.release(caller);
                                ctx.closeSession(SLOW_DOWN, "start over");
                            });
                });
    }

    /** One message at a time: Jetty's own queue has no bound. */
    private Feed.Sink sink(final WsConnectContext ctx, final Admission admission) {
        return new Feed.Sink() {
            @Override
            public void send(final FeedMessage message, final String token) throws IOException {
                final CompletableFuture<Void> sent = new CompletableFuture<>();
                ctx.session.sendText(
                        Json.write(message),
                        Callback.from(() -> sent.complete(null), sent::completeExceptionally));
                try {
                    sent.get(SEND_TIMEOUT_S, TimeUnit.SECONDS);
                } catch (final ExecutionException | TimeoutException failure) {
                    throw new IOException("the subscriber does not read", failure);
                } catch (final InterruptedException end) {
                    Thread.currentThread().interrupt();
                    throw new IOException(end);
                }
            }

            @Override
            public void sent(final Event event) {
                latencies.reached(Stage.STREAM, event.sequence(), event.fact().timeNs());
            }

            @Override
            public boolean isOpen() {
                return ctx.session.isOpen() && admission.holds();
            }
        };
    }

    private void run(
            final Interest interest,
            final Feed.Sink sink,
            final Position resume,
            final Runnable close) {
        Thread.ofVirtual()
                .name("spindle-feed")
                .start(
                        () -> {
                            try {
                                new Feed(view, log, interest, sink).run(resume);
                            } catch (final IOException | InterruptedException gone) {
                                LOG.debug(
                                        "feed of {} ended: {}",
                                        interest.caller().name(),
                                        gone.toString());
                            } finally {
                                close.run();
                            }
                        });
    }
}
