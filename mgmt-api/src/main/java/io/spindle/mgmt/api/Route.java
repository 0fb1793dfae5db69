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
 * @param stops true if it stops trading: it has a call rate that nothing else uses up
 */
public record Route(
        HandlerType method, String path, Handler handler, Set<Role> roles, boolean stops) {
    public Route {
        final EnumSet<Role> allowed = EnumSet.copyOf(roles);
        allowed.add(Role.ADMIN);
        roles = allowed;
    }

    public static Route get(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.GET, path, handler, roles, false);
    }

    public static Route post(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.POST, path, handler, roles, false);
    }

    public static Route put(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.PUT, path, handler, roles, false);
    }

    public static Route delete(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.DELETE, path, handler, roles, false);
    }

    Route stopping() {
        return new Route(method, path, handler, roles, true);
    }

    boolean isOpen() {
        return roles.contains(Role.ANYONE);
    }

    /** What the server is told about it: roles and urgency. */
    RouteRole[] marks() {
        final List<RouteRole> marks = new ArrayList<>(roles);
        if (stops) {
            marks.add(Access.Urgency.STOPS_TRADING);
        }
        return marks.toArray(RouteRole[]::new);
    }
}
