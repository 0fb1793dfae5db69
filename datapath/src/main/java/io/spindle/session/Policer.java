package io.spindle.session;

import io.spindle.oms.SessionTable;

/**
 * Keeps a session that sends far more than it was announced out of the log: messages above {@value
 * #FACTOR} times its rate, after {@value #FACTOR} times its burst, are dropped unanswered. Below
 * that the engine's own bucket answers with codes. A session without a rate is not policed.
 *
 * <p>A token bucket kept as one number, the time at which it is full again.
 */
final class Policer {
    private static final int FACTOR = 4;

    private final SessionTable sessions;
    private final long[] fullAtNs;

    Policer(final SessionTable sessions, final int maxSessions) {
        this.sessions = sessions;
        this.fullAtNs = new long[maxSessions];
    }

    /** Takes a token; false when the message is to be dropped. */
    boolean admits(final int session, final long timeNs) {
        final long intervalNs = sessions.rateIntervalNs(session);
        if (intervalNs == 0) {
            return true;
        }
        final long stepNs = Math.max(1, intervalNs / FACTOR);
        final long tokens = FACTOR * (long) sessions.rateBurst(session);
        final long fullNs = Math.max(fullAtNs[session], timeNs);
        if (fullNs - timeNs > (tokens - 1) * stepNs) {
            return false;
        }
        fullAtNs[session] = fullNs + stepNs;
        return true;
    }
}
