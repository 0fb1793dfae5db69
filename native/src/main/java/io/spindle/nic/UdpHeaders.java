package io.spindle.nic;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * Offsets of the 42 header bytes in front of a UDP payload (IEEE 802.3, RFC 791, RFC 768):
 *
 * <pre>
 *    0            6            12    14   15   16     18    20    22   23   24     26     30
 *    +------------+------------+-----+----+----+------+-----+-----+----+----+------+------+------+
 *    | dst MAC    | src MAC    |0800 | 45 | TOS| length| id | frag| TTL| 17 | csum | src  | dst  |
 *    +------------+------------+-----+----+----+------+-----+-----+----+----+------+------+------+
 *    34         36         38       40       42
 *    +----------+----------+--------+--------+----- - -
 *    | src port | dst port | length | csum   | payload
 *    +----------+----------+--------+--------+----- - -
 * </pre>
 *
 * All fields big-endian.
 */
final class UdpHeaders {
    static final int DESTINATION_MAC_OFFSET = 0;
    static final int SOURCE_MAC_OFFSET = 6;
    static final int ETHER_TYPE_OFFSET = 12;
    static final int IP_OFFSET = 14;
    static final int IP_LENGTH_OFFSET = IP_OFFSET + 2;
    static final int IP_FRAGMENT_OFFSET = IP_OFFSET + 6;
    static final int IP_TIME_TO_LIVE_OFFSET = IP_OFFSET + 8;
    static final int IP_PROTOCOL_OFFSET = IP_OFFSET + 9;
    static final int IP_CHECKSUM_OFFSET = IP_OFFSET + 10;
    static final int IP_SOURCE_OFFSET = IP_OFFSET + 12;
    static final int IP_DESTINATION_OFFSET = IP_OFFSET + 16;
    static final int UDP_OFFSET = 34;
    static final int UDP_SOURCE_PORT_OFFSET = UDP_OFFSET;
    static final int UDP_DESTINATION_PORT_OFFSET = UDP_OFFSET + 2;
    static final int UDP_LENGTH_OFFSET = UDP_OFFSET + 4;
    static final int UDP_CHECKSUM_OFFSET = UDP_OFFSET + 6;
    static final int PAYLOAD_OFFSET = NicQueue.UDP_PAYLOAD_OFFSET;

    static final int IP_HEADERS_LENGTH = PAYLOAD_OFFSET - IP_OFFSET;
    static final int UDP_HEADER_LENGTH = PAYLOAD_OFFSET - UDP_OFFSET;
    static final short ETHER_TYPE_IPV4 = 0x0800;
    static final byte VERSION_AND_LENGTH = 0x45;
    static final short DO_NOT_FRAGMENT = 0x4000;
    static final byte TIME_TO_LIVE = 64;
    static final byte PROTOCOL_UDP = 17;

    /** Second-least significant bit of the first byte: administered locally (IEEE 802). */
    static final long LOCAL_MAC = 0x0200_0000_0000L;

    private UdpHeaders() {}

    /** A made-up Ethernet address that is as unique as the IPv4 address in it. */
    static long macOf(final int address) {
        return LOCAL_MAC | Integer.toUnsignedLong(address);
    }

    /** Everything that is the same in each frame towards one address and port. */
    static void writeTemplate(
            final MutableDirectBuffer frames, final int frame, final int address, final int port) {
        putMac(frames, frame + DESTINATION_MAC_OFFSET, macOf(address));
        frames.putShort(frame + ETHER_TYPE_OFFSET, ETHER_TYPE_IPV4, BIG_ENDIAN);
        frames.putByte(frame + IP_OFFSET, VERSION_AND_LENGTH);
        frames.putShort(frame + IP_FRAGMENT_OFFSET, DO_NOT_FRAGMENT, BIG_ENDIAN);
        frames.putByte(frame + IP_TIME_TO_LIVE_OFFSET, TIME_TO_LIVE);
        frames.putByte(frame + IP_PROTOCOL_OFFSET, PROTOCOL_UDP);
        frames.putInt(frame + IP_DESTINATION_OFFSET, address, BIG_ENDIAN);
        frames.putShort(frame + UDP_DESTINATION_PORT_OFFSET, (short) port, BIG_ENDIAN);
    }

    /** Completes a template with a peer and a payload length; no UDP checksum (RFC 768: zero). */
    static void complete(
            final MutableDirectBuffer frames,
            final int frame,
            final int peerAddress,
            final int peerPort,
            final int payloadLength) {
        putMac(frames, frame + SOURCE_MAC_OFFSET, macOf(peerAddress));
        frames.putShort(
                frame + IP_LENGTH_OFFSET, (short) (IP_HEADERS_LENGTH + payloadLength), BIG_ENDIAN);
        frames.putInt(frame + IP_SOURCE_OFFSET, peerAddress, BIG_ENDIAN);
        frames.putShort(frame + UDP_SOURCE_PORT_OFFSET, (short) peerPort, BIG_ENDIAN);
        frames.putShort(
                frame + UDP_LENGTH_OFFSET, (short) (UDP_HEADER_LENGTH + payloadLength), BIG_ENDIAN);
        frames.putShort(frame + IP_CHECKSUM_OFFSET, (short) 0, BIG_ENDIAN);
        frames.putShort(
                frame + IP_CHECKSUM_OFFSET, ipChecksum(frames, frame + IP_OFFSET), BIG_ENDIAN);
    }

    /** RFC 1071 over a header of 20 bytes whose checksum field is zero. */
    static short ipChecksum(final MutableDirectBuffer frames, final int header) {
        long sum = 0;
        for (int i = 0; i < 20; i += 4) {
            sum += Integer.toUnsignedLong(frames.getInt(header + i, BIG_ENDIAN));
        }
        sum = (sum & 0xFFFF_FFFFL) + (sum >>> 32);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~sum;
    }

    /** True for an IPv4 datagram of UDP without options that is whole in these bytes. */
    static boolean isUdp(final MutableDirectBuffer frames, final int frame, final int length) {
        return length >= PAYLOAD_OFFSET
                && frames.getShort(frame + ETHER_TYPE_OFFSET, BIG_ENDIAN) == ETHER_TYPE_IPV4
                && frames.getByte(frame + IP_OFFSET) == VERSION_AND_LENGTH
                && frames.getByte(frame + IP_PROTOCOL_OFFSET) == PROTOCOL_UDP;
    }

    static void putMac(final MutableDirectBuffer frames, final int offset, final long mac) {
        frames.putShort(offset, (short) (mac >>> 32), BIG_ENDIAN);
        frames.putInt(offset + 2, (int) mac, BIG_ENDIAN);
    }
}
