package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What metadata is about. Some kinds people write, and whoever may see the thing reads them; in the
 * others the appliance keeps its own, such as the addresses of channels.
 */
public final class MetadataKinds {
    static final List<String> EDITABLE =
            List.of("account", "exchange", "feed", "owner", RequestStatusesApi.KIND, "order");

    /** Rows that whoever settles them has to find. */
    private static final String QUARANTINE = "quarantine";

    private static final Set<Role> KEEPERS = EnumSet.of(Role.OPERATOR, Role.ADMIN, Role.AUDITOR);

    private MetadataKinds() {}

    /** Whether entries of a kind are for the caller, if they may see whose they are. */
    public static boolean mayRead(final Principal caller, final String kind) {
        return caller.mayUse(readers(kind));
    }

    static Set<Role> readers(final String kind) {
        if (EDITABLE.contains(kind)) {
            return Role.readers();
        }
        final Set<Role> readers = EnumSet.copyOf(KEEPERS);
        if (kind.equals(QUARANTINE)) {
            readers.add(Role.RISK);
        }
        return readers;
    }
}
