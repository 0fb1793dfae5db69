package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Operational halt of an instrument. ITCH 5.0 message {@code h}, 21 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      1  alpha    market             market code
 *      20      1  alpha    action             H halted, T lifted
 * </pre>
 */
public final class OperationalHalt {
    public static final byte TYPE = 'h';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int MARKET_OFFSET = STOCK_OFFSET + 8;
    public static final int ACTION_OFFSET = MARKET_OFFSET + 1;
    public static final int LENGTH = ACTION_OFFSET + 1;

    private OperationalHalt() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final int market,
            final int action) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + MARKET_OFFSET, (byte) market);
        buffer.putByte(offset + ACTION_OFFSET, (byte) action);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int market(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + MARKET_OFFSET);
    }

    public static int action(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + ACTION_OFFSET);
    }
}
