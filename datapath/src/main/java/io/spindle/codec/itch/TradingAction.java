package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Trading action: what state an instrument is in. ITCH 5.0 message {@code H}, 25 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  alpha    stock              symbol
 *      19      1  alpha    state              H halted, P paused, Q quotation only, T trading
 *      20      1  alpha    reserved           blank
 *      21      4  alpha    reason             reason code, or blanks
 * </pre>
 */
public final class TradingAction {
    public static final byte TYPE = 'H';
    public static final int STOCK_OFFSET = ItchHeader.LENGTH;
    public static final int STATE_OFFSET = STOCK_OFFSET + 8;
    public static final int RESERVED_OFFSET = STATE_OFFSET + 1;
    public static final int REASON_OFFSET = RESERVED_OFFSET + 1;
    public static final int LENGTH = REASON_OFFSET + 4;

    private TradingAction() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long stock,
            final int state,
            final int reserved,
            final int reason) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + STOCK_OFFSET, stock, BIG_ENDIAN);
        buffer.putByte(offset + STATE_OFFSET, (byte) state);
        buffer.putByte(offset + RESERVED_OFFSET, (byte) reserved);
        buffer.putInt(offset + REASON_OFFSET, reason, BIG_ENDIAN);
        return LENGTH;
    }

    public static long stock(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + STOCK_OFFSET, BIG_ENDIAN);
    }

    public static int state(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + STATE_OFFSET);
    }

    public static int reserved(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + RESERVED_OFFSET);
    }

    public static int reason(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + REASON_OFFSET, BIG_ENDIAN);
    }
}
