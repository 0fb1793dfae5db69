package io.spindle.net;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A hardware address in the low 48 bits of a long: first byte on the wire on top. */
public final class MacAddress {
    private static final int GROUP_PREFIX = 0x01005E;
    private static final int GROUP_MASK = 0x7FFFFF;

    private MacAddress() {}

    public static long get(final DirectBuffer buffer, final int offset) {
        return (buffer.getShort(offset, BIG_ENDIAN) & 0xFFFFL) << 32
                | buffer.getInt(offset + 2, BIG_ENDIAN) & 0xFFFFFFFFL;
    }

    public static void put(final MutableDirectBuffer buffer, final int offset, final long mac) {
        buffer.putShort(offset, (short) (mac >> 32), BIG_ENDIAN);
        buffer.putInt(offset + 2, (int) mac, BIG_ENDIAN);
    }

    /** The address that Ethernet uses for an IPv4 multicast group (RFC 1112). */
    public static long ofGroup(final int group) {
        return (long) GROUP_PREFIX << 24 | group & GROUP_MASK;
    }
}
