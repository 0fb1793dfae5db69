package io.spindle.net;

/**
 * Offsets of the headers in front of a UDP payload. Sources: IEEE 802.3 and 802.1Q, RFC 791, RFC
 * 768.
 *
 * <pre>
 *  0        6        12   14 (18 behind an 802.1Q tag)                     34 (IHL 5)        42
 *  +--------+--------+----+------------------------------------------------+-----------------+------
 *  | to MAC | from   |0800| 45 tos len id frag ttl 11 sum  from IP   to IP | from to len sum | data
 *  +--------+--------+----+------------------------------------------------+-----------------+------
 *  Ethernet               IPv4                                             UDP
 * </pre>
 */
final class UdpLayout {
    static final int DESTINATION_MAC_OFFSET = 0;
    static final int MAC_LENGTH = 6;
    static final int SOURCE_MAC_OFFSET = DESTINATION_MAC_OFFSET + MAC_LENGTH;
    static final int ETHER_TYPE_OFFSET = SOURCE_MAC_OFFSET + MAC_LENGTH;
    static final int ETHERNET_LENGTH = ETHER_TYPE_OFFSET + 2;
    static final int VLAN_TAG_LENGTH = 4;

    static final int ETHER_TYPE_IPV4 = 0x0800;
    static final int ETHER_TYPE_VLAN = 0x8100;

    /* From the start of the IPv4 header. */
    static final int VERSION_OFFSET = 0;
    static final int TOTAL_LENGTH_OFFSET = 2;
    static final int IDENTIFICATION_OFFSET = 4;
    static final int FRAGMENT_OFFSET = 6;
    static final int TTL_OFFSET = 8;
    static final int PROTOCOL_OFFSET = 9;
    static final int HEADER_CHECKSUM_OFFSET = 10;
    static final int SOURCE_ADDRESS_OFFSET = 12;
    static final int DESTINATION_ADDRESS_OFFSET = SOURCE_ADDRESS_OFFSET + 4;
    static final int IPV4_LENGTH = DESTINATION_ADDRESS_OFFSET + 4;

    static final int VERSION_4 = 4;
    static final int VERSION_4_IHL_5 = 0x45;
    static final int DONT_FRAGMENT = 0x4000;
    static final int MORE_FRAGMENTS_OR_OFFSET = 0x3FFF;
    static final int PROTOCOL_UDP = 17;

    /* From the start of the UDP header. */
    static final int SOURCE_PORT_OFFSET = 0;
    static final int DESTINATION_PORT_OFFSET = 2;
    static final int UDP_LENGTH_OFFSET = 4;
    static final int UDP_CHECKSUM_OFFSET = 6;
    static final int UDP_LENGTH = 8;

    private UdpLayout() {}
}
