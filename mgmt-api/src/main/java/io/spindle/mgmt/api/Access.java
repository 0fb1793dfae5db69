package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsContext;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lets a request reach its route only if the route names one of its caller's roles. */
final class Access implements Handler {
    private static final String PRINCIPAL = "principal";
    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;

    Access(final Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public void handle(final Context ctx) {
        final Set<RouteRole> allowed = ctx.routeRoles();
        if (allowed.contains(Role.ANYONE)) {
            return;
        }
        final Principal caller =
                authenticator
                        .authenticate(token(ctx))
                        .orElseThrow(
                                () ->
                                        ApiProblem.of(
                                                ProblemCode.UNAUTHENTICATED,
                                                "send `Authorization: Bearer KEY`; the first key"
                                                        + " is in DATA/admin.key"));
        if (!caller.mayUse(allowed)) {
            throw ApiProblem.forbidden(names(allowed));
        }
        ctx.attribute(PRINCIPAL, caller);
    }

    /** The caller of a route that is not open to anyone. */
    static Principal caller(final Context ctx) {
        final Principal caller = ctx.attribute(PRINCIPAL);
        if (caller == null) {
            throw new IllegalStateException(ctx.path() + " is open: nobody is logged in");
        }
        return caller;
    }

    /** The caller of an open WebSocket: who they were when it was opened. */
    static Principal caller(final WsContext ctx) {
        return Objects.requireNonNull(ctx.attribute(PRINCIPAL), "not checked before its upgrade");
    }

    private static String token(final Context ctx) {
        final String header = ctx.header("Authorization");
        return header != null && header.startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    private static List<String> names(final Set<RouteRole> allowed) {
        return allowed.stream()
                .map(role -> (Role) role)
                .sorted(Comparator.naturalOrder())
                .map(Role::name)
                .toList();
    }
}
