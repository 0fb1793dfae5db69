package io.spindle.client;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.session.Packets;
import io.spindle.session.Tokens;
import io.spindle.session.wire.BlockHeaderEncoder;
import io.spindle.session.wire.EndOfSessionDecoder;
import io.spindle.session.wire.LoginAcceptedDecoder;
import io.spindle.session.wire.LoginRejectedDecoder;
import io.spindle.session.wire.RetransmitRequestEncoder;
import io.spindle.session.wire.SequencedDecoder;
import io.spindle.session.wire.ThrottleDecoder;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Client side of one session: logs in until answered, and again when the server falls silent; keeps
 * the session alive, hands over reports in sequence and exactly once, and asks again for what was
 * lost.
 *
 * <pre>
 *   IDLE ──login──▶ LOGGING_IN ──A──▶ UP ──logoff, E──▶ IDLE
 *                    │   ▲            │
 *               IDLE ◀─J └──silence───┘
 * </pre>
 *
 * <p>Not thread-safe; {@code nowNs} is any clock that does not go back.
 */
public final class ClientSession {
    private enum State {
        IDLE,
        LOGGING_IN,
        UP
    }

    private static final long LOGIN_RETRY_NS = 200_000_000L;
    private static final long HEARTBEAT_NS = 800_000_000L;
    private static final long GAP_RETRY_NS = 10_000_000L;

    /** Four heartbeats of the server that did not come: it has forgotten the session. */
    private static final long SILENCE_NS = 4 * Packets.HEARTBEAT_INTERVAL_NS;

    private static final long AT_LOGIN = 0;
    private static final int MAX_REQUEST = 0xFFFF;
    private static final int LENGTH_FIELD = Short.BYTES;

    private final MutableDirectBuffer out = new ExpandableArrayBuffer(Packets.MAX_DATAGRAM_LENGTH);
    private final BlockHeaderEncoder block = new BlockHeaderEncoder();
    private final RetransmitRequestEncoder request = new RetransmitRequestEncoder();
    private final LoginAcceptedDecoder accepted = new LoginAcceptedDecoder();
    private final LoginRejectedDecoder rejected = new LoginRejectedDecoder();
    private final SequencedDecoder sequenced = new SequencedDecoder();
    private final EndOfSessionDecoder ended = new EndOfSessionDecoder();
    private final ThrottleDecoder throttle = new ThrottleDecoder();
    private final LoginBlock login;
    private final Wire wire;
    private final ClientListener listener;

    private State state = State.IDLE;
    private String sessionId = "";
    private long expected = 1;
    private long announced = 1;
    private long sentNs;
    private long heardNs;
    private long requestedNs;
    private boolean requesting;
    private int packedLength;
    private long ratePerSecond;
    private long rateBurst;
    private ClientToken token;

    public ClientSession(
            final String username,
            final String password,
            final Wire wire,
            final ClientListener listener) {
        this.login = new LoginBlock(username, password);
        this.wire = wire;
        this.listener = listener;
    }

    /** Every datagram carries a token from now on, and none without one is believed. */
    public void token(final ClientToken newToken) {
        token = newToken;
    }

    /** Hands over reports from this sequence on; 1, the first of the day, unless set. */
    public void resumeAt(final long sequence) {
        expected = sequence;
    }

    /** Hands over only what is produced after the login. */
    public void resumeAtLogin() {
        expected = AT_LOGIN;
    }

    public void login(final long nowNs) {
        flush(nowNs);
        state = State.LOGGING_IN;
        send(login.encode(out), nowNs);
    }

    /** Ends the session; open orders stay, unless it cancels them on disconnect. */
    public void logoff(final long nowNs) {
        sendEmptyBlock(Packets.LOGOFF, nowNs);
        state = State.IDLE;
    }

    public boolean isUp() {
        return state == State.UP;
    }

    /**
     * Orders a second that the server takes, as announced behind its login answer; 0 = no limit.
     */
    public long ratePerSecond() {
        return ratePerSecond;
    }

    /** Orders that may come at once under that rate. */
    public long rateBurst() {
        return rateBurst;
    }

    /** Sequence of the next report to be handed over. */
    public long expected() {
        return expected;
    }

    /** True when every report that the server has announced was handed over. */
    public boolean isCaughtUp() {
        return expected >= announced;
    }

    /** Adds a message to the datagram being packed, sending what is there first if it is full. */
    public void pack(
            final DirectBuffer message, final int offset, final int length, final long nowNs) {
        final int blockLength = BlockHeaderEncoder.BLOCK_LENGTH + length;
        if (packedLength + blockLength > Packets.MAX_DATAGRAM_LENGTH - Tokens.BLOCK_LENGTH) {
            flush(nowNs);
        }
        block.wrap(out, packedLength)
                .length(blockLength - LENGTH_FIELD)
                .packetType(Packets.UNSEQUENCED);
        out.putBytes(packedLength + BlockHeaderEncoder.BLOCK_LENGTH, message, offset, length);
        packedLength += blockLength;
    }

    /** Sends what was packed. */
    public void flush(final long nowNs) {
        if (packedLength > 0) {
            final boolean wasMute = wasMute(nowNs);
            final int length = packedLength;
            packedLength = 0;
            send(length, nowNs);
            if (wasMute) {
                login(nowNs);
            }
        }
    }

    /**
     * Nothing was sent for so long that the server may have ended the session, and would hear a
     * login only; what it sent before that may still wait here and look like life.
     */
    private boolean wasMute(final long nowNs) {
        return state == State.UP && nowNs - sentNs >= SILENCE_NS;
    }

    /** Does what time demands: login retries, heartbeats, another request for a gap. */
    public void poll(final long nowNs) {
        flush(nowNs);
        switch (state) {
            case LOGGING_IN -> {
                if (nowNs - sentNs >= LOGIN_RETRY_NS) {
                    login(nowNs);
                }
            }
            case UP -> {
                if (nowNs - heardNs >= SILENCE_NS || wasMute(nowNs)) {
                    login(nowNs);
                    return;
                }
                if (!isCaughtUp() && (!requesting || nowNs - requestedNs >= GAP_RETRY_NS)) {
                    requestGap(nowNs);
                }
                if (nowNs - sentNs >= HEARTBEAT_NS) {
                    sendEmptyBlock(Packets.HEARTBEAT, nowNs);
                }
            }
            case IDLE -> {}
        }
    }

    /** Takes a datagram from the server; what is not a whole packet is ignored. */
    public void onDatagram(
            final DirectBuffer buffer, final int offset, final int received, final long nowNs) {
        final int length = token == null ? received : token.unsealed(buffer, offset, received);
        if (length < 1) {
            return;
        }
        heardNs = nowNs;
        switch (buffer.getByte(offset)) {
            case Packets.LOGIN_ACCEPTED -> onAccepted(buffer, offset, length, nowNs);
            case Packets.LOGIN_REJECTED -> onRejected(buffer, offset, length);
            case Packets.SEQUENCED -> onSequenced(buffer, offset, length, nowNs);
            case Packets.THROTTLE -> onThrottle(buffer, offset, length);
            case Packets.END_OF_SESSION -> onEnd(buffer, offset, length);
            default -> {}
        }
    }

    private void onAccepted(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length != LoginAcceptedDecoder.BLOCK_LENGTH || state == State.IDLE) {
            return;
        }
        accepted.wrap(buffer, offset, length, LoginAcceptedDecoder.SCHEMA_VERSION);
        if (state == State.UP) {
            if (!sessionId.equals(accepted.sessionId())) {
                login(nowNs); // a login from before was answered by a session that has begun since
            }
            return;
        }
        state = State.UP;
        if (!sessionId.equals(accepted.sessionId())) {
            expected = sessionId.isEmpty() ? expected : 1;
            sessionId = accepted.sessionId();
        }
        announced = accepted.nextSequence();
        expected = expected == AT_LOGIN ? announced : expected;
        requesting = false;
        listener.onLoggedIn(sessionId, announced);
        poll(nowNs);
    }

    private void onRejected(final DirectBuffer buffer, final int offset, final int length) {
        if (length == LoginRejectedDecoder.BLOCK_LENGTH && state == State.LOGGING_IN) {
            rejected.wrap(buffer, offset, length, LoginRejectedDecoder.SCHEMA_VERSION);
            state = State.IDLE;
            listener.onLoginRejected((char) rejected.reason());
        }
    }

    private void onSequenced(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (state != State.UP || length < SequencedDecoder.BLOCK_LENGTH) {
            return;
        }
        sequenced.wrap(
                buffer, offset, SequencedDecoder.BLOCK_LENGTH, SequencedDecoder.SCHEMA_VERSION);
        final long first = sequenced.sequence();
        final int count = sequenced.count();
        if (isWhole(buffer, offset, length, count)) {
            if (count == 0 && first < expected) {
                login(nowNs); // fewer reports than were seen: another session has begun unheard
                return;
            }
            // A heartbeat's word counts, lest a late packet of an earlier session be waited for.
            announced = count == 0 ? first : Math.max(announced, first + count);
            if (first <= expected) {
                handOver(buffer, offset + SequencedDecoder.BLOCK_LENGTH, first, count);
            }
            poll(nowNs);
        }
    }

    private static boolean isWhole(
            final DirectBuffer buffer, final int offset, final int length, final int count) {
        int message = offset + SequencedDecoder.BLOCK_LENGTH;
        final int end = offset + length;
        for (int i = 0; i < count; i++) {
            if (end - message < LENGTH_FIELD) {
                return false;
            }
            message += LENGTH_FIELD + (buffer.getShort(message, BIG_ENDIAN) & 0xFFFF);
        }
        return message == end;
    }

    private void handOver(
            final DirectBuffer buffer, final int offset, final long first, final int count) {
        int message = offset;
        for (long sequence = first; sequence < first + count; sequence++) {
            final int length = buffer.getShort(message, BIG_ENDIAN) & 0xFFFF;
            message += LENGTH_FIELD;
            if (sequence == expected) {
                expected++;
                requesting = false;
                listener.onReport(sequence, buffer, message, length);
            }
            message += length;
        }
    }

    private void onThrottle(final DirectBuffer buffer, final int offset, final int length) {
        if (length == ThrottleDecoder.BLOCK_LENGTH && state == State.UP) {
            throttle.wrap(buffer, offset, length, ThrottleDecoder.SCHEMA_VERSION);
            ratePerSecond = throttle.perSecond();
            rateBurst = throttle.burst();
        }
    }

    private void onEnd(final DirectBuffer buffer, final int offset, final int length) {
        if (length == EndOfSessionDecoder.BLOCK_LENGTH && state == State.UP) {
            ended.wrap(buffer, offset, length, EndOfSessionDecoder.SCHEMA_VERSION);
            state = State.IDLE;
            listener.onEndOfSession(ended.total());
        }
    }

    private void requestGap(final long nowNs) {
        requesting = true;
        requestedNs = nowNs;
        request.wrap(out, 0)
                .length(RetransmitRequestEncoder.BLOCK_LENGTH - LENGTH_FIELD)
                .packetType(Packets.RETRANSMIT)
                .firstSequence(expected)
                .count((int) Math.min(MAX_REQUEST, announced - expected));
        send(RetransmitRequestEncoder.BLOCK_LENGTH, nowNs);
    }

    private void sendEmptyBlock(final byte type, final long nowNs) {
        flush(nowNs);
        block.wrap(out, 0).length(BlockHeaderEncoder.BLOCK_LENGTH - LENGTH_FIELD).packetType(type);
        send(BlockHeaderEncoder.BLOCK_LENGTH, nowNs);
    }

    private void send(final int length, final long nowNs) {
        sentNs = nowNs;
        wire.send(out, 0, token == null ? length : token.append(out, length, nowNs));
    }
}
