package io.spindle.session;

/**
 * Heartbeats both ways: beats to sessions that were sent nothing for a while, and takes down those
 * that were not heard.
 *
 * <p>Deadlines count on a clock that stands still while the machine does: a turn that began more
 * than {@value #STALL_NS} ns after the last one moves every deadline by the gap, so that nobody is
 * held silent for our own pause. A few sessions are looked at each turn, all of them many times
 * between two beats.
 */
public final class Liveness {
    /** {@code AdminEvents.onSessionDown}: the client said so. */
    public static final int LOGOFF = 0;

    /** {@code AdminEvents.onSessionDown}: the client was not heard for too long. */
    public static final int SILENCE = 1;

    private static final long STALL_NS = 50_000_000L;
    private static final int CHECKS_PER_TURN = 4;

    private final Bindings bindings;
    private final SessionRequests requests;
    private final SessionEgress egress;
    private final long[] heardNs;
    private long turnNs = Long.MIN_VALUE;
    private long stalledNs;
    private int next;

    public Liveness(
            final Bindings bindings, final SessionRequests requests, final SessionEgress egress) {
        this.bindings = bindings;
        this.requests = requests;
        this.egress = egress;
        this.heardNs = new long[bindings.capacity()];
    }

    /** A turn begins. Call before anything else of this class. */
    public void onTurn(final long timeNs) {
        if (turnNs != Long.MIN_VALUE && timeNs - turnNs > STALL_NS) {
            stalledNs += timeNs - turnNs;
        }
        turnNs = timeNs;
    }

    /** Something arrived from the session, or it has just come up. */
    public void heard(final int session, final long timeNs) {
        heardNs[session] = timeNs - stalledNs;
    }

    /**
     * Looks at the next few of the first {@code count} sessions.
     *
     * @return heartbeats and take-downs
     */
    public int poll(final int count, final long timeNs) {
        final long liveNs = timeNs - stalledNs;
        int work = 0;
        for (int i = Math.min(CHECKS_PER_TURN, count); i > 0; i--) {
            next = next + 1 < count ? next + 1 : 0;
            if (bindings.isUp(next)) {
                work += check(next, liveNs, timeNs);
            }
        }
        return work;
    }

    private int check(final int session, final long liveNs, final long timeNs) {
        if (liveNs - heardNs[session] > Packets.SILENCE_LIMIT_NS) {
            heardNs[session] = liveNs;
            requests.sessionDown(session, SILENCE, timeNs);
            return 1;
        }
        return egress.beat(session, timeNs) ? 1 : 0;
    }
}
