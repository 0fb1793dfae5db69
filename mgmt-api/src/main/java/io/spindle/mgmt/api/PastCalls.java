package io.spindle.mgmt.api;

import io.spindle.mgmt.security.Principal;

import java.util.function.Supplier;

/**
 * How many answers out of the past a caller may wait for at a time. Each may take a replay of the
 * log, one follows the other whoever asks, and nobody is told when the caller has gone.
 */
final class PastCalls {
    static final int MOST = 8;

    private final CallerSlots waiting =
            new CallerSlots(
                    MOST,
                    MOST + " of your calls wait for a replay of the log; come back after them");

    /** The answer, unless the caller waits for too many already. */
    <T> T take(final Principal caller, final Supplier<T> answer) {
        waiting.take(caller);
        try {
            return answer.get();
        } finally {
            waiting.release(caller);
        }
    }
}
