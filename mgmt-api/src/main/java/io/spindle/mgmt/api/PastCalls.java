package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Principal;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many answers out of the past a caller may wait for at a time. Each may take a replay of the
 * log, one follows the other whoever asks, and nobody is told when the caller has gone.
 */
final class PastCalls {
    static final int MOST = 8;

    private final Map<String, Integer> waiting = new HashMap<>();

    /** The answer, unless the caller waits for too many already. */
    <T> T take(final Principal caller, final Supplier<T> answer) {
        begin(caller.name());
        try {
            return answer.get();
        } finally {
            end(caller.name());
        }
    }

    private synchronized void begin(final String caller) {
        final int before = waiting.getOrDefault(caller, 0);
        if (before == MOST) {
            throw ApiProblem.of(
                    ProblemCode.TOO_MANY,
                    MOST + " of your calls wait for a replay of the log; come back after them");
        }
        waiting.put(caller, before + 1);
    }

    private synchronized void end(final String caller) {
        waiting.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }
}
