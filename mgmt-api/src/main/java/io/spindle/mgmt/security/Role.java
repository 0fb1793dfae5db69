package io.spindle.mgmt.security;

import io.javalin.security.RouteRole;

import java.util.EnumSet;
import java.util.Set;

/** What a caller may be. A route names the roles that may use it; no role, no access. */
public enum Role implements RouteRole {
    /** Not even logged in: health checks and the console's own files. */
    ANYONE,
    VIEWER,
    OPERATOR,
    RISK,
    AUTHORISER,
    ADMIN,
    AUDITOR,
    PERFORMANCE;

    /** What somebody can be made; whoever has any right at all may see figures. */
    public static Set<Role> all() {
        return EnumSet.range(VIEWER, PERFORMANCE);
    }

    /** Those who may look at orders, money, members and terms: all but who sees figures only. */
    public static Set<Role> readers() {
        return EnumSet.range(VIEWER, AUDITOR);
    }

    /** Those that some route lets change something. */
    public static Set<Role> changers() {
        return EnumSet.range(OPERATOR, ADMIN);
    }

    public boolean mayChange() {
        return changers().contains(this);
    }
}
