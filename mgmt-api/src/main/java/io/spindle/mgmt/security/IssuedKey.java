package io.spindle.mgmt.security;

import java.time.Instant;
import java.util.Set;

/**
 * An API key as it is kept: everything but the key.
 *
 * @param id opaque, to revoke it by
 * @param name who uses it; unique among the keys in force
 * @param hash SHA-256 of the key, in hex; empty once it is over
 * @param owners firms whose data it opens; empty means all
 * @param issuedBy the caller who made it
 * @param issued ISO-8601, as is {@code expires}
 * @param expires null = never
 * @param active false until a second person has agreed to it
 */
public record IssuedKey(
        String id,
        String name,
        String hash,
        Set<Role> roles,
        Set<String> owners,
        String issuedBy,
        String issued,
        String expires,
        boolean active) {
    IssuedKey activated() {
        return new IssuedKey(id, name, hash, roles, owners, issuedBy, issued, expires, true);
    }

    /** What is remembered of it when it is over: nothing opens with it, whatever the clock says. */
    IssuedKey ended() {
        final String past = Instant.EPOCH.toString();
        return new IssuedKey(id, name, "", roles, owners, issuedBy, issued, past, active);
    }

    /** Whether somebody had it who could have agreed to something. */
    boolean wasSecondPerson() {
        return active && roles.stream().anyMatch(Role::mayChange);
    }

    Principal principal() {
        return new Principal(name, roles, owners);
    }

    boolean isInForce(final Instant now) {
        return active && !isOver(now);
    }

    boolean isOver(final Instant now) {
        return expires != null && !now.isBefore(Instant.parse(expires));
    }
}
