package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Short-sale restriction (Reg SHO) of an instrument. ITCH 5.0 message {@code Y}, 20 bytes. Real
 * files have it; this market does not send it.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      1  alpha    action             0 none, 1 in effect today, 2 carried over
 * </pre>
 */
public final class ShortSaleRestriction {
    public static final byte TYPE = 'Y';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int ACTION_OFFSET = STOCK_OFFSET + 8;
    public static final int LENGTH = ACTION_OFFSET + 1;

    private ShortSaleRestriction() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final int action) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + ACTION_OFFSET, (byte) action);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int action(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + ACTION_OFFSET);
    }
}
