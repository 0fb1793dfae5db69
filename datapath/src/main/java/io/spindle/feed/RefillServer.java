package io.spindle.feed;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingReader;
import io.spindle.oms.SessionTable;
import io.spindle.session.Packets;
import io.spindle.session.SessionDay;
import io.spindle.session.wire.SequencedEncoder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives the trading loop reports that it keeps no more, as packets ready to leave from its own
 * port. Serves every session that asked once a turn; a new request of a session replaces its last.
 *
 * <p>What the replica does not have yet is not waited for, and what the ring has no room for is
 * left for the next turn: a client that still sees a gap asks again.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class RefillServer implements CommandHandler {
    private static final int REQUESTS_PER_POLL = 64;

    private static final class Range {
        private long next;
        private long end;
    }

    private final Map<Integer, Range> wanted = new LinkedHashMap<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RefillRings.MAX_PACKET);
    private final UnsafeBuffer view = new UnsafeBuffer(packet);
    private final SequencedEncoder sequenced = new SequencedEncoder();
    private final RingReader requests;
    private final LogRing packets;
    private final SessionTable sessions;
    private final SessionStreams streams;
    private final SessionDay day;

    RefillServer(
            final RefillRings rings,
            final SessionTable sessions,
            final SessionStreams streams,
            final SessionDay day) {
        this.requests = rings.requestReader();
        this.packets = rings.packetWriter();
        this.sessions = sessions;
        this.streams = streams;
        this.day = day;
    }

    /** Returns requests taken and packets given. */
    int poll() {
        int work = requests.poll(this, REQUESTS_PER_POLL);
        if (work > 0) {
            requests.release(requests.sequence(), requests.position());
        }
        for (final Iterator<Map.Entry<Integer, Range>> each = wanted.entrySet().iterator();
                each.hasNext(); ) {
            final Map.Entry<Integer, Range> next = each.next();
            final int served = serve(next.getKey(), next.getValue());
            if (served == CommandLog.BACK_PRESSURED) {
                return work;
            }
            if (served == 0) {
                each.remove();
            }
            work += served;
        }
        return work;
    }

    /** Forgets who wanted what; numbers begin anew. */
    void endDay() {
        wanted.clear();
    }

    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int session = buffer.getInt(offset + RefillRings.SESSION);
        if (sessions.isDefined(session)) {
            final Range range = wanted.computeIfAbsent(session, key -> new Range());
            range.next = buffer.getInt(offset + RefillRings.FIRST);
            range.end = range.next + buffer.getInt(offset + RefillRings.COUNT);
        }
    }

    /** Gives one packet. Returns 1, 0 when nothing is left to give, or BACK_PRESSURED. */
    private int serve(final int session, final Range range) {
        final BlockSource source = streams.of(session);
        final long end = Math.min(range.end, source.nextSequence());
        if (range.next <= 0 || range.next >= end) {
            return 0;
        }
        final int claim = packets.claim(RefillRings.PACKET + RefillRings.MAX_PACKET, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return CommandLog.BACK_PRESSURED;
        }
        packet.clear().position(SequencedEncoder.BLOCK_LENGTH);
        final int count = source.read(range.next, (int) (end - range.next), packet);
        sequenced.wrap(view, 0).packetType(Packets.SEQUENCED).sequence(range.next).count(count);
        final MutableDirectBuffer buffer = packets.buffer();
        buffer.putInt(claim + RefillRings.SESSION, session);
        buffer.putInt(claim + RefillRings.SESSION_TAIL, day.tail());
        buffer.putLong(claim + RefillRings.SESSION_HEAD, day.head());
        buffer.putBytes(claim + RefillRings.PACKET, view, 0, packet.position());
        packets.commit(RefillRings.PACKET + packet.position(), 0);
        range.next += count;
        return 1;
    }
}
