package io.spindle.net;

import static io.spindle.net.UdpLayout.*;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one received frame in place. Layout: {@link UdpLayout}.
 *
 * <p>Called from the loop. Borrows the frame until the next {@link #wrap}. The IPv4 header's
 * checksum is verified; UDP's is left to the card or kernel, which has dropped bad ones (a veth
 * peer leaves it unfinished, so checking here would drop good frames).
 */
public final class UdpFrameDecoder {
    /** {@link #wrap}: a whole, unfragmented IPv4 UDP datagram. */
    public static final int UDP = 0;

    /** {@link #wrap}: another protocol, such as ARP or IPv6. */
    public static final int OTHER_PROTOCOL = -1;

    /** {@link #wrap}: lengths, version or checksum contradict the frame, or it is a fragment. */
    public static final int MALFORMED = -2;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private int ipOffset;
    private int udpOffset;
    private int payloadLength;

    /**
     * Looks at a frame and validates all three headers.
     *
     * @return {@link #UDP}, {@link #OTHER_PROTOCOL} or {@link #MALFORMED}
     */
    public int wrap(final long address, final int length) {
        frame.wrap(address, length);
        if (length < ETHERNET_LENGTH) {
            return MALFORMED;
        }
        ipOffset = ETHERNET_LENGTH;
        int etherType = frame.getShort(ETHER_TYPE_OFFSET, BIG_ENDIAN) & 0xFFFF;
        if (etherType == ETHER_TYPE_VLAN && length >= ETHERNET_LENGTH + VLAN_TAG_LENGTH) {
            etherType = frame.getShort(ETHER_TYPE_OFFSET + VLAN_TAG_LENGTH, BIG_ENDIAN) & 0xFFFF;
            ipOffset += VLAN_TAG_LENGTH;
        }
        return etherType == ETHER_TYPE_IPV4 ? wrapIpv4(length - ipOffset) : OTHER_PROTOCOL;
    }

    private int wrapIpv4(final int available) {
        if (available < IPV4_LENGTH) {
            return MALFORMED;
        }
        final int versionAndLength = frame.getByte(ipOffset + VERSION_OFFSET) & 0xFF;
        final int headerLength = (versionAndLength & 0xF) << 2;
        final int totalLength = frame.getShort(ipOffset + TOTAL_LENGTH_OFFSET, BIG_ENDIAN) & 0xFFFF;
        if (versionAndLength >> 4 != VERSION_4
                || headerLength < IPV4_LENGTH
                || totalLength < headerLength
                || totalLength > available
                || InternetChecksum.of(frame, ipOffset, headerLength) != 0) {
            return MALFORMED;
        }
        if (frame.getByte(ipOffset + PROTOCOL_OFFSET) != PROTOCOL_UDP) {
            return OTHER_PROTOCOL;
        }
        final int fragment = frame.getShort(ipOffset + FRAGMENT_OFFSET, BIG_ENDIAN);
        if ((fragment & MORE_FRAGMENTS_OR_OFFSET) != 0) {
            return MALFORMED;
        }
        return wrapUdp(headerLength, totalLength - headerLength);
    }

    private int wrapUdp(final int headerLength, final int available) {
        udpOffset = ipOffset + headerLength;
        if (available < UDP_LENGTH) {
            return MALFORMED;
        }
        final int udpLength = frame.getShort(udpOffset + UDP_LENGTH_OFFSET, BIG_ENDIAN) & 0xFFFF;
        if (udpLength < UDP_LENGTH || udpLength > available) {
            return MALFORMED;
        }
        payloadLength = udpLength - UDP_LENGTH;
        return UDP;
    }

    public long sourceMac() {
        return MacAddress.get(frame, SOURCE_MAC_OFFSET);
    }

    public int sourceAddress() {
        return frame.getInt(ipOffset + SOURCE_ADDRESS_OFFSET, BIG_ENDIAN);
    }

    public int sourcePort() {
        return frame.getShort(udpOffset + SOURCE_PORT_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    public int destinationAddress() {
        return frame.getInt(ipOffset + DESTINATION_ADDRESS_OFFSET, BIG_ENDIAN);
    }

    public int destinationPort() {
        return frame.getShort(udpOffset + DESTINATION_PORT_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    /** The frame itself; the payload lies at {@link #payloadOffset}. */
    public DirectBuffer buffer() {
        return frame;
    }

    public int payloadOffset() {
        return udpOffset + UDP_LENGTH;
    }

    public int payloadLength() {
        return payloadLength;
    }
}
