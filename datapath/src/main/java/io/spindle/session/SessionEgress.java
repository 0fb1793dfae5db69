package io.spindle.session;

import io.spindle.log.RefillRings;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.SessionTable;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.util.Arrays;

/**
 * Sends what sessions are owed: login answers, sequenced messages as they are produced, what was
 * asked for again, heartbeats.
 *
 * <p>A session that is owed something waits in a queue; each {@link #flush} serves every waiting
 * session once, with at most {@value #NEW_PACKETS} new packets and one of a retransmission, so that
 * nobody's backlog holds up another's answers. When the transmit ring is full the rest waits for
 * the next turn.
 */
public final class SessionEgress implements ReportSink {
    private static final int NEW_PACKETS = 8;

    private static final byte OWES_LOGIN = 1;
    private static final byte OWES_BEAT = 2;
    private static final byte OWES_THROTTLE = 4;
    private static final long SECOND_NS = 1_000_000_000L;

    private final OutboundStore store;
    private final Bindings bindings;
    private final PacketWriter packets;
    private final OlderReports older;
    private final SessionCounters counters;
    private SessionTable sessions;

    private final byte[] owed;
    private final int[] nextToSend;
    private final long[] sentPosition;
    private final int[] resendNext;
    private final int[] resendEnd;
    private final long[] sentNs;

    private final int[] waiting;
    private final boolean[] isWaiting;
    private int waitingHead;
    private int waitingCount;
    private int claimed;
    private long limit = Long.MAX_VALUE;

    public SessionEgress(
            final OutboundStore store,
            final Bindings bindings,
            final SessionDay day,
            final UdpFrameEncoder frames,
            final int localPort,
            final RefillRings refill,
            final Tokens tokens,
            final NanoClock clock,
            final SessionCounters counters) {
        this.store = store;
        this.bindings = bindings;
        this.packets = new PacketWriter(store, bindings, day, frames, localPort, tokens, clock);
        this.older = new OlderReports(refill, bindings, day, packets, counters);
        this.counters = counters;
        final int count = bindings.capacity();
        owed = new byte[count];
        nextToSend = new int[count];
        sentPosition = new long[count];
        resendNext = new int[count];
        resendEnd = new int[count];
        sentNs = new long[count];
        waiting = new int[BitUtil.findNextPositivePowerOfTwo(count)];
        isWaiting = new boolean[count];
        Arrays.fill(nextToSend, 1);
        Arrays.fill(sentPosition, OutboundStore.NONE);
    }

    /** The engine's sessions, whose rates are announced; the engine is made after its listeners. */
    public void attach(final SessionTable table) {
        sessions = table;
    }

    /** The session has just come up: it is owed a login answer and what is produced from now on. */
    public void open(final int session) {
        skipToEnd(session);
        answerLogin(session);
    }

    /** Answers a login that changed nothing. */
    public void answerLogin(final int session) {
        owed[session] |= OWES_LOGIN;
        if (sessions.rateIntervalNs(session) != 0) {
            owed[session] |= OWES_THROTTLE;
        }
        wake(session);
    }

    /**
     * A new day: numbers restart. Sessions that are up learn how many messages the old one had, and
     * nothing else until they log in: a number of the new day could be taken for one of the old.
     */
    public void startDay(final int session) {
        store.restart(session, 1);
        skipToEnd(session);
        owed[session] |= OWES_BEAT;
        wake(session);
    }

    @Override
    public MutableDirectBuffer buffer() {
        return store.buffer();
    }

    @Override
    public int claim(final int session) {
        claimed = session;
        return store.claim(session);
    }

    @Override
    public void commit(final int length, final int txTime) {
        store.commit(length, txTime);
        wake(claimed);
    }

    /** Where the store ends now, to be given to {@link #release} when all in it is safe. */
    public long produced() {
        return store.head();
    }

    /** Sequenced messages below this position of the store may leave; the rest waits. */
    public void release(final long position) {
        limit = position;
    }

    /** The session is owed something. */
    private void wake(final int session) {
        if (!isWaiting[session]) {
            isWaiting[session] = true;
            waiting[waitingHead + waitingCount & waiting.length - 1] = session;
            waitingCount++;
        }
    }

    /** Sends a range again, as far as it has been sent; replaces a range still being sent. */
    public void resend(final int session, final int first, final int count) {
        final int end = (int) Math.min((long) first + count, nextToSend[session]);
        if (first <= 0 || first >= end || !sessions.isCurrent(session)) {
            owed[session] |= OWES_BEAT;
        } else {
            resendNext[session] = first;
            resendEnd[session] = end;
        }
        wake(session);
    }

    /**
     * Serves every waiting session once.
     *
     * @return sessions served
     */
    public int flush(final long timeNs) {
        int turns = waitingCount;
        for (int i = 0; i < turns; i++) {
            final int session = waiting[waitingHead];
            waitingHead = waitingHead + 1 & waiting.length - 1;
            waitingCount--;
            isWaiting[session] = false;
            if (!serve(session, timeNs)) {
                wake(session);
            }
        }
        turns += older.poll();
        return turns;
    }

    /**
     * Sends a heartbeat with the next flush if one is due, to a session whose reports are held back
     * as well.
     */
    public boolean beat(final int session, final long timeNs) {
        if (timeNs - sentNs[session] < Packets.HEARTBEAT_INTERVAL_NS
                || (owed[session] & OWES_BEAT) != 0) {
            return false;
        }
        owed[session] |= OWES_BEAT;
        wake(session);
        return true;
    }

    /** True when the session is owed nothing any more. */
    private boolean serve(final int session, final long timeNs) {
        if (!bindings.isUp(session)) {
            skipToEnd(session);
            return true;
        }
        if (!sessions.isCurrent(session)) {
            return sendEnd(session, timeNs);
        }
        return sendOwed(session, timeNs) && sendNew(session, timeNs) && sendAgain(session, timeNs);
    }

    private boolean sendOwed(final int session, final long timeNs) {
        final int owes = owed[session];
        if (owes == 0) {
            return true;
        }
        if ((owes & OWES_LOGIN) != 0 && !packets.loginAccepted(session, nextToSend[session])) {
            return false;
        }
        owed[session] &= ~OWES_LOGIN;
        if ((owes & OWES_THROTTLE) != 0 && !announceRate(session)) {
            return false;
        }
        owed[session] &= ~OWES_THROTTLE;
        if ((owes & OWES_BEAT) != 0 && !packets.heartbeat(session, nextToSend[session])) {
            return false;
        }
        owed[session] = 0;
        sentNs[session] = timeNs;
        return true;
    }

    /** In place of every heartbeat and of every answer, until the session logs in again. */
    private boolean sendEnd(final int session, final long timeNs) {
        if (owed[session] != 0) {
            if (!packets.endOfSession(session, (int) sessions.dayBefore(session))) {
                return false;
            }
            owed[session] = 0;
            sentNs[session] = timeNs;
        }
        return true;
    }

    private boolean announceRate(final int session) {
        final long intervalNs = sessions.rateIntervalNs(session);
        return intervalNs == 0
                || packets.throttle(
                        session,
                        SECOND_NS / intervalNs,
                        sessions.rateBurst(session),
                        sessions.rateMode(session));
    }

    private boolean sendNew(final int session, final long timeNs) {
        final int end = store.nextSequence(session);
        for (int sent = 0; nextToSend[session] < end; sent++) {
            final long position = firstUnsent(session);
            if (position == OutboundStore.NONE) {
                counters.outboundOverruns += end - nextToSend[session];
                nextToSend[session] = end;
                return true;
            }
            if (sent == NEW_PACKETS
                    || position >= limit
                    || !packets.messages(session, position, end, limit, true)) {
                return false;
            }
            sentPosition[session] = packets.lastPosition();
            nextToSend[session] = store.sequence(sentPosition[session]) + 1;
            sentNs[session] = timeNs;
        }
        return true;
    }

    private long firstUnsent(final int session) {
        final long sent = sentPosition[session];
        return store.isKept(sent) ? store.next(sent) : store.find(session, nextToSend[session]);
    }

    private boolean sendAgain(final int session, final long timeNs) {
        if (resendNext[session] >= resendEnd[session]) {
            return true;
        }
        final long position = store.find(session, resendNext[session]);
        if (position == OutboundStore.NONE) {
            older.ask(session, resendNext[session], resendEnd[session] - resendNext[session]);
            resendEnd[session] = 0;
            return true;
        }
        if (position < limit
                && packets.messages(session, position, resendEnd[session], limit, false)) {
            resendNext[session] = store.sequence(packets.lastPosition()) + 1;
            sentNs[session] = timeNs;
        }
        return resendNext[session] >= resendEnd[session];
    }

    /** Forgets what the session is owed; the next message produced is the next one sent. */
    public void skipToEnd(final int session) {
        owed[session] = 0;
        resendEnd[session] = 0;
        nextToSend[session] = store.nextSequence(session);
        sentPosition[session] = OutboundStore.NONE;
    }
}
