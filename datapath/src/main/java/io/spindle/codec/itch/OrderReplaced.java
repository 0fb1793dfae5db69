package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Order replace: the old order is gone, the new one joins behind all others. ITCH 5.0 message
 * {@code U}, 35 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned oldReference       reference that dies
 *      19      8  unsigned newReference       reference that lives
 *      27      4  unsigned shares             displayed lots
 *      31      4  unsigned price              price
 * </pre>
 */
public final class OrderReplaced {
    public static final byte TYPE = 'U';
    public static final int OLD_REFERENCE_OFFSET = ItchHeader.LENGTH;
    public static final int NEW_REFERENCE_OFFSET = OLD_REFERENCE_OFFSET + 8;
    public static final int SHARES_OFFSET = NEW_REFERENCE_OFFSET + 8;
    public static final int PRICE_OFFSET = SHARES_OFFSET + 4;
    public static final int LENGTH = PRICE_OFFSET + 4;

    private OrderReplaced() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long oldReference,
            final long newReference,
            final long shares,
            final long price) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + OLD_REFERENCE_OFFSET, oldReference, BIG_ENDIAN);
        buffer.putLong(offset + NEW_REFERENCE_OFFSET, newReference, BIG_ENDIAN);
        buffer.putInt(offset + SHARES_OFFSET, (int) shares, BIG_ENDIAN);
        buffer.putInt(offset + PRICE_OFFSET, (int) price, BIG_ENDIAN);
        return LENGTH;
    }

    public static long oldReference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + OLD_REFERENCE_OFFSET, BIG_ENDIAN);
    }

    public static long newReference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + NEW_REFERENCE_OFFSET, BIG_ENDIAN);
    }

    public static long shares(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SHARES_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long price(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
