package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Net order imbalance indicator of an auction. ITCH 5.0 message {@code I}, 50 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned paired             lots paired at the reference price
 *      19      8  unsigned imbalance          lots left over
 *      27      1  alpha    direction          B, S, N none, O too few orders
 *      28      8  alpha    stock              symbol
 *      36      4  unsigned farPrice           cross of auction orders alone
 *      40      4  unsigned nearPrice          cross of all orders
 *      44      4  unsigned referencePrice     price of the figures above
 *      48      1  alpha    cross              O, C or H
 *      49      1  alpha    variation          deviation of near price from a reference, by band
 * </pre>
 */
public final class Imbalance {
    public static final byte TYPE = 'I';
    public static final int PAIRED_OFFSET = ItchHeader.LENGTH;
    public static final int IMBALANCE_OFFSET = PAIRED_OFFSET + 8;
    public static final int DIRECTION_OFFSET = IMBALANCE_OFFSET + 8;
    public static final int STOCK_OFFSET = DIRECTION_OFFSET + 1;
    public static final int FAR_PRICE_OFFSET = STOCK_OFFSET + 8;
    public static final int NEAR_PRICE_OFFSET = FAR_PRICE_OFFSET + 4;
    public static final int REFERENCE_PRICE_OFFSET = NEAR_PRICE_OFFSET + 4;
    public static final int CROSS_OFFSET = REFERENCE_PRICE_OFFSET + 4;
    public static final int VARIATION_OFFSET = CROSS_OFFSET + 1;
    public static final int LENGTH = VARIATION_OFFSET + 1;

    private static final int PERCENT = 100;

    private Imbalance() {}

    /** To buy, to sell, none, or O: bids and asks do not meet. */
    static int direction(final long price, final long imbalance) {
        if (price == 0) {
            return 'O';
        }
        return imbalance == 0 ? 'N' : imbalance > 0 ? 'B' : 'S';
    }

    /** L below 1 %, 1 to 9 whole per cent, A from 10 %, B from 20 %, C from 30 %, blank unknown. */
    static int variation(final long price, final long reference) {
        if (price == 0 || reference == 0) {
            return ' ';
        }
        final long percent = Math.abs(price - reference) * PERCENT / reference;
        if (percent < 10) {
            return percent == 0 ? 'L' : '0' + (int) percent;
        }
        return 'A' + (int) Math.min(2, percent / 10 - 1);
    }

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long paired,
            final long imbalance,
            final int direction,
            final long stock,
            final long farPrice,
            final long nearPrice,
            final long referencePrice,
            final int cross,
            final int variation) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + PAIRED_OFFSET, paired, BIG_ENDIAN);
        buffer.putLong(offset + IMBALANCE_OFFSET, imbalance, BIG_ENDIAN);
        buffer.putByte(offset + DIRECTION_OFFSET, (byte) direction);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putInt(offset + FAR_PRICE_OFFSET, (int) farPrice, BIG_ENDIAN);
        buffer.putInt(offset + NEAR_PRICE_OFFSET, (int) nearPrice, BIG_ENDIAN);
        buffer.putInt(offset + REFERENCE_PRICE_OFFSET, (int) referencePrice, BIG_ENDIAN);
        buffer.putByte(offset + CROSS_OFFSET, (byte) cross);
        buffer.putByte(offset + VARIATION_OFFSET, (byte) variation);
        return LENGTH;
    }

    public static long paired(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + PAIRED_OFFSET, BIG_ENDIAN);
    }

    public static long imbalance(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + IMBALANCE_OFFSET, BIG_ENDIAN);
    }

    public static int direction(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + DIRECTION_OFFSET);
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static long farPrice(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + FAR_PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long nearPrice(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + NEAR_PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long referencePrice(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + REFERENCE_PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static int cross(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CROSS_OFFSET);
    }

    public static int variation(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + VARIATION_OFFSET);
    }
}
