package io.spindle.oms;

/** The buckets of a session and of its account, asked together. */
final class RateLimits {
    static final int PASS = 0;

    /** No reject code: the order may wait for a token. */
    static final int QUEUE = -1;

    private final EngineState state;
    private final SessionTable sessions;
    private final RateGate sessionRates;
    private final RateGate accountRates;
    private final SessionEnds ends;
    private boolean patienceEnded;

    RateLimits(final Tables tables, final SessionEnds ends) {
        this.state = tables.state;
        this.sessions = tables.sessions;
        this.sessionRates = tables.sessionRates;
        this.accountRates = tables.accountRates;
        this.ends = ends;
    }

    /**
     * Takes a token of each bucket, or of none.
     *
     * @return {@link #PASS}, {@link #QUEUE} or a {@link RejectCode} number
     */
    int takeForOrder(final int session, final int account) {
        final long now = state.get(EngineState.TIME_NS);
        patienceEnded = false;
        final boolean known = account >= AccountTable.HOUSE_ACCOUNTS;
        if (known && !accountRates.has(account, now)) {
            accountRates.breach(account, now);
            return RejectCode.ACCOUNT_RATE.code;
        }
        final int queued = sessions.records().getInt(session, SessionTable.QUEUED);
        if (queued > 0 || !sessionRates.has(session, now)) {
            final boolean tooMany = sessionRates.breach(session, now);
            if (sessionRates.mode(session) == RateGate.QUEUE) {
                return QUEUE;
            }
            patienceEnded = tooMany && sessionRates.mode(session) == RateGate.LOG_OUT;
            return RejectCode.PORT_RATE.code;
        }
        sessionRates.take(session, now);
        if (known) {
            accountRates.take(account, now);
        }
        return PASS;
    }

    /** Whether an order that waits finds a token in both buckets. */
    boolean hasForWaiting(final int session, final int account) {
        final long now = state.get(EngineState.TIME_NS);
        return sessionRates.has(session, now) && accountRates.has(account, now);
    }

    void takeForWaiting(final int session, final int account) {
        final long now = state.get(EngineState.TIME_NS);
        sessionRates.take(session, now);
        accountRates.take(account, now);
    }

    /** After the rejection is out: logs out a session that will not stop. */
    void settleBreach(final int session) {
        if (patienceEnded) {
            ends.takeDown(session, SessionEnds.RATE);
        }
    }
}
