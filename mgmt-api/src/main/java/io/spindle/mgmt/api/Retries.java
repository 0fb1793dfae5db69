package io.spindle.mgmt.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
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
 * Thread-safe; only who writes waits for the file.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MAX_KEYS = 100_000;

    private final RetryFile file;
    private final Supplier<Instant> clock;

    /** The oldest first. */
    private final Map<UUID, Attempt> attempts = new LinkedHashMap<>();

    private final Set<UUID> running = new HashSet<>();

    /** Goes on where the last process stopped. */
    Retries(final RetryFile file, final Supplier<Instant> clock) throws IOException {
        this.file = file;
        this.clock = clock;
        file.read().forEach(this::remember);
        file.replace(this::acted);
    }

    /**
     * Begins a call; {@link #end} must follow.
     *
     * @return what has become of it before
     */
    synchronized Attempt begin(final UUID request, final String body) {
        forgetOld();
        final Attempt first =
                Attempt.begun(request, Versions.tag(body), clock.get().getEpochSecond());
        final Attempt known = attempts.getOrDefault(request, first);
        if (!known.bodyTag().equals(first.bodyTag())) {
            throw ApiProblem.of(ProblemCode.KEY_REUSED, "take a new key for another request");
        }
        if (!running.add(request)) {
            throw ApiProblem.of(ProblemCode.IN_PROGRESS, "wait for its answer");
        }
        attempts.put(request, known);
        return known;
    }

    /** What a call with this key was answered. */
    synchronized Optional<KeptAnswer> answer(final UUID request, final String body) {
        final Attempt known = attempts.get(request);
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
        if (attempt.hasKey()) {
            running.remove(attempt.request());
        }
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
        final Attempt before = attempts.getOrDefault(part.request(), part);
        attempts.merge(part.request(), part, Attempt::and);
        return before;
    }

    private synchronized void restore(final Attempt before) {
        attempts.put(before.request(), before);
    }

    private synchronized List<Attempt> acted() {
        forgetOld();
        return attempts.values().stream().filter(Attempt::hasActed).toList();
    }

    private void forgetOld() {
        final long endS = clock.get().minus(KEPT).getEpochSecond();
        final long over =
                attempts.values().stream().takeWhile(attempt -> attempt.atS() < endS).count();
        final Iterator<Attempt> oldest = attempts.values().iterator();
        for (long i = Math.max(over, attempts.size() - MAX_KEYS); i > 0; i--) {
            oldest.next();
            oldest.remove();
        }
    }
}
