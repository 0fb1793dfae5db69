package io.spindle.session;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingReader;
import io.spindle.session.wire.SequencedDecoder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reports that the {@link OutboundStore} keeps no more: asks the feed process for them, and sends
 * what comes back from the order-entry port, one packet a turn at most, so that a client catching
 * up on a day holds up nobody's new answers.
 *
 * <p>A packet for a session that is down, or of another day, is dropped: it was asked for by a
 * login that is over.
 */
final class OlderReports implements CommandHandler {
    private final LogRing requests;
    private final RingReader packets;
    private final Bindings bindings;
    private final SessionDay day;
    private final PacketWriter writer;
    private final SessionCounters counters;

    OlderReports(
            final RefillRings rings,
            final Bindings bindings,
            final SessionDay day,
            final PacketWriter writer,
            final SessionCounters counters) {
        this.requests = rings.requestWriter();
        this.packets = rings.packetReader();
        this.bindings = bindings;
        this.day = day;
        this.writer = writer;
        this.counters = counters;
    }

    /** Asks for a range; without room the request is dropped, and the client asks again. */
    void ask(final int session, final int first, final int count) {
        counters.retransmitsTooOld++;
        final int offset = requests.claim(RefillRings.REQUEST_LENGTH, true);
        if (offset == CommandLog.BACK_PRESSURED) {
            return;
        }
        final MutableDirectBuffer buffer = requests.buffer();
        buffer.putInt(offset + RefillRings.SESSION, session);
        buffer.putInt(offset + RefillRings.FIRST, first);
        buffer.putInt(offset + RefillRings.COUNT, count);
        requests.commit(RefillRings.REQUEST_LENGTH, 0);
    }

    /**
     * Sends at most one packet that came back.
     *
     * @return packets taken
     */
    int poll() {
        if (packets.backlog() == 0) {
            return 0;
        }
        final int taken = packets.poll(this, 1);
        packets.release(packets.sequence(), packets.position());
        return taken;
    }

    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int session = buffer.getInt(offset + RefillRings.SESSION);
        final int packetLength = length - RefillRings.PACKET;
        if (session >= 0
                && session < bindings.capacity()
                && bindings.isUp(session)
                && buffer.getLong(offset + RefillRings.SESSION_HEAD) == day.head()
                && (short) buffer.getInt(offset + RefillRings.SESSION_TAIL) == day.tail()
                && packetLength >= SequencedDecoder.BLOCK_LENGTH
                && packetLength <= RefillRings.MAX_PACKET
                && writer.packet(session, buffer, offset + RefillRings.PACKET, packetLength)) {
            counters.refillPackets++;
        }
    }
}
