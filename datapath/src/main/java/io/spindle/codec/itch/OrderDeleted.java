package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Order delete: all that was left is gone. ITCH 5.0 message {@code D}, 19 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned reference          order reference
 * </pre>
 */
public final class OrderDeleted {
    public static final byte TYPE = 'D';
    public static final int REFERENCE_OFFSET = ItchHeader.LENGTH;
    public static final int LENGTH = REFERENCE_OFFSET + 8;

    private OrderDeleted() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long reference) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + REFERENCE_OFFSET, reference, BIG_ENDIAN);
        return LENGTH;
    }

    public static long reference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + REFERENCE_OFFSET, BIG_ENDIAN);
    }
}
