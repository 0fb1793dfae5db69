package io.spindle.session;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.session.wire.EndOfSessionEncoder;
import io.spindle.session.wire.LoginAcceptedEncoder;
import io.spindle.session.wire.SequencedEncoder;

/**
 * Writes the server's packets to one session, straight into transmit frames. Every method returns
 * false, having done nothing, when no frame is free.
 */
final class PacketWriter {
    private static final int MESSAGE_LENGTH_FIELD = Short.BYTES;
    private static final int PAYLOAD = UdpFrameEncoder.PAYLOAD_OFFSET;
    private static final int PAYLOAD_END = PAYLOAD + Packets.MAX_DATAGRAM_LENGTH;

    private final SequencedEncoder sequenced = new SequencedEncoder();
    private final LoginAcceptedEncoder accepted = new LoginAcceptedEncoder();
    private final EndOfSessionEncoder ended = new EndOfSessionEncoder();
    private final OutboundStore store;
    private final Bindings bindings;
    private final SessionDay day;
    private final UdpFrameEncoder frames;
    private final int localPort;
    private long lastPosition;

    PacketWriter(
            final OutboundStore store,
            final Bindings bindings,
            final SessionDay day,
            final UdpFrameEncoder frames,
            final int localPort) {
        this.store = store;
        this.bindings = bindings;
        this.day = day;
        this.frames = frames;
        this.localPort = localPort;
    }

    boolean loginAccepted(final int session, final int nextSequence) {
        if (!begin(session)) {
            return false;
        }
        accepted.wrap(frames.buffer(), PAYLOAD)
                .packetType(Packets.LOGIN_ACCEPTED)
                .nextSequence(nextSequence);
        final int sessionId = PAYLOAD + LoginAcceptedEncoder.sessionIdEncodingOffset();
        SessionId.put(frames.buffer(), sessionId, day.head(), day.tail());
        frames.send(LoginAcceptedEncoder.BLOCK_LENGTH);
        return true;
    }

    boolean endOfSession(final int session, final int total) {
        if (!begin(session)) {
            return false;
        }
        ended.wrap(frames.buffer(), PAYLOAD).packetType(Packets.END_OF_SESSION).total(total);
        frames.send(EndOfSessionEncoder.BLOCK_LENGTH);
        return true;
    }

    boolean heartbeat(final int session, final int nextSequence) {
        if (!begin(session)) {
            return false;
        }
        header(nextSequence, 0);
        frames.send(SequencedEncoder.BLOCK_LENGTH);
        return true;
    }

    /** Packs messages from this position on, below {@code endSequence}, as many as fit. */
    boolean messages(final int session, final long position, final int endSequence) {
        if (!begin(session)) {
            return false;
        }
        int offset = PAYLOAD + SequencedEncoder.BLOCK_LENGTH;
        int count = 0;
        for (long at = position; fits(at, offset, endSequence); at = store.next(at)) {
            final int length = store.messageLength(at);
            frames.buffer().putShort(offset, (short) length, BIG_ENDIAN);
            offset += MESSAGE_LENGTH_FIELD;
            frames.buffer().putBytes(offset, store.buffer(), store.messageOffset(at), length);
            offset += length;
            count++;
            lastPosition = at;
        }
        header(store.sequence(position), count);
        frames.send(offset - PAYLOAD);
        return true;
    }

    /** Position of the last message that {@link #messages} packed. */
    long lastPosition() {
        return lastPosition;
    }

    private boolean fits(final long position, final int offset, final int endSequence) {
        return position != OutboundStore.NONE
                && store.sequence(position) < endSequence
                && offset + MESSAGE_LENGTH_FIELD + store.messageLength(position) <= PAYLOAD_END;
    }

    private void header(final int sequence, final int count) {
        sequenced
                .wrap(frames.buffer(), PAYLOAD)
                .packetType(Packets.SEQUENCED)
                .sequence(sequence)
                .count(count);
    }

    private boolean begin(final int session) {
        return frames.begin(
                bindings.mac(session),
                bindings.address(session),
                bindings.port(session),
                localPort);
    }
}
