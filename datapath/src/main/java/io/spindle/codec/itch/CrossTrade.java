package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Cross trade: the bulk print of an auction. ITCH 5.0 message {@code Q}, 40 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned shares             lots matched, 0 = no cross
 *      19      8  alpha    stock              symbol
 *      27      4  unsigned price              cross price
 *      31      8  unsigned match              match number
 *      39      1  alpha    cross              O opening, C closing, H halt or IPO
 * </pre>
 */
public final class CrossTrade {
    public static final byte TYPE = 'Q';
    public static final int SHARES_OFFSET = ItchHeader.LENGTH;
    public static final int STOCK_OFFSET = SHARES_OFFSET + 8;
    public static final int PRICE_OFFSET = STOCK_OFFSET + 8;
    public static final int MATCH_OFFSET = PRICE_OFFSET + 4;
    public static final int CROSS_OFFSET = MATCH_OFFSET + 8;
    public static final int LENGTH = CROSS_OFFSET + 1;

    private CrossTrade() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long shares,
            final long stock,
            final long price,
            final long match,
            final int cross) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + SHARES_OFFSET, shares, BIG_ENDIAN);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putInt(offset + PRICE_OFFSET, (int) price, BIG_ENDIAN);
        buffer.putLong(offset + MATCH_OFFSET, match, BIG_ENDIAN);
        buffer.putByte(offset + CROSS_OFFSET, (byte) cross);
        return LENGTH;
    }

    public static long shares(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SHARES_OFFSET, BIG_ENDIAN);
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static long price(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long match(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + MATCH_OFFSET, BIG_ENDIAN);
    }

    public static int cross(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CROSS_OFFSET);
    }
}
