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

    /** Whoever has any right at all may look. */
    public static Set<Role> readers() {
        return EnumSet.range(VIEWER, PERFORMANCE);
    }

    /** Those that some route lets change something. */
    public static Set<Role> changers() {
        return EnumSet.range(OPERATOR, ADMIN);
    }

    public boolean mayChange() {
        return changers().contains(this);
    }
}
