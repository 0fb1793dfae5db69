package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Auction collar: the prices between which an instrument may reopen. ITCH 5.0 message {@code J}, 35
 * bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      4  unsigned reference          reference price
 *      23      4  unsigned upper              upper collar
 *      27      4  unsigned lower              lower collar
 *      31      4  unsigned extension          extensions so far, 0 = the first collar
 * </pre>
 */
public final class CollarLevels {
    public static final byte TYPE = 'J';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int REFERENCE_OFFSET = STOCK_OFFSET + 8;
    public static final int UPPER_OFFSET = REFERENCE_OFFSET + 4;
    public static final int LOWER_OFFSET = UPPER_OFFSET + 4;
    public static final int EXTENSION_OFFSET = LOWER_OFFSET + 4;
    public static final int LENGTH = EXTENSION_OFFSET + 4;

    private CollarLevels() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final long reference,
            final long upper,
            final long lower,
            final long extension) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putInt(offset + REFERENCE_OFFSET, (int) reference, BIG_ENDIAN);
        buffer.putInt(offset + UPPER_OFFSET, (int) upper, BIG_ENDIAN);
        buffer.putInt(offset + LOWER_OFFSET, (int) lower, BIG_ENDIAN);
        buffer.putInt(offset + EXTENSION_OFFSET, (int) extension, BIG_ENDIAN);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static long reference(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + REFERENCE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long upper(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + UPPER_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long lower(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LOWER_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long extension(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + EXTENSION_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }
}
