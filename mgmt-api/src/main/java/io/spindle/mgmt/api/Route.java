package io.spindle.mgmt.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import io.spindle.mgmt.security.Role;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One line of the route table: what it is, who may use it. {@link Role#ADMIN} may use every route.
 *
 * @param marks what else {@link Access} has to know
 */
public record Route(
        HandlerType method, String path, Handler handler, Set<Role> roles, Set<Mark> marks) {
    /** What a route is besides what it does. */
    enum Mark implements RouteRole {
        /** What it stops has a call rate that nothing else uses up, and waits for no disk. */
        STOPS_TRADING,

        /** It shows what would be stopped: as the stop itself, with a call rate that is not its. */
        PREVIEWS_STOP,

        /** Who is bound to firms may not use it. */
        WHOLE_MARKET,

        /** It changes what its caller has to have seen: {@link Versions} sees to it. */
        VERSIONED,

        /** It is no command of the log, and yet a repeat of it does nothing. */
        ONCE
    }

    public Route {
        final EnumSet<Role> allowed = EnumSet.copyOf(roles);
        allowed.add(Role.ADMIN);
        roles = allowed;
    }

    public static Route get(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.GET, path, handler, roles, Set.of());
    }

    public static Route post(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.POST, path, handler, roles, Set.of());
    }

    public static Route put(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.PUT, path, handler, roles, Set.of());
    }

    public static Route delete(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.DELETE, path, handler, roles, Set.of());
    }

    Route stopping() {
        return marked(Mark.STOPS_TRADING);
    }

    Route previewing() {
        return marked(Mark.PREVIEWS_STOP);
    }

    /** With an {@code Idempotency-Key} it is done once; {@link Repeats} sees to it. */
    Route once() {
        return marked(Mark.ONCE);
    }

    boolean isOnce() {
        return marks.contains(Mark.ONCE);
    }

    /** Without {@code If-Match} or {@code If-None-Match: *} it changes nothing. */
    Route versioned() {
        return marked(Mark.VERSIONED);
    }

    boolean isVersioned() {
        return marks.contains(Mark.VERSIONED);
    }

    Route wholeMarket() {
        return marked(Mark.WHOLE_MARKET);
    }

    private Route marked(final Mark mark) {
        final EnumSet<Mark> all = EnumSet.of(mark);
        all.addAll(marks);
        return new Route(method, path, handler, roles, all);
    }

    boolean waitsForNoDisk() {
        return marks.contains(Mark.STOPS_TRADING) || marks.contains(Mark.PREVIEWS_STOP);
    }

    boolean isWrite() {
        return method != HandlerType.GET;
    }

    boolean isOpen() {
        return roles.contains(Role.ANYONE);
    }

    /** What the server is told about it, to be handed to {@link Access}. */
    RouteRole[] rolesAndMarks() {
        final List<RouteRole> all = new ArrayList<>(roles);
        all.addAll(marks);
        return all.toArray(RouteRole[]::new);
    }
}
