package io.spindle.codec.itch;

import io.spindle.net.MacAddress;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.Cold;

/**
 * Sends a stream to one multicast group: full packets while there is a backlog, what there is at
 * the end of each turn, a heartbeat after a second of silence. Line B is a second object with
 * another group and the same bytes.
 *
 * <p>A line never holds anybody up. When the card has no free frame it goes on in the next turn;
 * when it fell behind the ring it skips what is gone, which receivers fetch from the re-request
 * server.
 *
 * <p><i>Called from</i> the trading loop, once a turn; the loop flushes the queue.
 */
public final class FeedLine {
    public static final long HEARTBEAT_INTERVAL_NS = 1_000_000_000L;

    private static final int HEADER_OFFSET = UdpFrameEncoder.PAYLOAD_OFFSET;
    private static final int BODY_OFFSET = HEADER_OFFSET + MoldPacket.HEADER_LENGTH;
    private static final int BODY_ROOM = MoldPacket.MAX_LENGTH - MoldPacket.HEADER_LENGTH;

    private final MoldStream stream;
    private final MessageRing messages;
    private final UdpFrameEncoder frames;
    private final long groupMac;
    private final int group;
    private final int port;

    private int sessions;

    /** Next sequence to leave on this line. */
    private long sequence;

    private long heartbeatDeadlineNs;
    private long packets;
    private long skipped;

    public FeedLine(
            final MoldStream stream,
            final UdpFrameEncoder frames,
            final int group,
            final int port) {
        this.stream = stream;
        this.frames = frames;
        this.group = group;
        this.port = port;
        groupMac = MacAddress.ofGroup(group);
        messages = stream.messages();
    }

    /** Starts behind what the stream holds and says so at once with a heartbeat. */
    @Cold
    public void open(final long nowNs) {
        sessions = stream.sessions();
        sequence = messages.nextSequence();
        heartbeatDeadlineNs = nowNs;
    }

    /**
     * Sends what the stream gained.
     *
     * @param limit first sequence that must not leave yet; 0 = not even word of a new session
     * @return datagrams committed to the queue
     */
    public int send(final long limit, final long nowNs) {
        if (sessions != stream.sessions() && (limit == 0 || !changeSession(nowNs))) {
            return 0;
        }
        if (sessions == 0) {
            return 0;
        }
        if (sequence < messages.firstSequence()) {
            skipped += messages.firstSequence() - sequence;
            sequence = messages.firstSequence();
        }
        int sent = 0;
        int count = messages.runCount(sequence, limit, BODY_ROOM);
        while (count > 0 && sendRun(count, nowNs)) {
            sent++;
            count = messages.runCount(sequence, limit, BODY_ROOM);
        }
        if (heartbeatDeadlineNs - nowNs <= 0 && sendHeartbeat(nowNs)) {
            sent++;
        }
        return sent;
    }

    /** Datagrams sent. */
    public long packets() {
        return packets;
    }

    /** Messages that were overwritten before they could be sent. */
    public long skipped() {
        return skipped;
    }

    private boolean sendRun(final int count, final long nowNs) {
        if (!begin(stream.sessionHead(), stream.sessionTail(), count)) {
            return false;
        }
        final int length = messages.runLength(sequence, count);
        frames.buffer().putBytes(BODY_OFFSET, messages.buffer(), messages.offset(sequence), length);
        send(MoldPacket.HEADER_LENGTH + length, nowNs);
        sequence += count;
        return true;
    }

    private boolean sendHeartbeat(final long nowNs) {
        final boolean over = stream.ended() && sequence == messages.nextSequence();
        final int mark = over ? MoldPacket.END_OF_SESSION : MoldPacket.HEARTBEAT;
        if (!begin(stream.sessionHead(), stream.sessionTail(), mark)) {
            return false;
        }
        send(MoldPacket.HEADER_LENGTH, nowNs);
        return true;
    }

    /** Tells receivers where the old session ended, then goes over to the new one. */
    private boolean changeSession(final long nowNs) {
        if (sessions > 0) {
            sequence = stream.previousNextSequence();
            if (!begin(stream.previousHead(), stream.previousTail(), MoldPacket.END_OF_SESSION)) {
                return false;
            }
            send(MoldPacket.HEADER_LENGTH, nowNs);
        }
        sessions = stream.sessions();
        sequence = messages.firstSequence();
        return true;
    }

    private boolean begin(final long sessionHead, final short sessionTail, final int count) {
        if (!frames.begin(groupMac, group, port, port)) {
            return false;
        }
        MoldPacket.encodeHeader(
                frames.buffer(), HEADER_OFFSET, sessionHead, sessionTail, sequence, count);
        return true;
    }

    private void send(final int payloadLength, final long nowNs) {
        frames.send(payloadLength);
        heartbeatDeadlineNs = nowNs + HEARTBEAT_INTERVAL_NS;
        packets++;
    }
}
