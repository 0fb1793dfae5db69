package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.MemberCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.View;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TokenKey;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Client sessions: how they are defined, and whether somebody is logged in to them. */
final class SessionsApi {
    private static final Set<Role> EDITORS = EnumSet.of(Role.OPERATOR);
    private static final Set<Role> GRACE_EDITORS = EnumSet.of(Role.OPERATOR, Role.RISK);

    /** What a login has room for. */
    private static final int USERNAME_LENGTH = 6;

    /** A day. */
    private static final int LONGEST_GRACE_MS = 86_400_000;

    private final Readings readings;
    private final Writes writes;
    private final Pages pages;

    SessionsApi(final Readings readings, final Writes writes, final Pages pages) {
        this.readings = readings;
        this.writes = writes;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/sessions", this::sessions, Role.readers()),
                Route.post("/v1/sessions", this::defineSession, EDITORS).versioned(),
                Route.get("/v1/sessions/{session}", this::session, Role.readers()),
                Route.get("/v1/sessions/{session}/grace", this::grace, Role.readers()),
                Route.put("/v1/sessions/{session}/grace", this::setGrace, GRACE_EDITORS)
                        .versioned());
    }

    /** A page of sessions, all true at one sequence. */
    public record SessionsJson(long sequence, List<SessionJson> items, String nextPageToken) {}

    @OpenApi(
            path = "/v1/sessions",
            methods = HttpMethod.GET,
            operationId = "listSessions",
            summary = "Client sessions that the caller may see",
            tags = "members",
            queryParams = {
                @OpenApiParam(name = "pageSize", type = Integer.class),
                @OpenApiParam(name = "pageToken")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = SessionsJson.class)),
                @OpenApiResponse(status = "410", content = @OpenApiContent(from = Problem.class))
            })
    private void sessions(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final var page =
                pages.list(ctx, readings, SessionState.class, now -> visible(now, caller).toList());
        final List<SessionJson> items = page.items().stream().map(SessionJson::of).toList();
        ctx.json(new SessionsJson(page.sequence(), items, page.nextPageToken()));
    }

    private static Stream<SessionState> visible(final View.Reading now, final Principal caller) {
        return now.ledger().sessions().stream().filter(one -> caller.maySee(one.firm()));
    }

    /** A session, true at a sequence. */
    public record SessionAtJson(long sequence, @JsonUnwrapped SessionJson session) {}

    @OpenApi(
            path = "/v1/sessions/{session}",
            methods = HttpMethod.GET,
            operationId = "getSession",
            summary = "One client session that the caller may see",
            tags = "members",
            pathParams = @OpenApiParam(name = "session", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = SessionAtJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void session(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        final String session = ctx.pathParam("session");
        final SessionAtJson found =
                readings.read(
                        ctx,
                        now ->
                                visible(now, caller)
                                        .filter(one -> one.username().equals(session))
                                        .findFirst()
                                        .map(SessionJson::of)
                                        .map(one -> new SessionAtJson(now.sequence(), one))
                                        .orElseThrow(
                                                () ->
                                                        ApiProblem.of(
                                                                ProblemCode.NOT_FOUND,
                                                                "no session " + session)));
        Versions.tell(ctx, Terms.of(found.session));
        ctx.json(found);
    }

    /** What defines a session, besides its secret: the ETag is that of this. */
    record Terms(
            String session,
            String firm,
            String account,
            boolean cancelOnDisconnect,
            boolean keepsSource,
            boolean carriesTokens) {
        static Terms of(final SessionJson session) {
            return new Terms(
                    session.session(),
                    session.firm(),
                    session.account(),
                    session.cancelOnDisconnect(),
                    session.keepsSource(),
                    session.carriesTokens());
        }
    }

    /** Null if there is no such session. */
    static Object terms(final View.Reading now, final String session) {
        return now.ledger().sessions().stream()
                .filter(one -> one.username().equals(session))
                .findFirst()
                .map(SessionJson::of)
                .map(Terms::of)
                .orElse(null);
    }

    /**
     * A session to be defined, with a password, which is stored as a salted hash, or with a key of
     * 32 hex digits, with which each of its datagrams is to be signed.
     *
     * @param reason why one that is there gets another secret, where a second person has to agree
     */
    public record NewSessionJson(
            String session,
            String firm,
            String account,
            String password,
            String key,
            Boolean keepsSource,
            Boolean cancelOnDisconnect,
            String reason) {
        @OpenApiIgnore
        int flags() {
            return (Boolean.TRUE.equals(keepsSource) ? SessionTable.FLAG_KEEPS_SOURCE : 0)
                    | (Boolean.TRUE.equals(cancelOnDisconnect)
                            ? SessionTable.FLAG_CANCEL_ON_DISCONNECT
                            : 0);
        }
    }

    @OpenApi(
            path = "/v1/sessions",
            methods = HttpMethod.POST,
            operationId = "defineSession",
            summary = "Defines a client session; one that is there only by who has seen it",
            tags = "members",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = NewSessionJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void defineSession(final Context ctx) throws IOException, InterruptedException {
        final NewSessionJson body = Json.body(ctx, NewSessionJson.class);
        final Fields fields = new Fields();
        final String session = fields.name("/session", body.session, USERNAME_LENGTH);
        final String firm = fields.name("/firm", body.firm, 4);
        final String account = fields.name("/account", body.account, 16);
        final boolean hasKey = body.key != null;
        if (hasKey && !TokenKey.isWritten(body.key)) {
            fields.error("/key", "must be 32 hexadecimal digits");
        }
        if (hasKey && body.password != null) {
            fields.error("/password", "must not be given beside a key");
        }
        final String password = hasKey ? "" : fields.name("/password", body.password, 10);
        fields.check();
        final UUID request = writes.requestId(ctx);
        final int flags = body.flags();
        final AdminCommand command =
                hasKey
                        ? MemberCommands.defineTokenSession(
                                request, session, firm, account, flags, body.key)
                        : MemberCommands.definePasswordSession(
                                request, session, firm, account, flags, password);
        final Write write =
                Write.of(command)
                        .ownedBy(firm)
                        .changes(new Resource(Resource.Kind.SESSION, session));
        final boolean isThere = ctx.header("If-Match") != null;
        writes.answer(ctx, isThere ? write.needsSecondPerson(body.reason) : write);
    }

    /**
     * How long the orders of a session that cancels on disconnect outlive its connection.
     *
     * @param disconnectGraceMs 0 = not at all; of no meaning after a log-off
     */
    public record GraceJson(Long disconnectGraceMs) {}

    /** Null if there is no such session. */
    static GraceJson grace(final View.Reading now, final String session) {
        return now.ledger().sessions().stream()
                .filter(one -> one.username().equals(session))
                .map(one -> new GraceJson(TimeUnit.NANOSECONDS.toMillis(one.graceNs())))
                .findFirst()
                .orElse(null);
    }

    @OpenApi(
            path = "/v1/sessions/{session}/grace",
            methods = HttpMethod.GET,
            operationId = "getGrace",
            summary = "How long a session's orders outlive its connection",
            tags = "members",
            pathParams = @OpenApiParam(name = "session", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = GraceJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void grace(final Context ctx) {
        final String session = ctx.pathParam("session");
        final String firm = readings.firmOf(new Scope(Scope.Kind.SESSION, session));
        final GraceJson grace = readings.read(ctx, now -> grace(now, session));
        if (grace == null || firm == null || !Access.caller(ctx).maySee(firm)) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no session " + session);
        }
        Versions.show(ctx, grace);
    }

    @OpenApi(
            path = "/v1/sessions/{session}/grace",
            methods = HttpMethod.PUT,
            operationId = "setGrace",
            summary = "Sets how long a session's orders outlive its connection",
            tags = "members",
            pathParams = @OpenApiParam(name = "session", required = true),
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = GraceJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void setGrace(final Context ctx) throws IOException, InterruptedException {
        final GraceJson body = Json.body(ctx, GraceJson.class);
        final Fields fields = new Fields();
        final String session = fields.name("session", ctx.pathParam("session"), USERNAME_LENGTH);
        final int graceMs =
                fields.whole("/disconnectGraceMs", body.disconnectGraceMs, 0, LONGEST_GRACE_MS);
        fields.check();
        writes.answer(
                ctx,
                Write.of(
                                TermsCommands.setDisconnectGrace(
                                        writes.requestId(ctx),
                                        session,
                                        TimeUnit.MILLISECONDS.toNanos(graceMs)))
                        .ownedBy(readings.firmOf(new Scope(Scope.Kind.SESSION, session)))
                        .changes(new Resource(Resource.Kind.GRACE, session)));
    }
}
