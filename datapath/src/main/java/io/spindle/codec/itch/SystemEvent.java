package io.spindle.codec.itch;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * System event: the milestones of a trading day. ITCH 5.0 message {@code S}, 12 bytes.
 *
 * <pre>
 *  offset length
 *       0     11  {@link ItchHeader}
 *      11      1  alpha    event              O start of messages, S start of system hours, Q
 *                                            start of market hours, M end of market hours, E end
 *                                            of system hours, C end of messages
 * </pre>
 */
public final class SystemEvent {
    public static final byte TYPE = 'S';
    public static final int EVENT_OFFSET = ItchHeader.LENGTH;
    public static final int LENGTH = EVENT_OFFSET + 1;

    private SystemEvent() {}

    /** Writes a whole message and returns {@link #LENGTH}. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int stockLocate,
            final long timestampNs,
            final int event) {
        ItchHeader.encode(buffer, offset, TYPE, stockLocate, timestampNs);
        buffer.putByte(offset + EVENT_OFFSET, (byte) event);
        return LENGTH;
    }

    public static int event(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + EVENT_OFFSET);
    }
}
