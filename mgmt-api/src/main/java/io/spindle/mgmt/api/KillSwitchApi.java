package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EntryState;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Stops order entry of a scope, shows what is stopped and what would be. */
final class KillSwitchApi {
    private static final Set<Role> STOPPERS = EnumSet.of(Role.OPERATOR, Role.RISK);

    /** In the order of {@link EntryState}. */
    static final List<String> ENTRY_STATES =
            List.of("active", "reduce_only", "cancel_only", "halted");

    private static final String ENTRY_LETTERS = "ARCH";

    private final Readings readings;
    private final Writes writes;
    private final Present present;
    private final BooleanSupplier secondPerson;

    /**
     * @param secondPerson whether there is somebody who could agree
     */
    KillSwitchApi(
            final Readings readings,
            final Writes writes,
            final Present present,
            final BooleanSupplier secondPerson) {
        this.readings = readings;
        this.writes = writes;
        this.present = present;
        this.secondPerson = secondPerson;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/kill-switch", this::entryStates, Role.readers()),
                Route.post("/v1/kill-switch", this::killSwitch, STOPPERS).stopping(),
                Route.post("/v1/kill-switch/preview", this::preview, Role.readers()).previewing());
    }

    /**
     * A scope that may not do everything.
     *
     * @param scope system, firm, account or session
     * @param name absent for the system, as is the firm
     * @param state reduce_only, cancel_only or halted: the strictest that anybody has set for it;
     *     what is set for a scope above it counts besides
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EntryStateJson(String scope, String name, String firm, String state) {
        static EntryStateJson of(final Terms.Block block) {
            return new EntryStateJson(
                    block.scope(),
                    block.name().isEmpty() ? null : block.name(),
                    block.firm().isEmpty() ? null : block.firm(),
                    ENTRY_STATES.get(block.entryState()));
        }
    }

    /** Scopes that are stopped, true at a sequence. */
    public record EntryStatesJson(long sequence, List<EntryStateJson> items) {}

    @OpenApi(
            path = "/v1/kill-switch",
            methods = HttpMethod.GET,
            operationId = "listEntryStates",
            summary = "Scopes whose order entry is stopped, and how far; none = all are active",
            tags = "risk",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = EntryStatesJson.class)))
    private void entryStates(final Context ctx) {
        final Principal caller = Access.caller(ctx);
        ctx.json(
                readings.read(
                        ctx,
                        now ->
                                new EntryStatesJson(
                                        now.sequence(),
                                        now.terms().blocks().stream()
                                                .filter(block -> caller.maySee(block.firm()))
                                                .map(EntryStateJson::of)
                                                .toList())));
    }

    /**
     * Whom to stop, and how far.
     *
     * @param scope system, firm, account or session
     * @param state active, reduce_only, cancel_only or halted; active, and one that is milder than
     *     the present one, needs a second person
     * @param reason may be missing of halted
     */
    public record KillSwitchJson(
            String scope, String name, String state, Boolean cancelOrders, String reason) {}

    @OpenApi(
            path = "/v1/kill-switch",
            methods = HttpMethod.POST,
            operationId = "killSwitch",
            summary = "Stops order entry of a scope, or lets it go on; may cancel its open orders",
            tags = "controls",
            headers = @OpenApiParam(name = "Idempotency-Key"),
            requestBody =
                    @OpenApiRequestBody(content = @OpenApiContent(from = KillSwitchJson.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = Done.class)),
                @OpenApiResponse(status = "422", content = @OpenApiContent(from = Problem.class))
            })
    private void killSwitch(final Context ctx) throws IOException, InterruptedException {
        final KillSwitchJson body = Json.body(ctx, KillSwitchJson.class);
        final Fields fields = new Fields();
        final Scope scope = fields.scope(body.scope, body.name);
        final int state = fields.choice("/state", body.state, ENTRY_STATES);
        if (state == EntryState.HALTED) {
            Audit.haltReason(ctx, body.reason);
        } else {
            fields.reason(body.reason);
        }
        fields.check();
        final Write write =
                Write.of(
                                RiskCommands.setEntryState(
                                        writes.requestId(ctx),
                                        scope,
                                        ENTRY_LETTERS.charAt(state),
                                        Boolean.TRUE.equals(body.cancelOrders),
                                        Access.caller(ctx).name()))
                        .ownedBy(
                                state == EntryState.HALTED
                                        ? readings.ownerOf(scope, Access.caller(ctx))
                                        : readings.firmOf(scope))
                        .shows(Resource.of(Resource.Kind.ENTRY_STATE, scope));
        if (state == EntryState.HALTED) {
            writes.stop(ctx, write);
            return;
        }
        if (state != EntryState.ACTIVE && secondPerson.getAsBoolean()) {
            present.await();
        }
        final boolean lifts = state == EntryState.ACTIVE || state < listed(scope);
        writes.answer(ctx, lifts ? write.needsSecondPerson(body.reason) : write);
    }

    /** How far the scope is stopped, as it is listed. */
    private int listed(final Scope scope) {
        return readings.present(now -> now.terms().blocks()).stream()
                .filter(block -> block.scope().equals(scope.label()))
                .filter(block -> block.name().equals(scope.name()))
                .mapToInt(Terms.Block::entryState)
                .findFirst()
                .orElse(EntryState.ACTIVE);
    }

    /** Whom a control would reach. */
    public record ScopeJson(String scope, String name) {}

    /**
     * What it would reach: the blast radius.
     *
     * @param sessions that could no longer enter orders, and others with open orders in the scope
     * @param loggedIn of those, at this moment
     * @param algorithms that are running
     */
    public record PreviewJson(
            long sequence,
            int openOrders,
            List<String> sessions,
            List<String> loggedIn,
            int algorithms) {}

    @OpenApi(
            path = "/v1/kill-switch/preview",
            methods = HttpMethod.POST,
            operationId = "previewKillSwitch",
            summary = "The open orders, sessions and algorithms that a kill switch would reach",
            tags = "controls",
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = ScopeJson.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(from = PreviewJson.class)),
                @OpenApiResponse(status = "404", content = @OpenApiContent(from = Problem.class))
            })
    private void preview(final Context ctx) {
        final ScopeJson body = Json.body(ctx, ScopeJson.class);
        final Fields fields = new Fields();
        final Scope scope = fields.scope(body.scope, body.name);
        fields.check();
        Writes.require(Access.caller(ctx), readings.firmOf(scope));
        ctx.json(readings.present(now -> preview(now, scope)));
    }

    private static PreviewJson preview(final View.Reading now, final Scope scope) {
        if (!isKnown(now, scope)) {
            throw ApiProblem.of(
                    ProblemCode.NOT_FOUND, "no " + scope.label() + " has the name " + scope.name());
        }
        final List<Order> orders = now.orders().list(true, order -> reaches(scope, order));
        final Set<String> names = new TreeSet<>();
        orders.forEach(order -> names.add(order.id().session()));
        final List<SessionState> sessions = now.ledger().sessions();
        sessions.stream()
                .filter(session -> reaches(scope, session))
                .forEach(session -> names.add(session.username()));
        return new PreviewJson(
                now.sequence(),
                orders.size(),
                List.copyOf(names),
                sessions.stream()
                        .filter(SessionState::up)
                        .map(SessionState::username)
                        .filter(names::contains)
                        .sorted()
                        .toList(),
                now.algorithms()
                        .list(one -> !one.state().isTerminal() && reaches(scope, one))
                        .size());
    }

    private static boolean isKnown(final View.Reading now, final Scope scope) {
        return switch (scope.kind()) {
            case SYSTEM -> true;
            case FIRM -> now.ledger().firms().contains(scope.name());
            case ACCOUNT ->
                    now.ledger().accounts().stream()
                            .anyMatch(account -> account.code().equals(scope.name()));
            case SESSION ->
                    now.ledger().sessions().stream()
                            .anyMatch(session -> session.username().equals(scope.name()));
        };
    }

    private static boolean reaches(final Scope scope, final SessionState session) {
        return switch (scope.kind()) {
            case SYSTEM -> true;
            case FIRM -> session.firm().equals(scope.name());
            case ACCOUNT -> session.account().equals(scope.name());
            case SESSION -> session.username().equals(scope.name());
        };
    }

    private static boolean reaches(final Scope scope, final Algorithm algorithm) {
        return switch (scope.kind()) {
            case SYSTEM -> true;
            case FIRM -> algorithm.firm().equals(scope.name());
            case ACCOUNT -> algorithm.account().equals(scope.name());
            case SESSION -> algorithm.id().session().equals(scope.name());
        };
    }

    private static boolean reaches(final Scope scope, final Order order) {
        return switch (scope.kind()) {
            case SYSTEM -> true;
            case FIRM -> order.firm().equals(scope.name());
            case ACCOUNT -> order.account().equals(scope.name());
            case SESSION -> order.id().session().equals(scope.name());
        };
    }
}
