package io.spindle.mgmt.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.spindle.mgmt.security.Role;

import java.util.EnumSet;
import java.util.Set;

/**
 * One line of the route table: what it is, who may use it. {@link Role#ADMIN} may use every route.
 */
public record Route(HandlerType method, String path, Handler handler, Set<Role> roles) {
    public Route {
        final EnumSet<Role> allowed = EnumSet.copyOf(roles);
        allowed.add(Role.ADMIN);
        roles = allowed;
    }

    public static Route get(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.GET, path, handler, roles);
    }

    public static Route post(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.POST, path, handler, roles);
    }

    public static Route put(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.PUT, path, handler, roles);
    }

    public static Route delete(final String path, final Handler handler, final Set<Role> roles) {
        return new Route(HandlerType.DELETE, path, handler, roles);
    }

    boolean isOpen() {
        return roles.contains(Role.ANYONE);
    }
}
