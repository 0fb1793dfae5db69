package io.spindle.codec.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Broken trade: an execution is taken back. ITCH 5.0 message {@code B}, 19 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      8  unsigned match              match number
 * </pre>
 */
public final class BrokenTrade {
    public static final byte TYPE = 'B';
    public static final int MATCH_OFFSET = ItchHeader.LENGTH;
    public static final int LENGTH = MATCH_OFFSET + 8;

    private BrokenTrade() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final long match) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putLong(offset + MATCH_OFFSET, match, BIG_ENDIAN);
        return LENGTH;
    }

    public static long match(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + MATCH_OFFSET, BIG_ENDIAN);
    }
}
