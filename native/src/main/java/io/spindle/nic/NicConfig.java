package io.spindle.nic;

/**
 * What a queue is opened with; made by {@link NicContext#conclude}.
 *
 * @param backend auto, or the one backend that will do
 * @param interfaceName kernel name of the interface, empty for backends that need none
 * @param address IPv4 address of order entry, host order, 0 for any
 * @param port UDP port of order entry
 * @param multicastAddress IPv4 address of the interface by which multicast leaves, host order
 * @param queue first hardware queue; afxdp takes all from that one on
 * @param burstFrames most frames moved by one poll or flush call
 * @param ringFrames receive and transmit ring entries, a power of two
 * @param receiveBufferBytes kernel receive buffer of a socket
 * @param busyPollMicros how long the kernel polls the driver for an empty receive, 0 = not at all
 * @param vlan 802.1Q tag of order entry, 0 = untagged
 * @param attach where the XDP program sits: auto, native or generic
 * @param efviLibrary file of the ef_vi shim, empty = libspindle_efvi.so on the library path
 * @param timestamps whether received frames carry arrival stamps
 */
@Cold
public record NicConfig(
        String backend,
        String interfaceName,
        int address,
        int port,
        int multicastAddress,
        int queue,
        int burstFrames,
        int ringFrames,
        int receiveBufferBytes,
        int busyPollMicros,
        int vlan,
        String attach,
        String efviLibrary,
        boolean timestamps) {}
