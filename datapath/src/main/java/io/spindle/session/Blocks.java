package io.spindle.session;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.session.wire.BlockHeaderDecoder;
import io.spindle.session.wire.LoginDecoder;
import io.spindle.session.wire.RetransmitRequestDecoder;

import org.agrona.DirectBuffer;

/**
 * Walks the blocks of a datagram from a client. A datagram is taken whole or not at all: {@link
 * #areWhole} comes first, so that the walk needs no checks.
 *
 * <pre>
 *  +--------+------+--------------+--------+------+-----
 *  | length | type | body         | length | type | ...      length counts type and body
 *  +--------+------+--------------+--------+------+-----
 * </pre>
 */
public final class Blocks {
    private static final int LENGTH_FIELD = BlockHeaderDecoder.lengthEncodingLength();
    private static final int TYPE_OFFSET = BlockHeaderDecoder.packetTypeEncodingOffset();
    private static final int HEADER_LENGTH = BlockHeaderDecoder.BLOCK_LENGTH;

    private static final int TWO_BLANKS = 0x2020;

    private Blocks() {}

    /** True when the bytes are one or more complete blocks, each as long as its type demands. */
    public static boolean areWhole(final DirectBuffer buffer, final int offset, final int length) {
        if (length > Packets.MAX_DATAGRAM_LENGTH) {
            return false;
        }
        final int end = offset + length;
        int block = offset;
        while (end - block >= HEADER_LENGTH) {
            final int next = next(buffer, block);
            if (next > end || !lengthFits(type(buffer, block), next - block)) {
                return false;
            }
            block = next;
        }
        return block == end && length > 0;
    }

    private static boolean lengthFits(final byte type, final int blockLength) {
        switch (type) {
            case Packets.LOGIN:
                return blockLength == LoginDecoder.BLOCK_LENGTH;
            case Packets.RETRANSMIT:
                return blockLength == RetransmitRequestDecoder.BLOCK_LENGTH;
            case Packets.TOKEN:
                return blockLength == Tokens.BLOCK_LENGTH;
            case Packets.HEARTBEAT:
            case Packets.LOGOFF:
                return blockLength == HEADER_LENGTH;
            default:
                return blockLength >= HEADER_LENGTH;
        }
    }

    public static byte type(final DirectBuffer buffer, final int block) {
        return buffer.getByte(block + TYPE_OFFSET);
    }

    /** Username of a login block: six characters, padded to the eight of a packed name. */
    public static long username(final DirectBuffer buffer, final int block) {
        final int offset = block + LoginDecoder.usernameEncodingOffset();
        return (long) buffer.getInt(offset, BIG_ENDIAN) << 32
                | (buffer.getShort(offset + Integer.BYTES, BIG_ENDIAN) & 0xFFFFL) << 16
                | TWO_BLANKS;
    }

    /** Offset of the block after this one. */
    public static int next(final DirectBuffer buffer, final int block) {
        return block + LENGTH_FIELD + (buffer.getShort(block, BIG_ENDIAN) & 0xFFFF);
    }

    /** Where the body starts. */
    public static int body(final int block) {
        return block + HEADER_LENGTH;
    }
}
