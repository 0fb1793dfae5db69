package io.spindle.mgmt.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The issued API keys, in a file that only its owner may read: hashes, never keys. Each change
 * rewrites the file aside, syncs and renames it, so that a revoked key stays revoked. Thread-safe.
 *
 * <p>Of the keys that are over it remembers, without their hashes, one of each reach with which
 * somebody could have agreed to something: who ends another's key is not alone by that.
 */
public final class KeyRing implements Authenticator {
    /** More would be a mistake, and every change writes them all. */
    private static final int MAX_KEYS = 10_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Supplier<Instant> clock;
    private final List<IssuedKey> keys;
    private volatile ApiKeys byHash;

    /** A key that was just made; the only time that anybody sees it. */
    public record Issue(IssuedKey issued, String key) {}

    private KeyRing(final Path file, final Supplier<Instant> clock, final List<IssuedKey> keys) {
        this.file = file;
        this.clock = clock;
        this.keys = new ArrayList<>(keys);
        this.byHash = index();
    }

    /**
     * Reads the keys of a file; none if it is not there.
     *
     * @throws IOException if others may read it, or it is not what this class wrote
     */
    public static KeyRing open(final Path file, final Supplier<Instant> clock) throws IOException {
        if (!Files.exists(file)) {
            return new KeyRing(file, clock, List.of());
        }
        SecretFile.check(file);
        try {
            return new KeyRing(
                    file,
                    clock,
                    MAPPER.readValue(Files.readString(file), new TypeReference<>() {}));
        } catch (final JsonProcessingException damaged) {
            throw new IOException(file + ": " + damaged.getOriginalMessage(), damaged);
        }
    }

    @Override
    public Optional<Principal> authenticate(final String token) {
        return byHash.authenticate(token);
    }

    /** Keys whose time is not up, oldest first; those that wait for consent, too. */
    public synchronized List<IssuedKey> list() {
        final Instant now = clock.get();
        return keys.stream().filter(key -> !key.isOver(now)).toList();
    }

    private synchronized boolean wasHeld(
            final Predicate<IssuedKey> key, final Predicate<Role> role) {
        return keys.stream()
                .filter(IssuedKey::active)
                .filter(key)
                .anyMatch(one -> one.roles().stream().anyMatch(role));
    }

    /** Whether another administrator than the first may or might speak for these, none for all. */
    public boolean hasSecondAdmin(final Set<String> firms) {
        return wasHeld(key -> key.principal().isForAll(firms), Role.ADMIN::equals);
    }

    /** Whether somebody besides the first administrator may or might change these firms' things. */
    public boolean hasSecondPerson(final Set<String> firms) {
        return wasHeld(key -> key.principal().isForAll(firms), Role::mayChange);
    }

    /** Puts a key into force; nothing if no key with this id waits for that. */
    public synchronized Optional<IssuedKey> activate(final String id) throws IOException {
        for (int i = 0; i < keys.size(); i++) {
            final IssuedKey waiting = keys.get(i);
            if (waiting.id().equals(id) && !waiting.active()) {
                keys.set(i, waiting.activated());
                save();
                return Optional.of(keys.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether somebody besides the first administrator may, or once might, change anything. */
    public boolean hasSecondPerson() {
        return wasHeld(key -> true, Role::mayChange);
    }

    /**
     * Makes a key.
     *
     * @param expires null = never
     * @param active false if a second person has to agree first
     * @return nothing if the name is taken or the ring is full
     */
    public synchronized Optional<Issue> issue(
            final String name,
            final Set<Role> roles,
            final Set<String> owners,
            final Instant expires,
            final String issuedBy,
            final boolean active)
            throws IOException {
        final Instant now = clock.get();
        forget(now);
        if (keys.size() >= MAX_KEYS || isTaken(name, now)) {
            return Optional.empty();
        }
        final String key = SecretFile.randomKey();
        final IssuedKey issued =
                new IssuedKey(
                        UUID.randomUUID().toString(),
                        name,
                        ApiKeys.hash(key),
                        Set.copyOf(roles),
                        Set.copyOf(owners),
                        issuedBy,
                        now.toString(),
                        expires == null ? null : expires.toString(),
                        active);
        keys.add(issued);
        try {
            save();
        } catch (final IOException failure) {
            keys.remove(issued);
            throw failure;
        }
        return Optional.of(new Issue(issued, key));
    }

    private boolean isTaken(final String name, final Instant now) {
        return keys.stream().anyMatch(key -> !key.isOver(now) && key.name().equals(name));
    }

    /** Lets go of what is over, but for one key of each reach that somebody had. */
    private void forget(final Instant now) {
        final Set<Object> reaches = new HashSet<>();
        keys.replaceAll(key -> key.isOver(now) ? key.ended() : key);
        keys.removeIf(
                key -> key.isOver(now) && !(key.wasSecondPerson() && reaches.add(reach(key))));
    }

    private static Object reach(final IssuedKey key) {
        return Map.entry(key.roles().contains(Role.ADMIN), key.owners());
    }

    /**
     * Ends a key at once.
     *
     * @return what it was, or nothing if there is none with this id
     */
    public synchronized Optional<IssuedKey> revoke(final String id) throws IOException {
        final Instant now = clock.get();
        final Optional<IssuedKey> found =
                keys.stream().filter(key -> key.id().equals(id) && !key.isOver(now)).findFirst();
        if (found.isPresent()) {
            keys.set(keys.indexOf(found.get()), found.get().ended());
            forget(now);
            byHash = index();
            save();
        }
        return found;
    }

    private void save() throws IOException {
        SecretFile.replace(file, MAPPER.writeValueAsString(keys) + "\n");
        byHash = index();
    }

    private ApiKeys index() {
        final ApiKeys index = new ApiKeys();
        keys.forEach(
                key ->
                        index.addHashed(
                                key.hash(), key.principal(), () -> key.isInForce(clock.get())));
        return index;
    }
}
