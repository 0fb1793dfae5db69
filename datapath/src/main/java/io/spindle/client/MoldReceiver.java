package io.spindle.client;

import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MoldPacket;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A receiver's half of MoldUDP64: takes packets from either line and from the re-request server, in
 * any order and as often as they come, and hands on every message of the day once and in sequence.
 *
 * <p>Whoever joins late asks for the day from its first message. A packet ahead of the one that is
 * due is only evidence of a gap; it comes again in the answer to the request. Not thread-safe.
 */
public final class MoldReceiver {
    /** An unanswered request is repeated after this long. */
    static final long PATIENCE_NS = 20_000_000L;

    private static final int MAX_WANTED = 0xFFFE;

    /** Takes the day's messages; the bytes are borrowed. */
    public interface Messages {
        /** A trading day or an epoch of one begins; sequences start at 1. */
        void onSession(String session);

        void onMessage(long sequence, DirectBuffer buffer, int offset, int length);
    }

    private final UnsafeBuffer request = new UnsafeBuffer(new byte[MoldPacket.HEADER_LENGTH]);
    private final Wire requests;
    private final Messages messages;
    private long sessionHead;
    private short sessionTail;
    private long next;
    private long end;
    private long askedFor;
    private long askedNs;
    private long gaps;
    private long malformed;
    private boolean over;

    /**
     * @param requests leads to the re-request server
     */
    public MoldReceiver(final Wire requests, final Messages messages) {
        this.requests = requests;
        this.messages = messages;
    }

    /** Takes a packet of a line or of the re-request server. */
    public void onPacket(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length < MoldPacket.HEADER_LENGTH) {
            malformed++;
            return;
        }
        if (!isCurrent(buffer, offset)) {
            return;
        }
        final long first = MoldPacket.sequence(buffer, offset);
        final int count = MoldPacket.count(buffer, offset);
        if (count == MoldPacket.END_OF_SESSION) {
            end = Math.max(end, first);
            over = true;
        } else {
            end = Math.max(end, first + count);
            if (first <= next && next < first + count) {
                deliver(buffer, offset, length, first, count);
            }
        }
        askForMissing(nowNs);
    }

    /** Asks again for what did not come. */
    public void poll(final long nowNs) {
        askForMissing(nowNs);
    }

    /** True once a packet was seen and every message that it or a later one told of is here. */
    public boolean isCaughtUp() {
        return next != 0 && next == end;
    }

    /** True when the session has ended and everything of it is here. */
    public boolean isOver() {
        return over && isCaughtUp();
    }

    /** Sequence of the next message; 0 before the first packet. */
    public long nextSequence() {
        return next;
    }

    /** Requests sent for what was missing. */
    public long gaps() {
        return gaps;
    }

    /** Packets dropped or cut short because their lengths do not add up. */
    public long malformed() {
        return malformed;
    }

    /**
     * Session names sort by day and epoch; what is late of an earlier one is of no use any more.
     */
    private boolean isCurrent(final DirectBuffer buffer, final int offset) {
        final long head = MoldPacket.sessionHead(buffer, offset);
        final short tail = MoldPacket.sessionTail(buffer, offset);
        if (head == sessionHead && tail == sessionTail && next != 0) {
            return true;
        }
        if (next != 0 && (head < sessionHead || head == sessionHead && tail < sessionTail)) {
            return false;
        }
        sessionHead = head;
        sessionTail = tail;
        next = 1;
        end = 1;
        askedFor = 0;
        over = false;
        messages.onSession(SessionId.text(head, tail));
        return true;
    }

    private void deliver(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long first,
            final int count) {
        final int limit = offset + length;
        int block = offset + MoldPacket.HEADER_LENGTH;
        for (long sequence = first; sequence < first + count; sequence++) {
            final int body = block + MoldPacket.BLOCK_HEADER_LENGTH;
            if (body > limit || body + MoldPacket.blockLength(buffer, block) > limit) {
                malformed++;
                return;
            }
            final int bodyLength = MoldPacket.blockLength(buffer, block);
            if (sequence == next) {
                next++;
                messages.onMessage(sequence, buffer, body, bodyLength);
            }
            block = body + bodyLength;
        }
    }

    private void askForMissing(final long nowNs) {
        if (next == end || askedFor == next && nowNs - askedNs < PATIENCE_NS) {
            return;
        }
        askedFor = next;
        askedNs = nowNs;
        gaps++;
        final int wanted = (int) Math.min(end - next, MAX_WANTED);
        MoldPacket.encodeHeader(request, 0, sessionHead, sessionTail, next, wanted);
        requests.send(request, 0, MoldPacket.HEADER_LENGTH);
    }
}
