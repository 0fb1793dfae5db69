package io.spindle.sys;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct sockaddr_in} of {@code netinet/in.h}:
 *
 * <pre>
 *   0        2        4                 8                16
 *   +--------+--------+-----------------+-----------------+
 *   | family | port   | address         | zero            |
 *   | host   | network order            |                 |
 *   +--------+--------+-----------------+-----------------+
 * </pre>
 */
public final class SockaddrIn {
    public static final int FAMILY_OFFSET = 0;
    public static final int PORT_OFFSET = 2;
    public static final int ADDRESS_OFFSET = 4;
    public static final int LENGTH = 16;
    public static final short AF_INET = 2;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(BIG_ENDIAN);

    private SockaddrIn() {}

    /** Address and port in host order. */
    public static void write(final MemorySegment name, final int address, final int port) {
        name.fill((byte) 0);
        name.set(ValueLayout.JAVA_SHORT, FAMILY_OFFSET, AF_INET);
        name.set(NETWORK_SHORT, PORT_OFFSET, (short) port);
        name.set(NETWORK_INT, ADDRESS_OFFSET, address);
    }

    public static int port(final MemorySegment name) {
        return Short.toUnsignedInt(name.get(NETWORK_SHORT, PORT_OFFSET));
    }
}
