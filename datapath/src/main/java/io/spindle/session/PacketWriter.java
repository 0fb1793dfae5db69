package io.spindle.session;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.session.wire.EndOfSessionEncoder;
import io.spindle.session.wire.LoginAcceptedEncoder;
import io.spindle.session.wire.SequencedEncoder;
import io.spindle.session.wire.ThrottleEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Writes the server's packets to one session, straight into transmit frames. Every method returns
 * false, having done nothing, when no frame is free.
 */
final class PacketWriter {
    private static final int MESSAGE_LENGTH_FIELD = Short.BYTES;
    private static final int PAYLOAD = UdpFrameEncoder.PAYLOAD_OFFSET;
    private static final int PAYLOAD_END =
            PAYLOAD + Packets.MAX_DATAGRAM_LENGTH - Tokens.SEAL_LENGTH;

    private final SequencedEncoder sequenced = new SequencedEncoder();
    private final LoginAcceptedEncoder accepted = new LoginAcceptedEncoder();
    private final ThrottleEncoder throttle = new ThrottleEncoder();
    private final EndOfSessionEncoder ended = new EndOfSessionEncoder();
    private final OutboundStore store;
    private final Bindings bindings;
    private final SessionDay day;
    private final UdpFrameEncoder frames;
    private final int localPort;
    private final Tokens tokens;
    private final NanoClock clock;
    private long lastPosition;

    PacketWriter(
            final OutboundStore store,
            final Bindings bindings,
            final SessionDay day,
            final UdpFrameEncoder frames,
            final int localPort,
            final Tokens tokens,
            final NanoClock clock) {
        this.store = store;
        this.bindings = bindings;
        this.day = day;
        this.frames = frames;
        this.localPort = localPort;
        this.tokens = tokens;
        this.clock = clock;
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
        send(session, LoginAcceptedEncoder.BLOCK_LENGTH);
        return true;
    }

    boolean throttle(final int session, final long perSecond, final int burst, final int mode) {
        if (!begin(session)) {
            return false;
        }
        throttle.wrap(frames.buffer(), PAYLOAD)
                .packetType(Packets.THROTTLE)
                .perSecond(perSecond)
                .burst(burst)
                .mode((byte) mode);
        send(session, ThrottleEncoder.BLOCK_LENGTH);
        return true;
    }

    /** Sends a packet that is made already. */
    boolean packet(
            final int session, final DirectBuffer buffer, final int offset, final int length) {
        if (!begin(session)) {
            return false;
        }
        frames.buffer().putBytes(PAYLOAD, buffer, offset, length);
        send(session, length);
        return true;
    }

    boolean endOfSession(final int session, final int total) {
        if (!begin(session)) {
            return false;
        }
        ended.wrap(frames.buffer(), PAYLOAD).packetType(Packets.END_OF_SESSION).total(total);
        send(session, EndOfSessionEncoder.BLOCK_LENGTH);
        return true;
    }

    boolean heartbeat(final int session, final int nextSequence) {
        if (!begin(session)) {
            return false;
        }
        header(nextSequence, 0);
        send(session, SequencedEncoder.BLOCK_LENGTH);
        return true;
    }

    /**
     * Packs messages from this position on, below {@code endSequence} and below the position {@code
     * limit}, as many as fit; the first one is below both.
     *
     * @param first true to fill in the time of sending where a message has room for it; sent again
     *     a message is what the log made it, with 0 in that place
     */
    boolean messages(
            final int session,
            final long position,
            final int endSequence,
            final long limit,
            final boolean first) {
        if (!begin(session)) {
            return false;
        }
        int offset = PAYLOAD + SequencedEncoder.BLOCK_LENGTH;
        int count = 0;
        for (long at = position; at < limit && fits(at, offset, endSequence); at = store.next(at)) {
            final int length = store.messageLength(at);
            frames.buffer().putShort(offset, (short) length, BIG_ENDIAN);
            offset += MESSAGE_LENGTH_FIELD;
            frames.buffer().putBytes(offset, store.buffer(), store.messageOffset(at), length);
            if (first && store.txTime(at) != 0) {
                final long nowNs = day.timestampNs(clock.nanoTime());
                frames.buffer().putLong(offset + store.txTime(at), nowNs, BIG_ENDIAN);
            }
            offset += length;
            count++;
            lastPosition = at;
        }
        header(store.sequence(position), count);
        send(session, offset - PAYLOAD);
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

    private void send(final int session, final int length) {
        frames.send(
                tokens.areWanted(session)
                        ? tokens.seal(session, frames.buffer(), PAYLOAD, length)
                        : length);
    }

    private boolean begin(final int session) {
        return frames.begin(
                bindings.mac(session),
                bindings.address(session),
                bindings.port(session),
                localPort);
    }
}
