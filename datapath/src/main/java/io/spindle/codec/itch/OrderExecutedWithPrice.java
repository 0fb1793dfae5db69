package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Order executed at another price than its own. ITCH 5.0 message {@code C}, 36 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned reference          order reference
 *      19      4  unsigned shares             executed lots
 *      23      8  unsigned match              match number
 *      31      1  alpha    printable          Y counts as volume, N is reported elsewhere (cross)
 *      32      4  unsigned price              execution price
 * </pre>
 */
public final class OrderExecutedWithPrice {
    public static final byte TYPE = 'C';
    public static final int REFERENCE_OFFSET = ItchHeader.LENGTH;
    public static final int SHARES_OFFSET = REFERENCE_OFFSET + 8;
    public static final int MATCH_OFFSET = SHARES_OFFSET + 4;
    public static final int PRINTABLE_OFFSET = MATCH_OFFSET + 8;
    public static final int PRICE_OFFSET = PRINTABLE_OFFSET + 1;
    public static final int LENGTH = PRICE_OFFSET + 4;

    private OrderExecutedWithPrice() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long reference,
            final long shares,
            final long match,
            final int printable,
            final long price) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + REFERENCE_OFFSET, reference, BIG_ENDIAN);
        buffer.putInt(offset + SHARES_OFFSET, (int) shares, BIG_ENDIAN);
        buffer.putLong(offset + MATCH_OFFSET, match, BIG_ENDIAN);
        buffer.putByte(offset + PRINTABLE_OFFSET, (byte) printable);
        buffer.putInt(offset + PRICE_OFFSET, (int) price, BIG_ENDIAN);
        return LENGTH;
    }

    public static long reference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + REFERENCE_OFFSET, BIG_ENDIAN);
    }

    public static long shares(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SHARES_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long match(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + MATCH_OFFSET, BIG_ENDIAN);
    }

    public static int printable(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + PRINTABLE_OFFSET);
    }

    public static long price(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
