package io.spindle.net;

import static io.spindle.net.UdpLayout.*;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.nic.NicQueue;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds one datagram in a frame claimed from a {@link NicQueue}: {@code begin}, write the payload
 * at {@link #PAYLOAD_OFFSET} of {@link #buffer}, {@code send}. Layout: {@link UdpLayout}.
 *
 * <p>Called from the loop. The UDP checksum is sent as 0, "not computed" (RFC 768): the card fills
 * it in where it can.
 */
public final class UdpFrameEncoder {
    /** Where the payload starts in {@link #buffer}. */
    public static final int PAYLOAD_OFFSET = NicQueue.UDP_PAYLOAD_OFFSET;

    /** Most payload bytes of a datagram that no router has to cut up. */
    public static final int MAX_PAYLOAD_LENGTH = NicQueue.MAX_FRAME_LENGTH - PAYLOAD_OFFSET;

    private static final int UDP_OFFSET = ETHERNET_LENGTH + IPV4_LENGTH;
    private static final byte TIME_TO_LIVE = 64;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final NicQueue nic;
    private final long localMac;
    private final int localAddress;

    public UdpFrameEncoder(final NicQueue nic, final long localMac, final int localAddress) {
        this.nic = nic;
        this.localMac = localMac;
        this.localAddress = localAddress;
    }

    /**
     * Claims a frame and fills in where it goes. When no frame is free, flushes once and tries
     * again.
     *
     * @return false when the queue is full: nothing was claimed, try next turn
     */
    public boolean begin(final long mac, final int address, final int port, final int localPort) {
        long claimed = nic.claim();
        if (claimed == NicQueue.BACK_PRESSURED) {
            nic.flush();
            claimed = nic.claim();
            if (claimed == NicQueue.BACK_PRESSURED) {
                return false;
            }
        }
        frame.wrap(claimed, NicQueue.MAX_FRAME_LENGTH);
        MacAddress.put(frame, DESTINATION_MAC_OFFSET, mac);
        MacAddress.put(frame, SOURCE_MAC_OFFSET, localMac);
        frame.putShort(ETHER_TYPE_OFFSET, (short) ETHER_TYPE_IPV4, BIG_ENDIAN);
        frame.putInt(ETHERNET_LENGTH + SOURCE_ADDRESS_OFFSET, localAddress, BIG_ENDIAN);
        frame.putInt(ETHERNET_LENGTH + DESTINATION_ADDRESS_OFFSET, address, BIG_ENDIAN);
        frame.putShort(UDP_OFFSET + SOURCE_PORT_OFFSET, (short) localPort, BIG_ENDIAN);
        frame.putShort(UDP_OFFSET + DESTINATION_PORT_OFFSET, (short) port, BIG_ENDIAN);
        return true;
    }

    /** The claimed frame. */
    public MutableDirectBuffer buffer() {
        return frame;
    }

    /** Completes the headers for this many payload bytes and commits the frame. */
    public void send(final int payloadLength) {
        final int udpLength = UDP_LENGTH + payloadLength;
        final int ip = ETHERNET_LENGTH;
        frame.putByte(ip + VERSION_OFFSET, (byte) VERSION_4_IHL_5);
        frame.putByte(ip + VERSION_OFFSET + 1, (byte) 0);
        frame.putShort(ip + TOTAL_LENGTH_OFFSET, (short) (IPV4_LENGTH + udpLength), BIG_ENDIAN);
        frame.putShort(ip + IDENTIFICATION_OFFSET, (short) 0, BIG_ENDIAN);
        frame.putShort(ip + FRAGMENT_OFFSET, (short) DONT_FRAGMENT, BIG_ENDIAN);
        frame.putByte(ip + TTL_OFFSET, TIME_TO_LIVE);
        frame.putByte(ip + PROTOCOL_OFFSET, (byte) PROTOCOL_UDP);
        frame.putShort(ip + HEADER_CHECKSUM_OFFSET, (short) 0, BIG_ENDIAN);
        final int checksum = InternetChecksum.of(frame, ip, IPV4_LENGTH);
        frame.putShort(ip + HEADER_CHECKSUM_OFFSET, (short) checksum, BIG_ENDIAN);
        frame.putShort(UDP_OFFSET + UDP_LENGTH_OFFSET, (short) udpLength, BIG_ENDIAN);
        frame.putShort(UDP_OFFSET + UDP_CHECKSUM_OFFSET, (short) 0, BIG_ENDIAN);
        nic.commit(PAYLOAD_OFFSET + payloadLength);
    }
}
