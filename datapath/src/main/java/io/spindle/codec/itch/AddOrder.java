package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Add order: a displayed order joins its price level behind all others. ITCH 5.0 message {@code A},
 * 36 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned reference          order reference
 *      19      1  alpha    side               B or S
 *      20      4  unsigned shares             displayed lots
 *      24      8  alpha    stock              symbol
 *      32      4  unsigned price              price
 * </pre>
 */
public final class AddOrder {
    public static final byte TYPE = 'A';
    public static final int REFERENCE_OFFSET = ItchHeader.LENGTH;
    public static final int SIDE_OFFSET = REFERENCE_OFFSET + 8;
    public static final int SHARES_OFFSET = SIDE_OFFSET + 1;
    public static final int STOCK_OFFSET = SHARES_OFFSET + 4;
    public static final int PRICE_OFFSET = STOCK_OFFSET + 8;
    public static final int LENGTH = PRICE_OFFSET + 4;

    private AddOrder() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long reference,
            final int side,
            final long shares,
            final long stock,
            final long price) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + REFERENCE_OFFSET, reference, BIG_ENDIAN);
        buffer.putByte(offset + SIDE_OFFSET, (byte) side);
        buffer.putInt(offset + SHARES_OFFSET, (int) shares, BIG_ENDIAN);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putInt(offset + PRICE_OFFSET, (int) price, BIG_ENDIAN);
        return LENGTH;
    }

    public static long reference(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + REFERENCE_OFFSET, BIG_ENDIAN);
    }

    public static int side(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + SIDE_OFFSET);
    }

    public static long shares(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SHARES_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static long price(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
