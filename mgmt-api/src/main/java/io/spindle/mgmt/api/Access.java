package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsContext;
import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.CallRates;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.oms.EntryState;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a request reach its route only if the route names one of its caller's roles, and not too
 * often. What stops trading has a rate of its own, so that no flood uses it up, nor what the same
 * routes try or let go on, and what shows beforehand whom a stop would reach has another.
 */
final class Access implements Handler {
    private static final String ADMISSION = "admission";
    private static final String SCHEME = "Bearer ";
    private static final int BURST_S = 2;
    private static final int STRANGERS_PER_SECOND = 100;
    private static final int STOPS_PER_SECOND = 20;

    /** More than a stop needs to say; what is larger is not read for its sake. */
    private static final int MAX_STOP_BYTES = 8_192;

    /** States in which orders are taken: to ask for one stops nothing. */
    private static final Set<String> GOING_ON =
            Stream.concat(
                            Stream.of(KillSwitchApi.ENTRY_STATES.get(EntryState.ACTIVE)),
                            Arrays.stream(TradingState.values())
                                    .filter(state -> state.takesOrders)
                                    .map(state -> state.name().toLowerCase(Locale.ROOT)))
                    .collect(Collectors.toUnmodifiableSet());

    private final Authenticator authenticator;
    private final CallRates callers;
    private final CallRates strangers;
    private final CallRates stops;
    private final CallRates previews;

    Access(final Authenticator authenticator, final int callsPerSecond) {
        this.authenticator = authenticator;
        this.callers = rates(callsPerSecond);
        this.strangers = rates(Math.min(STRANGERS_PER_SECOND, callsPerSecond));
        this.stops = rates(STOPS_PER_SECOND);
        this.previews = rates(STOPS_PER_SECOND);
    }

    private static CallRates rates(final int perSecond) {
        return new CallRates(perSecond, BURST_S * perSecond, System::nanoTime);
    }

    @Override
    public void handle(final Context ctx) {
        final Set<RouteRole> allowed = ctx.routeRoles();
        if (allowed.contains(Role.ANYONE)) {
            limit(strangers, ctx);
            return;
        }
        final String token = token(ctx);
        final Optional<Principal> found = authenticator.authenticate(token);
        if (found.isEmpty()) {
            limit(strangers, ctx);
            throw ApiProblem.of(
                    ProblemCode.UNAUTHENTICATED,
                    "send `Authorization: Bearer KEY`; the first key is in DATA/admin.key");
        }
        final Principal caller = found.get();
        limit(ratesOf(allowed, ctx), ctx, caller.name());
        ctx.attribute(ADMISSION, new Admission(authenticator, token, caller));
        if (!caller.mayUse(allowed)) {
            throw ApiProblem.forbidden(names(allowed));
        }
        if (allowed.contains(Route.Mark.WHOLE_MARKET)) {
            Writes.require(caller, null);
        }
    }

    private CallRates ratesOf(final Set<RouteRole> allowed, final Context ctx) {
        if (allowed.contains(Route.Mark.STOPS_TRADING)) {
            return stops(ctx) ? stops : callers;
        }
        return allowed.contains(Route.Mark.PREVIEWS_STOP) ? previews : callers;
    }

    /** Not what is only tried, nor what lets something go on; what cannot be read may be a stop. */
    private static boolean stops(final Context ctx) {
        if (isOnlyTried(ctx)) {
            return false;
        }
        final int length = ctx.contentLength();
        if (length < 0 || length > MAX_STOP_BYTES) {
            return length < 0;
        }
        try {
            final String state = Json.MAPPER.readTree(ctx.bodyAsBytes()).path("state").asText("");
            return !GOING_ON.contains(state.toLowerCase(Locale.ROOT));
        } catch (final IOException unreadable) {
            return true;
        }
    }

    /** Told by the bare text: what says that it is written in no known alphabet may be a stop. */
    private static boolean isOnlyTried(final Context ctx) {
        final String query = ctx.queryString();
        return query != null && List.of(query.split("&")).contains("validate=true");
    }

    private static void limit(final CallRates rates, final Context ctx) {
        limit(rates, ctx, ctx.ip());
    }

    private static void limit(final CallRates rates, final Context ctx, final String caller) {
        final long waitNs = rates.take(caller);
        if (waitNs > 0) {
            final long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(waitNs);
            ctx.header("Retry-After", Long.toString(seconds));
            throw ApiProblem.of(ProblemCode.TOO_MANY, "come back in " + seconds + " s");
        }
    }

    /** The caller of a route that is not open to anyone. */
    static Principal caller(final Context ctx) {
        return admission(ctx).caller();
    }

    /** The same with the right to go on after the answer began. */
    static Admission admission(final Context ctx) {
        final Admission admission = ctx.attribute(ADMISSION);
        if (admission == null) {
            throw new IllegalStateException(ctx.path() + " is open: nobody is logged in");
        }
        return admission;
    }

    /** Of an open WebSocket: who they were when it was opened. */
    static Admission admission(final WsContext ctx) {
        return Objects.requireNonNull(ctx.attribute(ADMISSION), "not checked before its upgrade");
    }

    private static String token(final Context ctx) {
        final String header = ctx.header("Authorization");
        return header != null && header.startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    static List<String> names(final Set<? extends RouteRole> allowed) {
        return allowed.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .sorted(Comparator.naturalOrder())
                .map(Role::name)
                .toList();
    }
}
