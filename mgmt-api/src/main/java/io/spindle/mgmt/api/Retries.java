package io.spindle.mgmt.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What became of calls with an {@code Idempotency-Key}: a repeat does nothing and gets the first
 * answer, and a key cannot mean two things. The engine takes a request once, too, but knows only
 * the last few thousand, and no tickets. Kept for a day, over restarts, as far as the file reaches.
 * What did nothing is forgotten at once, and where there is no room, the oldest of whoever has the
 * most give way. Thread-safe; only who writes waits for the file.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final long MAX_BYTES = 64 << 20;

    private final RetryFile file;
    private final Supplier<Instant> clock;
    private final long maxBytes;

    /** By caller. */
    private final Map<String, Share> shares = new HashMap<>();

    private final Set<UUID> running = new HashSet<>();

    /** What is remembered of one caller, the oldest first. */
    private static final class Share {
        private final LinkedHashMap<UUID, Attempt> attempts = new LinkedHashMap<>();
        private long bytes;

        private void put(final Attempt attempt) {
            forget(attempts.put(attempt.request(), attempt));
            bytes += attempt.bytes();
        }

        private void remove(final UUID request) {
            forget(attempts.remove(request));
        }

        private void removeOldest() {
            forget(attempts.pollFirstEntry().getValue());
        }

        private void forget(final Attempt gone) {
            bytes -= gone == null ? 0 : gone.bytes();
        }
    }

    /** Goes on where the last process stopped. */
    Retries(final RetryFile file, final Supplier<Instant> clock) throws IOException {
        this(file, clock, MAX_BYTES);
    }

    /**
     * @param maxBytes of all callers together, as {@link Attempt#bytes} counts them
     */
    Retries(final RetryFile file, final Supplier<Instant> clock, final long maxBytes)
            throws IOException {
        this.file = file;
        this.clock = clock;
        this.maxBytes = maxBytes;
        file.read().forEach(this::remember);
        file.replace(this::acted);
    }

    /**
     * Begins a call; {@link #end} must follow.
     *
     * @return what has become of it before
     */
    synchronized Attempt begin(final String caller, final UUID request, final String body) {
        forgetOld();
        final Attempt first =
                Attempt.begun(request, caller, Versions.tag(body), clock.get().getEpochSecond());
        final Attempt known = share(first).attempts.getOrDefault(request, first);
        if (!known.bodyTag().equals(first.bodyTag())) {
            throw ApiProblem.of(ProblemCode.KEY_REUSED, "take a new key for another request");
        }
        if (!running.add(request)) {
            throw ApiProblem.of(ProblemCode.IN_PROGRESS, "wait for its answer");
        }
        share(known).put(known);
        return known;
    }

    /** What a call with this key was answered. */
    synchronized Optional<KeptAnswer> answer(
            final String caller, final UUID request, final String body) {
        final Share share = shares.get(caller);
        final Attempt known = share == null ? null : share.attempts.get(request);
        if (known == null || known.answer() == null) {
            return Optional.empty();
        }
        if (!known.bodyTag().equals(Versions.tag(body))) {
            throw ApiProblem.of(ProblemCode.KEY_REUSED, "take a new key for another request");
        }
        return Optional.of(known.answer());
    }

    /** Of one without a key there is nothing to end. */
    synchronized void end(final Attempt attempt) {
        if (!attempt.hasKey()) {
            return;
        }
        running.remove(attempt.request());
        final Share share = share(attempt);
        if (!share.attempts.getOrDefault(attempt.request(), attempt).hasActed()) {
            share.remove(attempt.request());
        }
    }

    private Share share(final Attempt attempt) {
        return shares.computeIfAbsent(attempt.caller(), caller -> new Share());
    }

    /**
     * Keeps what an answer adds before it is sent; if the file does not take it, for as long as
     * this process lives.
     *
     * @param waits false for who must not wait for a disk
     */
    void answered(final Attempt part, final boolean waits) {
        if (!part.hasKey()) {
            return;
        }
        remember(part);
        if (waits) {
            save(part);
        } else {
            Thread.ofVirtual().name("spindle-retries").start(() -> save(part));
        }
    }

    private void save(final Attempt part) {
        try {
            file.append(part, this::acted);
        } catch (final IOException failure) {
            LOG.error("a restart forgets request {}: {}", part.request(), failure.toString());
        }
    }

    /**
     * Keeps what a command or a ticket adds before it is sent; if the file does not take it,
     * nothing is.
     */
    void sending(final Attempt part) {
        if (!part.hasKey()) {
            return;
        }
        final Attempt before = remember(part);
        try {
            file.append(part, this::acted);
        } catch (final IOException failure) {
            LOG.error("keys of requests: {}", failure.toString());
            restore(before);
            throw ApiProblem.of(
                    ProblemCode.UNAVAILABLE, "its key cannot be written down: it is not sent");
        }
    }

    /** Returns what was remembered before, or the part itself if that was nothing. */
    private synchronized Attempt remember(final Attempt part) {
        final Share share = share(part);
        final Attempt before = share.attempts.get(part.request());
        share.put(before == null ? part : before.and(part));
        return before == null ? part : before;
    }

    private synchronized void restore(final Attempt before) {
        share(before).put(before);
    }

    /** The oldest first. */
    private synchronized List<Attempt> acted() {
        forgetOld();
        return shares.values().stream()
                .flatMap(share -> share.attempts.values().stream())
                .filter(Attempt::hasActed)
                .sorted(Comparator.comparingLong(Attempt::atS))
                .toList();
    }

    private void forgetOld() {
        final long endS = clock.get().minus(KEPT).getEpochSecond();
        for (final Share share : shares.values()) {
            while (!share.attempts.isEmpty()
                    && share.attempts.firstEntry().getValue().atS() < endS) {
                share.removeOldest();
            }
        }
        shares.values().removeIf(share -> share.attempts.isEmpty());
        long bytes = shares.values().stream().mapToLong(share -> share.bytes).sum();
        while (bytes > maxBytes) {
            final Share most =
                    Collections.max(
                            shares.values(), Comparator.comparingLong(share -> share.bytes));
            bytes -= most.bytes;
            most.removeOldest();
            bytes += most.bytes;
        }
    }
}
