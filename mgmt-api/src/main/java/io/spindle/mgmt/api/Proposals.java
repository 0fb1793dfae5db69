package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes that wait for a second person. They live as long as this process, at most {@value
 * #MINUTES} minutes; whoever wanted one after that asks again. Thread-safe.
 */
final class Proposals {
    static final int MINUTES = 15;

    /** Of all makers together: a person reads them. */
    private static final int MAX_WAITING = 1_000;

    /**
     * A write that waits.
     *
     * @param roles that may do it, and therefore decide on it
     * @param tag version of the configuration that the maker saw, or null
     */
    record Proposal(
            UUID id,
            Principal maker,
            String method,
            String path,
            Set<Role> roles,
            Write write,
            String tag,
            Instant expires) {
        boolean concerns(final Principal caller) {
            return write.firm() == null ? caller.owners().isEmpty() : caller.maySee(write.firm());
        }
    }

    private final Supplier<Instant> clock;
    private final Map<UUID, Proposal> waiting = new LinkedHashMap<>();

    Proposals(final Supplier<Instant> clock) {
        this.clock = clock;
    }

    Instant expiry() {
        return clock.get().plusSeconds(60L * MINUTES);
    }

    /** Takes a proposal; the same request twice is one proposal. */
    synchronized Proposal add(final Proposal proposal) {
        forgetExpired();
        final Proposal known = waiting.get(proposal.id());
        if (known != null) {
            return known;
        }
        if (waiting.size() >= MAX_WAITING) {
            throw ApiProblem.of(ProblemCode.UNAVAILABLE, "too many proposals wait");
        }
        waiting.put(proposal.id(), proposal);
        return proposal;
    }

    synchronized List<Proposal> list() {
        forgetExpired();
        return List.copyOf(waiting.values());
    }

    synchronized Optional<Proposal> find(final UUID id) {
        forgetExpired();
        return Optional.ofNullable(waiting.get(id));
    }

    /** True for the one who took it away: nobody decides on it again. */
    synchronized boolean remove(final Proposal proposal) {
        return waiting.remove(proposal.id()) != null;
    }

    private void forgetExpired() {
        final Instant now = clock.get();
        waiting.values().removeIf(proposal -> !now.isBefore(proposal.expires));
    }
}
