package io.spindle.nic;

/**
 * What a queue is opened with; made by {@link NicContext#conclude}.
 *
 * @param backend auto, or the one backend that will do
 * @param interfaceName kernel name of the interface, empty for backends that need none
 * @param address IPv4 address of order entry, host order, 0 for any
 * @param port UDP port of order entry
 * @param multicastAddress IPv4 address of the interface by which multicast leaves, host order
 * @param multicastTimeToLive routers a multicast datagram may pass, plus one
 * @param queue first hardware queue
 * @param queues hardware queues from that one on, 0 = all that the interface has
 * @param burstFrames most frames moved by one poll or flush call
 * @param ringFrames receive and transmit ring entries, a power of two
 * @param receiveBufferBytes kernel receive buffer of a socket
 * @param sendBufferBytes kernel send buffer of a socket
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
        int multicastTimeToLive,
        int queue,
        int queues,
        int burstFrames,
        int ringFrames,
        int receiveBufferBytes,
        int sendBufferBytes,
        int busyPollMicros,
        int vlan,
        String attach,
        String efviLibrary,
        boolean timestamps) {}
