package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Market participant position in an instrument. ITCH 5.0 message {@code L}, 26 bytes. Real files
 * have it; this market does not send it.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      4  alpha    participant        market participant id
 *      15      8  alpha    stock              symbol
 *      23      1  alpha    primary            Y primary market maker, N
 *      24      1  alpha    mode               N normal, P passive, S syndicate, R pre-syndicate,
 *                                            L penalty
 *      25      1  alpha    state              A active, E excused, W withdrawn, S suspended, D
 *                                            deleted
 * </pre>
 */
public final class ParticipantPosition {
    public static final byte TYPE = 'L';
    public static final int PARTICIPANT_OFFSET = ItchHeader.LENGTH;
    public static final int STOCK_OFFSET = PARTICIPANT_OFFSET + 4;
    public static final int PRIMARY_OFFSET = STOCK_OFFSET + 8;
    public static final int MODE_OFFSET = PRIMARY_OFFSET + 1;
    public static final int STATE_OFFSET = MODE_OFFSET + 1;
    public static final int LENGTH = STATE_OFFSET + 1;

    private ParticipantPosition() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final int participant,
            final long stock,
            final int primary,
            final int mode,
            final int state) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putInt(offset + PARTICIPANT_OFFSET, participant, BIG_ENDIAN);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + PRIMARY_OFFSET, (byte) primary);
        buffer.putByte(offset + MODE_OFFSET, (byte) mode);
        buffer.putByte(offset + STATE_OFFSET, (byte) state);
        return LENGTH;
    }

    public static int participant(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PARTICIPANT_OFFSET, BIG_ENDIAN);
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int primary(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + PRIMARY_OFFSET);
    }

    public static int mode(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + MODE_OFFSET);
    }

    public static int state(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + STATE_OFFSET);
    }
}
