package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Order cancel in part: the order keeps its place. ITCH 5.0 message {@code X}, 23 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned reference          order reference
 *      19      4  unsigned shares             lots taken away
 * </pre>
 */
public final class OrderReduced {
    public static final byte TYPE = 'X';
    public static final int REFERENCE_OFFSET = ItchHeader.LENGTH;
    public static final int SHARES_OFFSET = REFERENCE_OFFSET + 8;
    public static final int LENGTH = SHARES_OFFSET + 4;

    private OrderReduced() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long reference,
            final long shares) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + REFERENCE_OFFSET, reference, BIG_ENDIAN);
        buffer.putInt(offset + SHARES_OFFSET, (int) shares, BIG_ENDIAN);
        return LENGTH;
    }

    public static long reference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + REFERENCE_OFFSET, BIG_ENDIAN);
    }

    public static long shares(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SHARES_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
