package io.spindle.mgmt.security;

import java.util.Optional;

/** Tells who a bearer token belongs to. */
@FunctionalInterface
public interface Authenticator {
    /** Knows no one. */
    Authenticator NOBODY = token -> Optional.empty();

    Optional<Principal> authenticate(String token);

    /** Asks this one, then the other. */
    default Authenticator or(final Authenticator other) {
        return token -> authenticate(token).or(() -> other.authenticate(token));
    }
}
