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
        /** It has a call rate that nothing else uses up, and waits for no disk. */
        STOPS_TRADING,

        /** Who is bound to firms may not use it. */
        WHOLE_MARKET
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

    Route wholeMarket() {
        return marked(Mark.WHOLE_MARKET);
    }

    private Route marked(final Mark mark) {
        final EnumSet<Mark> all = EnumSet.of(mark);
        all.addAll(marks);
        return new Route(method, path, handler, roles, all);
    }

    boolean stops() {
        return marks.contains(Mark.STOPS_TRADING);
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
