package io.spindle.nic;

import io.spindle.sys.Region;
import io.spindle.sys.SockaddrIn;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Datagrams as the kernel's vector calls want them, each in a slot of its own, laid out once:
 *
 * <pre>
 *   count × 64 mmsghdr │ count × 16 iovec │ count × 16 sockaddr_in │ count × 64 control │ count × 2048 frame
 *
 *   mmsghdr (sys/socket.h, LP64)
 *   0          8          16       24         32         40            48      56        60
 *   +----------+----------+--------+----------+----------+-------------+-------+---------+----+
 *   | name     | namelen  | iov    | iovlen   | control  | controllen  | flags | msg_len |    |
 *   +----------+----------+--------+----------+----------+-------------+-------+---------+----+
 *   └──────────────────────── msghdr, for the single calls ────────────────────┘
 * </pre>
 *
 * The payload of slot i lies at byte 42 of frame i, where that of a real frame would lie.
 */
final class DatagramVector implements AutoCloseable {
    static final int MAX_PAYLOAD_LENGTH = NicQueue.MAX_FRAME_LENGTH - UdpHeaders.PAYLOAD_OFFSET;

    private static final int HEADER_LENGTH = 64;
    private static final int NAME_OFFSET = 0;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int IOV_OFFSET = 16;
    private static final int IOV_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int FLAGS_OFFSET = 48;
    private static final int MESSAGE_LENGTH_OFFSET = 56;
    private static final int IOVEC_LENGTH = 16;
    private static final int IOVEC_SIZE_OFFSET = 8;
    private static final int CONTROL_LENGTH = 64;
    private static final int FRAME_LENGTH = 2048;

    private static final int CONTROL_SECONDS_OFFSET = 16;
    private static final int CONTROL_NANOS_OFFSET = 24;
    private static final long STAMP_LENGTH = 64;

    /** Of a received message: it was cut. Asked for: the length before the cut. */
    static final int MSG_TRUNC = 0x20;

    private final Region region;
    private final UnsafeBuffer memory;
    private final int count;
    private final int iovecs;
    private final int names;
    private final int controls;
    private final int frames;

    DatagramVector(final int count) {
        this.count = count;
        iovecs = count * HEADER_LENGTH;
        names = iovecs + count * IOVEC_LENGTH;
        controls = names + count * SockaddrIn.LENGTH;
        frames = controls + count * CONTROL_LENGTH;
        region = Region.allocate(frames + count * FRAME_LENGTH);
        memory = region.buffer();
        for (int i = 0; i < count; i++) {
            layOut(i);
        }
    }

    private void layOut(final int index) {
        final int header = index * HEADER_LENGTH;
        final int iovec = iovecs + index * IOVEC_LENGTH;
        memory.putLong(header + NAME_OFFSET, region.address() + name(index));
        memory.putInt(header + NAME_LENGTH_OFFSET, SockaddrIn.LENGTH);
        memory.putLong(header + IOV_OFFSET, region.address() + iovec);
        memory.putLong(header + IOV_COUNT_OFFSET, 1);
        memory.putLong(iovec, frameAddress(index) + UdpHeaders.PAYLOAD_OFFSET);
        memory.putLong(iovec + IOVEC_SIZE_OFFSET, MAX_PAYLOAD_LENGTH);
        memory.putShort(name(index) + SockaddrIn.FAMILY_OFFSET, SockaddrIn.AF_INET);
    }

    int count() {
        return count;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    /** Offset of frame {@code index} in {@link #memory}. */
    int frame(final int index) {
        return frames + index * FRAME_LENGTH;
    }

    long frameAddress(final int index) {
        return region.address() + frame(index);
    }

    /** Address of the mmsghdr, which begins with its msghdr. */
    long headerAddress(final int index) {
        return region.address() + (long) index * HEADER_LENGTH;
    }

    /** Offset of the sockaddr_in in {@link #memory}. */
    int name(final int index) {
        return names + index * SockaddrIn.LENGTH;
    }

    /** Address of the first byte behind the headers of frame {@code index}. */
    long payloadAddress(final int index) {
        return frameAddress(index) + UdpHeaders.PAYLOAD_OFFSET;
    }

    /** Address of the sockaddr_in. */
    long nameAddress(final int index) {
        return region.address() + name(index);
    }

    /** Address of the int that says how long the sockaddr_in is. */
    long nameLengthAddress(final int index) {
        return headerAddress(index) + NAME_LENGTH_OFFSET;
    }

    int payloadLength(final int index) {
        return (int) memory.getLong(iovecs + index * IOVEC_LENGTH + IOVEC_SIZE_OFFSET);
    }

    void payloadLength(final int index, final int length) {
        memory.putLong(iovecs + index * IOVEC_LENGTH + IOVEC_SIZE_OFFSET, length);
    }

    int messageLength(final int index) {
        return memory.getInt(index * HEADER_LENGTH + MESSAGE_LENGTH_OFFSET);
    }

    void messageLength(final int index, final int length) {
        memory.putInt(index * HEADER_LENGTH + MESSAGE_LENGTH_OFFSET, length);
    }

    /** Notes a datagram of this many bytes, cut or not, that came without its header's help. */
    void arrived(final int index, final int length) {
        messageLength(index, length);
        memory.putInt(
                index * HEADER_LENGTH + FLAGS_OFFSET, length > MAX_PAYLOAD_LENGTH ? MSG_TRUNC : 0);
    }

    boolean truncated(final int index) {
        return (memory.getInt(index * HEADER_LENGTH + FLAGS_OFFSET) & MSG_TRUNC) != 0;
    }

    /** Makes room for the kernel's stamp, which the last receive call may have used up. */
    void expectStamp(final int index) {
        final int header = index * HEADER_LENGTH;
        memory.putLong(
                header + CONTROL_OFFSET, region.address() + controls + index * CONTROL_LENGTH);
        memory.putLong(header + CONTROL_LENGTH_OFFSET, STAMP_LENGTH);
    }

    /** The software stamp of SCM_TIMESTAMPING, ns since the Unix epoch; 0 when none came. */
    long stampNs(final int index) {
        if (memory.getLong(index * HEADER_LENGTH + CONTROL_LENGTH_OFFSET) < STAMP_LENGTH) {
            return 0;
        }
        final int control = controls + index * CONTROL_LENGTH;
        return memory.getLong(control + CONTROL_SECONDS_OFFSET) * 1_000_000_000L
                + memory.getLong(control + CONTROL_NANOS_OFFSET);
    }

    @Override
    public void close() {
        region.close();
    }
}
