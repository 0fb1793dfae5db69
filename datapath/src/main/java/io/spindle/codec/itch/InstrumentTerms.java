package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Terms of an instrument that ITCH has no room for; on the snapshot channel only, and not of ITCH.
 * Private message {@code r}, 41 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      1  unsigned priceDecimals      decimals implied in prices
 *      20      1  unsigned lotExponent        one lot is 10^-exponent units
 *      21      4  unsigned tickSize           prices are multiples of this
 *      25      4  unsigned minQuantity        smallest order, lots
 *      29      4  unsigned maxQuantity        largest order, lots
 *      33      4  unsigned maxPrice           highest price
 *      37      4  alpha    currency           currency of prices
 * </pre>
 */
public final class InstrumentTerms {
    public static final byte TYPE = 'r';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int PRICE_DECIMALS_OFFSET = STOCK_OFFSET + 8;
    public static final int LOT_EXPONENT_OFFSET = PRICE_DECIMALS_OFFSET + 1;
    public static final int TICK_SIZE_OFFSET = LOT_EXPONENT_OFFSET + 1;
    public static final int MIN_QUANTITY_OFFSET = TICK_SIZE_OFFSET + 4;
    public static final int MAX_QUANTITY_OFFSET = MIN_QUANTITY_OFFSET + 4;
    public static final int MAX_PRICE_OFFSET = MAX_QUANTITY_OFFSET + 4;
    public static final int CURRENCY_OFFSET = MAX_PRICE_OFFSET + 4;
    public static final int LENGTH = CURRENCY_OFFSET + 4;

    private InstrumentTerms() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final int priceDecimals,
            final int lotExponent,
            final long tickSize,
            final long minQuantity,
            final long maxQuantity,
            final long maxPrice,
            final int currency) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + PRICE_DECIMALS_OFFSET, (byte) priceDecimals);
        buffer.putByte(offset + LOT_EXPONENT_OFFSET, (byte) lotExponent);
        buffer.putInt(offset + TICK_SIZE_OFFSET, (int) tickSize, BIG_ENDIAN);
        buffer.putInt(offset + MIN_QUANTITY_OFFSET, (int) minQuantity, BIG_ENDIAN);
        buffer.putInt(offset + MAX_QUANTITY_OFFSET, (int) maxQuantity, BIG_ENDIAN);
        buffer.putInt(offset + MAX_PRICE_OFFSET, (int) maxPrice, BIG_ENDIAN);
        buffer.putInt(offset + CURRENCY_OFFSET, currency, BIG_ENDIAN);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int priceDecimals(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + PRICE_DECIMALS_OFFSET) & 0xFF;
    }

    public static int lotExponent(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + LOT_EXPONENT_OFFSET) & 0xFF;
    }

    public static long tickSize(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + TICK_SIZE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long minQuantity(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MIN_QUANTITY_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long maxQuantity(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MAX_QUANTITY_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static long maxPrice(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MAX_PRICE_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    public static int currency(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CURRENCY_OFFSET, BIG_ENDIAN);
    }
}
