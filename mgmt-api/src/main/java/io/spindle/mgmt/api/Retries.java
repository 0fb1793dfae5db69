package io.spindle.mgmt.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Remembers what was sent under an {@code Idempotency-Key}, so that a key cannot mean two things
 * and a call cannot overtake itself. That a request takes effect once is the engine's doing.
 * Thread-safe.
 */
final class Retries {
    private static final int MAX_KEYS = 100_000;

    /** The last call under a key. */
    private record Last(String bodyTag, boolean running) {}

    private final Map<UUID, Last> calls =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<UUID, Last> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    /** Begins a call; {@link #end} must follow. */
    synchronized void begin(final UUID request, final String body) {
        final String tag = Versions.tag(body);
        final Last last = calls.get(request);
        if (last != null && !last.bodyTag.equals(tag)) {
            throw ApiProblem.of(ProblemCode.KEY_REUSED, "take a new key for another request");
        }
        if (last != null && last.running) {
            throw ApiProblem.of(ProblemCode.IN_PROGRESS, "wait for its answer");
        }
        calls.put(request, new Last(tag, true));
    }

    synchronized void end(final UUID request) {
        calls.computeIfPresent(request, (id, last) -> new Last(last.bodyTag, false));
    }
}
