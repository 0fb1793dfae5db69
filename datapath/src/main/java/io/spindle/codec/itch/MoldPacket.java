package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * MoldUDP64 1.00 packet: header, then {@code count} blocks of a length and that many bytes. A
 * request, client to re-request server, is a header alone; its count is the number wanted.
 *
 * <pre>
 *  offset length
 *       0     10  alpha    session
 *      10      8  unsigned sequence    of the first message; of the next one when there is none
 *      18      2  unsigned count       0 = heartbeat, 0xFFFF = end of session
 *      20      2  unsigned length      ╮ count times
 *      22 length  message              ╯
 * </pre>
 */
public final class MoldPacket {
    public static final int SESSION_OFFSET = 0;
    public static final int SEQUENCE_OFFSET = SESSION_OFFSET + SessionId.LENGTH;
    public static final int COUNT_OFFSET = SEQUENCE_OFFSET + 8;
    public static final int HEADER_LENGTH = COUNT_OFFSET + 2;

    /** In front of each message. */
    public static final int BLOCK_HEADER_LENGTH = 2;

    public static final int HEARTBEAT = 0;
    public static final int END_OF_SESSION = 0xFFFF;

    /** Largest UDP payload behind 20 bytes of IPv4 and 8 of UDP on a 1,500 byte link. */
    public static final int MAX_LENGTH = 1_472;

    private MoldPacket() {}

    public static void encodeHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final long sessionHead,
            final short sessionTail,
            final long sequence,
            final int count) {
        SessionId.put(buffer, offset + SESSION_OFFSET, sessionHead, sessionTail);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, BIG_ENDIAN);
        buffer.putShort(offset + COUNT_OFFSET, (short) count, BIG_ENDIAN);
    }

    public static long sessionHead(final DirectBuffer buffer, final int offset) {
        return SessionId.head(buffer, offset + SESSION_OFFSET);
    }

    public static short sessionTail(final DirectBuffer buffer, final int offset) {
        return SessionId.tail(buffer, offset + SESSION_OFFSET);
    }

    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, BIG_ENDIAN);
    }

    public static int count(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + COUNT_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    public static int blockLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
