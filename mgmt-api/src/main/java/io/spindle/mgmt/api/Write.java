package io.spindle.mgmt.api;

import io.spindle.mgmt.control.AdminCommand;

/**
 * What a handler wants of the engine, and what has to hold before it gets it. Unless told otherwise
 * a write is the whole market's: who is bound to firms may not do it.
 *
 * @param firm whose it is, or null for the whole market
 * @param risky true if it needs a second person, and therefore a reason
 * @param resource the configuration that it changes, or null
 * @param expected what has to be there when it is done, or null
 * @param shown what else it changes, for the audit alone; null for nothing
 */
record Write(
        AdminCommand command,
        String firm,
        boolean risky,
        String reason,
        Resource resource,
        ExpectedBalance expected,
        Resource shown) {
    static Write of(final AdminCommand command) {
        return new Write(command, null, false, null, null, null, null);
    }

    Write ownedBy(final String owner) {
        return new Write(command, owner, risky, reason, resource, expected, shown);
    }

    /** For what loosens a limit, moves money, lifts a block or undoes a trade. */
    Write needsSecondPerson(final String why) {
        if (why != null && why.length() > Fields.LONGEST_REASON) {
            throw ApiProblem.field(
                    "/reason", "must have at most " + Fields.LONGEST_REASON + " characters");
        }
        return new Write(command, firm, true, why, resource, expected, shown);
    }

    /** The caller has to have seen what they change: its version goes into {@code If-Match}. */
    Write changes(final Resource configuration) {
        return new Write(command, firm, risky, reason, configuration, expected, shown);
    }

    /** Nothing is done unless this holds; null for nothing in particular. */
    Write onlyIf(final ExpectedBalance balance) {
        return new Write(command, firm, risky, reason, resource, balance, shown);
    }

    /** The audit says how this was before and after; nobody has to have seen it. */
    Write shows(final Resource.Kind kind, final String key) {
        return shows(new Resource(kind, key));
    }

    /** The same of what has two names. */
    Write shows(final Resource changed) {
        return new Write(command, firm, risky, reason, resource, expected, changed);
    }

    /** What the audit shows before and after; null for nothing. */
    Resource audited() {
        return resource == null ? shown : resource;
    }

    /** Whether it depends on what is there. */
    boolean depends() {
        return resource != null || expected != null;
    }
}
