package io.spindle.nic;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/** Writes and reads frames of a queue the way the network layer does. */
final class FrameWriter {
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final NicQueue queue;

    FrameWriter(final NicQueue queue) {
        this.queue = queue;
    }

    /** Claims, writes and commits one datagram; false when the queue is back-pressured. */
    boolean write(final long mac, final int address, final int port, final byte[] payload) {
        final long claim = queue.claim();
        if (claim == NicQueue.BACK_PRESSURED) {
            return false;
        }
        frame.wrap(claim, NicQueue.MAX_FRAME_LENGTH);
        frame.setMemory(0, UdpHeaders.PAYLOAD_OFFSET, (byte) 0);
        UdpHeaders.writeTemplate(frame, 0, address, port);
        UdpHeaders.putMac(frame, UdpHeaders.DESTINATION_MAC_OFFSET, mac);
        final NicInfo info = queue.info();
        UdpHeaders.complete(frame, 0, info.address(), info.port(), payload.length);
        UdpHeaders.putMac(frame, UdpHeaders.SOURCE_MAC_OFFSET, info.mac());
        frame.putBytes(UdpHeaders.PAYLOAD_OFFSET, payload);
        queue.commit(UdpHeaders.PAYLOAD_OFFSET + payload.length);
        return true;
    }

    /** Sends a frame's payload back to where it came from. */
    boolean echo(final RxBurst burst, final int index) {
        frame.wrap(burst.address(index), burst.length(index));
        final long mac =
                (frame.getShort(UdpHeaders.SOURCE_MAC_OFFSET, BIG_ENDIAN) & 0xFFFFL) << 32
                        | Integer.toUnsignedLong(
                                frame.getInt(UdpHeaders.SOURCE_MAC_OFFSET + 2, BIG_ENDIAN));
        final int address = frame.getInt(UdpHeaders.IP_SOURCE_OFFSET, BIG_ENDIAN);
        final int port =
                Short.toUnsignedInt(frame.getShort(UdpHeaders.UDP_SOURCE_PORT_OFFSET, BIG_ENDIAN));
        return write(mac, address, port, payload(burst, index));
    }

    static byte[] payload(final RxBurst burst, final int index) {
        final UnsafeBuffer bytes = new UnsafeBuffer(burst.address(index), burst.length(index));
        final int length =
                bytes.getShort(UdpHeaders.UDP_LENGTH_OFFSET, BIG_ENDIAN)
                        - UdpHeaders.UDP_HEADER_LENGTH;
        final byte[] payload = new byte[length];
        bytes.getBytes(UdpHeaders.PAYLOAD_OFFSET, payload);
        return payload;
    }
}
