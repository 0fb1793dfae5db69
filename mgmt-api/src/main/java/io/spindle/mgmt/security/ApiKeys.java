package io.spindle.mgmt.security;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * API keys by their SHA-256; a key itself is never kept. Keys are long and random, so a plain hash
 * is enough, and looking it up tells nothing about its neighbours.
 */
public final class ApiKeys implements Authenticator {
    /** Whose key it is, as long as it is in force. */
    private record Holder(Principal principal, BooleanSupplier inForce) {}

    private final Map<String, Holder> byHash = new ConcurrentHashMap<>();

    public void add(final String key, final Principal principal) {
        addHashed(hash(key), principal, () -> true);
    }

    void addHashed(final String hash, final Principal principal, final BooleanSupplier inForce) {
        byHash.put(hash, new Holder(principal, inForce));
    }

    @Override
    public Optional<Principal> authenticate(final String token) {
        return Optional.ofNullable(byHash.get(hash(token)))
                .filter(holder -> holder.inForce.getAsBoolean())
                .map(Holder::principal);
    }

    static String hash(final String key) {
        return Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    }
}
