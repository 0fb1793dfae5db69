package io.spindle.codec.itch;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * End of snapshot: apply the live feed from this sequence on. GLIMPSE 5.0 message {@code G}, 21
 * bytes, without the ITCH header.
 *
 * <pre>
 *  offset length
 *       0      1  alpha    type
 *       1     20  alpha    sequence, decimal digits, padded with spaces on the right
 * </pre>
 */
public final class SnapshotEnd {
    public static final byte TYPE = 'G';
    public static final int SEQUENCE_OFFSET = 1;
    public static final int SEQUENCE_LENGTH = 20;
    public static final int LENGTH = SEQUENCE_OFFSET + SEQUENCE_LENGTH;

    private SnapshotEnd() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer, final int offset, final long sequence) {
        buffer.putByte(offset, TYPE);
        final int digits = buffer.putLongAscii(offset + SEQUENCE_OFFSET, sequence);
        buffer.setMemory(offset + SEQUENCE_OFFSET + digits, SEQUENCE_LENGTH - digits, (byte) ' ');
        return LENGTH;
    }

    public static long sequence(final DirectBuffer buffer, final int offset) {
        int digits = SEQUENCE_LENGTH;
        while (digits > 1 && buffer.getByte(offset + SEQUENCE_OFFSET + digits - 1) == ' ') {
            digits--;
        }
        return buffer.parseLongAscii(offset + SEQUENCE_OFFSET, digits);
    }
}
