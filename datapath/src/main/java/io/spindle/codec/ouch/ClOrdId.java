package io.spindle.codec.ouch;

import io.spindle.codec.ouch.wire.ClOrdIdDecoder;
import io.spindle.codec.ouch.wire.ClOrdIdEncoder;

/**
 * A client's own name for an order, 14 characters, as the two words that the engine keeps: the
 * first eight, and the last six padded with two spaces.
 */
public final class ClOrdId {
    private static final int PADDING = 0x2020;

    private ClOrdId() {}

    public static long high(final ClOrdIdDecoder wire) {
        return wire.first8();
    }

    public static long low(final ClOrdIdDecoder wire) {
        return wire.next4() << 32 | (long) wire.last2() << 16 | PADDING;
    }

    public static void put(final ClOrdIdEncoder wire, final long high, final long low) {
        wire.first8(high).next4(low >>> 32).last2((int) (low >>> 16) & 0xFFFF);
    }
}
