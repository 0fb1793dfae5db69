package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Principal;

import java.util.HashMap;
import java.util.Map;

/** How many of something a caller may have at a time, whatever others have. Thread-safe. */
final class CallerSlots {
    private final int most;
    private final String refusal;
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * @param refusal what is told to who has that many
     */
    CallerSlots(final int most, final String refusal) {
        this.most = most;
        this.refusal = refusal;
    }

    /** Takes one, to be {@linkplain #release released}; 429 if the caller has them all. */
    synchronized void take(final Principal caller) {
        requireFree(caller);
        taken.merge(caller.name(), 1, Integer::sum);
    }

    synchronized void requireFree(final Principal caller) {
        if (taken.getOrDefault(caller.name(), 0) == most) {
            throw ApiProblem.of(ProblemCode.TOO_MANY, refusal);
        }
    }

    synchronized void release(final Principal caller) {
        taken.computeIfPresent(caller.name(), (name, count) -> count == 1 ? null : count - 1);
    }
}
