package io.spindle.oms;

/** How a session goes down, whatever the reason, and what becomes of its orders then. */
final class SessionEnds {
    /** Reasons, as {@link AdminEvents#onSessionDown} tells them. */
    static final int LOG_OFF = 0;

    static final int SILENCE = 1;
    static final int RATE = 3;

    /** Until another attempt at a cancel for which there was no room. */
    private static final long RETRY_NS = 1_000_000;

    private final Tables tables;
    private final EngineState state;
    private final SessionTable sessions;
    private final TimerQueue timers;
    private final SweepQueue jobs;
    private final Emitter emitter;

    SessionEnds(final Tables tables, final SweepQueue jobs, final Emitter emitter) {
        this.tables = tables;
        this.state = tables.state;
        this.sessions = tables.sessions;
        this.timers = tables.timers;
        this.jobs = jobs;
        this.emitter = emitter;
    }

    /** If it cancels on disconnect its orders go, after its grace unless it logged off. */
    void takeDown(final int session, final int reason) {
        if (!sessions.isUp(session)) {
            return;
        }
        sessions.records().putByte(session, SessionTable.UP, SessionTable.DOWN);
        emitter.sessionDown(session, reason);
        if ((sessions.flags(session) & SessionTable.FLAG_CANCEL_ON_DISCONNECT) == 0) {
            return;
        }
        if (sessions.graceNs(session) == 0 || reason == LOG_OFF) {
            cancelOrders(session);
        } else {
            cancelAfter(session, sessions.graceNs(session));
        }
    }

    /**
     * A source speaks for one session, the one that logged in from it last: nobody can be heard as
     * another one that is up there.
     */
    void takeDownOthers(final int session, final int address, final int port) {
        for (int other = 0; other < sessions.count(); other++) {
            if (other != session
                    && sessions.address(other) == address
                    && sessions.port(other) == port) {
                takeDown(other, SILENCE);
            }
        }
    }

    /** With no room for another sweep now, tries again in a moment. */
    void cancelOrders(final int session) {
        if (jobs.isFull()) {
            cancelAfter(session, RETRY_NS);
        } else if (sessions.openOrders(session) > 0 || tables.algorithms.open() > 0) {
            jobs.begin(CancelReason.DISCONNECT).narrow(SweepQueue.SESSION, session);
        }
    }

    private void cancelAfter(final int session, final long delayNs) {
        timers.set(tables.graceTimer(session), state.get(EngineState.TIME_NS) + delayNs);
    }
}
