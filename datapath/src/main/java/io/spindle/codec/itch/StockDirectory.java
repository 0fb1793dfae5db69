package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Stock directory: an instrument and its static terms. ITCH 5.0 message {@code R}, 39 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      1  alpha    category           market category
 *      20      1  alpha    financialStatus    financial status
 *      21      4  unsigned roundLot           lots in a round lot
 *      25      1  alpha    roundLotsOnly      Y or N
 *      26      1  alpha    classification     issue classification
 *      27      2  alpha    subType            issue sub-type
 *      29      1  alpha    authenticity       P live, T test
 *      30      1  alpha    shortSaleThreshold Y, N or blank
 *      31      1  alpha    ipo                Y, N or blank
 *      32      1  alpha    collarTier         limit-up limit-down tier, or blank
 *      33      1  alpha    etp                Y, N or blank
 *      34      4  unsigned etpLeverage        leverage factor, 0 = none
 *      38      1  alpha    inverse            Y or N
 * </pre>
 */
public final class StockDirectory {
    public static final byte TYPE = 'R';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int CATEGORY_OFFSET = STOCK_OFFSET + 8;
    public static final int FINANCIAL_STATUS_OFFSET = CATEGORY_OFFSET + 1;
    public static final int ROUND_LOT_OFFSET = FINANCIAL_STATUS_OFFSET + 1;
    public static final int ROUND_LOTS_ONLY_OFFSET = ROUND_LOT_OFFSET + 4;
    public static final int CLASSIFICATION_OFFSET = ROUND_LOTS_ONLY_OFFSET + 1;
    public static final int SUB_TYPE_OFFSET = CLASSIFICATION_OFFSET + 1;
    public static final int AUTHENTICITY_OFFSET = SUB_TYPE_OFFSET + 2;
    public static final int SHORT_SALE_THRESHOLD_OFFSET = AUTHENTICITY_OFFSET + 1;
    public static final int IPO_OFFSET = SHORT_SALE_THRESHOLD_OFFSET + 1;
    public static final int COLLAR_TIER_OFFSET = IPO_OFFSET + 1;
    public static final int ETP_OFFSET = COLLAR_TIER_OFFSET + 1;
    public static final int ETP_LEVERAGE_OFFSET = ETP_OFFSET + 1;
    public static final int INVERSE_OFFSET = ETP_LEVERAGE_OFFSET + 4;
    public static final int LENGTH = INVERSE_OFFSET + 1;

    private StockDirectory() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final int category,
            final int financialStatus,
            final long roundLot,
            final int roundLotsOnly,
            final int classification,
            final int subType,
            final int authenticity,
            final int shortSaleThreshold,
            final int ipo,
            final int collarTier,
            final int etp,
            final long etpLeverage,
            final int inverse) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + CATEGORY_OFFSET, (byte) category);
        buffer.putByte(offset + FINANCIAL_STATUS_OFFSET, (byte) financialStatus);
        buffer.putInt(offset + ROUND_LOT_OFFSET, (int) roundLot, BIG_ENDIAN);
        buffer.putByte(offset + ROUND_LOTS_ONLY_OFFSET, (byte) roundLotsOnly);
        buffer.putByte(offset + CLASSIFICATION_OFFSET, (byte) classification);
        buffer.putShort(offset + SUB_TYPE_OFFSET, (short) subType, BIG_ENDIAN);
        buffer.putByte(offset + AUTHENTICITY_OFFSET, (byte) authenticity);
        buffer.putByte(offset + SHORT_SALE_THRESHOLD_OFFSET, (byte) shortSaleThreshold);
        buffer.putByte(offset + IPO_OFFSET, (byte) ipo);
        buffer.putByte(offset + COLLAR_TIER_OFFSET, (byte) collarTier);
        buffer.putByte(offset + ETP_OFFSET, (byte) etp);
        buffer.putInt(offset + ETP_LEVERAGE_OFFSET, (int) etpLeverage, BIG_ENDIAN);
        buffer.putByte(offset + INVERSE_OFFSET, (byte) inverse);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int category(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CATEGORY_OFFSET);
    }

    public static int financialStatus(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + FINANCIAL_STATUS_OFFSET);
    }

    public static long roundLot(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + ROUND_LOT_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static int roundLotsOnly(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + ROUND_LOTS_ONLY_OFFSET);
    }

    public static int classification(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CLASSIFICATION_OFFSET);
    }

    public static int subType(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + SUB_TYPE_OFFSET, BIG_ENDIAN);
    }

    public static int authenticity(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + AUTHENTICITY_OFFSET);
    }

    public static int shortSaleThreshold(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + SHORT_SALE_THRESHOLD_OFFSET);
    }

    public static int ipo(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + IPO_OFFSET);
    }

    public static int collarTier(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + COLLAR_TIER_OFFSET);
    }

    public static int etp(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + ETP_OFFSET);
    }

    public static long etpLeverage(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + ETP_LEVERAGE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static int inverse(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + INVERSE_OFFSET);
    }
}
