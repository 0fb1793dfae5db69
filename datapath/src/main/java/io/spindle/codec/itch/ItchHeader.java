package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What every ITCH 5.0 message begins with, 11 bytes.
 *
 * <pre>
 *  offset length
 *       0      1  alpha    type
 *       1      2  unsigned stock locate    instrument in definition order from 1; 0 = the market
 *       3      2  unsigned tracking number always 0
 *       5      6  unsigned timestamp       ns since UTC midnight of the trading day
 * </pre>
 */
public final class ItchHeader {
    public static final int TYPE_OFFSET = 0;
    public static final int STOCK_LOCATE_OFFSET = TYPE_OFFSET + 1;
    public static final int TRACKING_NUMBER_OFFSET = STOCK_LOCATE_OFFSET + 2;
    public static final int TIMESTAMP_OFFSET = TRACKING_NUMBER_OFFSET + 2;
    public static final int LENGTH = TIMESTAMP_OFFSET + 6;

    private static final int TIMESTAMP_LOW_OFFSET = TIMESTAMP_OFFSET + 2;

    private ItchHeader() {}

    static void encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final byte type,
            final int stockLocate,
            final long timestampNs) {
        buffer.putByte(offset, type);
        buffer.putShort(offset + STOCK_LOCATE_OFFSET, (short) stockLocate, BIG_ENDIAN);
        buffer.putShort(offset + TRACKING_NUMBER_OFFSET, (short) 0);
        buffer.putShort(offset + TIMESTAMP_OFFSET, (short) (timestampNs >>> 32), BIG_ENDIAN);
        buffer.putInt(offset + TIMESTAMP_LOW_OFFSET, (int) timestampNs, BIG_ENDIAN);
    }

    public static byte type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE_OFFSET);
    }

    public static int stockLocate(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + STOCK_LOCATE_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    public static int trackingNumber(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TRACKING_NUMBER_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    public static long timestampNs(final DirectBuffer buffer, final int offset) {
        return (long) (buffer.getShort(offset + TIMESTAMP_OFFSET, BIG_ENDIAN) & 0xFFFF) << 32
                | buffer.getInt(offset + TIMESTAMP_LOW_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
