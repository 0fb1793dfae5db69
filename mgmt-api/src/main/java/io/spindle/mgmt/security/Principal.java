package io.spindle.mgmt.security;

import io.javalin.security.RouteRole;

import java.util.Set;

/**
 * Who is calling.
 *
 * @param owners firms whose data they may see and change; empty means all
 */
public record Principal(String name, Set<Role> roles, Set<String> owners) {
    public Principal {
        roles = Set.copyOf(roles);
        owners = Set.copyOf(owners);
    }

    public boolean mayUse(final Set<? extends RouteRole> allowed) {
        return roles.stream().anyMatch(allowed::contains);
    }

    public boolean maySee(final String firm) {
        return owners.isEmpty() || owners.contains(firm);
    }

    /** Whether the caller's rights reach all of these firms; an empty set means all there are. */
    public boolean isForAll(final Set<String> firms) {
        return owners.isEmpty() || !firms.isEmpty() && owners.containsAll(firms);
    }
}
