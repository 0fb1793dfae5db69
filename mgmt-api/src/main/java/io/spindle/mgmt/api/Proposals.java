package io.spindle.mgmt.api;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.security.SecretFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes that wait for a second person, at most {@value #MINUTES} minutes; whoever wanted one after
 * that asks again. They are in a file that only its owner may read, and outlive this process.
 * Thread-safe.
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

        private boolean wants(final Write other) {
            return Arrays.equals(write.command().bytes(), other.command().bytes())
                    && Objects.equals(write.reason(), other.reason())
                    && Objects.equals(write.expected(), other.expected());
        }
    }

    /** A proposal in the file. */
    private record Line(
            UUID id,
            Principal maker,
            String method,
            String path,
            Set<Role> roles,
            byte[] command,
            String firm,
            String reason,
            Resource resource,
            ExpectedBalance expected,
            Resource shown,
            String tag,
            String expires) {
        static Line of(final Proposal proposal) {
            final Write write = proposal.write;
            return new Line(
                    proposal.id,
                    proposal.maker,
                    proposal.method,
                    proposal.path,
                    proposal.roles,
                    write.command().bytes(),
                    write.firm(),
                    write.reason(),
                    write.resource(),
                    write.expected(),
                    write.shown(),
                    proposal.tag,
                    proposal.expires.toString());
        }

        Proposal proposal() {
            final AdminCommand sent = AdminCommand.of(id, command);
            return new Proposal(
                    id,
                    maker,
                    method,
                    path,
                    roles,
                    new Write(sent, firm, true, reason, resource, expected, shown),
                    tag,
                    Instant.parse(expires));
        }
    }

    private final Path file;
    private final Supplier<Instant> clock;
    private final Map<UUID, Proposal> waiting = new LinkedHashMap<>();

    /** Reads what waits in the file; nothing does if there is none. */
    Proposals(final Path file, final Supplier<Instant> clock) throws IOException {
        this.file = file;
        this.clock = clock;
        if (Files.exists(file)) {
            SecretFile.check(file);
            for (final Line line : Json.MAPPER.readValue(Files.readString(file), Line[].class)) {
                waiting.put(line.id, line.proposal());
            }
        }
    }

    private void save() throws IOException {
        SecretFile.replace(
                file, Json.write(waiting.values().stream().map(Line::of).toList()) + "\n");
    }

    Instant expiry() {
        return clock.get().plusSeconds(60L * MINUTES);
    }

    /** Takes a proposal; the same request twice is one proposal. */
    synchronized Proposal add(final Proposal proposal) throws IOException {
        forgetExpired();
        final Proposal known = waiting.get(proposal.id());
        if (known != null) {
            if (!known.wants(proposal.write())) {
                throw ApiProblem.of(ProblemCode.KEY_REUSED, "another proposal waits under it");
            }
            return known;
        }
        if (waiting.size() >= MAX_WAITING) {
            throw ApiProblem.of(ProblemCode.UNAVAILABLE, "too many proposals wait");
        }
        waiting.put(proposal.id(), proposal);
        save();
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
    synchronized boolean remove(final Proposal proposal) throws IOException {
        final boolean waited = waiting.remove(proposal.id()) != null;
        save();
        return waited;
    }

    private void forgetExpired() {
        final Instant now = clock.get();
        waiting.values().removeIf(proposal -> !now.isBefore(proposal.expires));
    }
}
