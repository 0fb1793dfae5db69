package io.spindle.nic;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.sys.Errno;
import io.spindle.sys.Libc;
import io.spindle.sys.SockaddrIn;
import io.spindle.sys.UdpSocket;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A kernel UDP socket seen as a queue of frames. Payloads are received and sent in place, behind 42
 * header bytes that never were on a wire: on receive they are written here, on transmit they say
 * where the payload goes.
 *
 * <p>One datagram costs less through {@code recvfrom} than through {@code recvmmsg}, which asks for
 * a second one; many cost less through {@code recvmmsg}. So a poll asks for one, and for twice as
 * many each time it got all it asked for, until it gets fewer. Stamps take a {@code recvmsg}.
 */
final class SocketQueue implements NicQueue {
    private static final int MSG_DONTWAIT = 0x40;

    private final Libc libc = new Libc();
    private final NicCounters counters = new NicCounters();
    private final UdpSocket socket;
    private final int fd;
    private final boolean timestamps;
    private final NicInfo info;

    private final DatagramVector received;
    private final UnsafeBuffer receivedMemory;
    private int wanted = 1;

    private final DatagramVector sent;
    private final UnsafeBuffer sentMemory;
    private final int sentMask;
    private int sentHead;
    private int sentTail;

    SocketQueue(final UdpSocket socket, final NicConfig config, final NicInfo info) {
        this.socket = socket;
        this.info = info;
        fd = socket.fd();
        timestamps = config.timestamps();
        received = new DatagramVector(config.burstFrames());
        receivedMemory = received.memory();
        sent = new DatagramVector(config.ringFrames());
        sentMemory = sent.memory();
        sentMask = config.ringFrames() - 1;
        for (int i = 0; i < received.count(); i++) {
            UdpHeaders.writeTemplate(
                    receivedMemory, received.frame(i), info.address(), info.port());
        }
    }

    @Override
    public int poll(final RxBurst burst) {
        final int limit = Math.min(wanted, Math.min(burst.capacity(), received.count()));
        final int arrived = receive(limit);
        burst.drained(arrived < 0 ? arrived == -Errno.EAGAIN : arrived < limit);
        if (arrived <= 0) {
            wanted = 1;
            return 0;
        }
        wanted = arrived < limit ? 1 : Math.min(limit << 1, received.count());
        for (int i = 0; i < arrived; i++) {
            accept(i, burst);
        }
        counters.framesReceived += burst.count();
        return burst.count();
    }

    private int receive(final int limit) {
        if (timestamps) {
            for (int i = 0; i < limit; i++) {
                received.expectStamp(i);
            }
        }
        final int result =
                limit == 1
                        ? receiveOne()
                        : libc.recvmmsg(fd, received.headerAddress(0), limit, MSG_DONTWAIT);
        if (result < 0 && result != -Errno.EAGAIN && result != -Errno.EINTR) {
            counters.receiveErrors++;
        }
        return result;
    }

    private int receiveOne() {
        final int length;
        if (timestamps) {
            length = libc.recvmsg(fd, received.headerAddress(0), MSG_DONTWAIT);
            received.messageLength(0, length);
        } else {
            length =
                    libc.recvfrom(
                            fd,
                            received.payloadAddress(0),
                            DatagramVector.MAX_PAYLOAD_LENGTH,
                            MSG_DONTWAIT | DatagramVector.MSG_TRUNC,
                            received.nameAddress(0),
                            received.nameLengthAddress(0));
            if (length >= 0) {
                received.arrived(0, length);
            }
        }
        return length < 0 ? length : 1;
    }

    private void accept(final int index, final RxBurst burst) {
        if (received.truncated(index)) {
            counters.receiveTruncated++;
            return;
        }
        final int name = received.name(index);
        final int payloadLength = received.messageLength(index);
        UdpHeaders.complete(
                receivedMemory,
                received.frame(index),
                receivedMemory.getInt(name + SockaddrIn.ADDRESS_OFFSET, BIG_ENDIAN),
                receivedMemory.getShort(name + SockaddrIn.PORT_OFFSET, BIG_ENDIAN),
                payloadLength);
        burst.add(
                received.frameAddress(index),
                UdpHeaders.PAYLOAD_OFFSET + payloadLength,
                index,
                timestamps ? received.stampNs(index) : 0);
    }

    @Override
    public void release(final RxBurst burst) {
        burst.clear();
    }

    @Override
    public long claim() {
        if (sentTail - sentHead == sent.count()) {
            counters.transmitBackPressure++;
            return BACK_PRESSURED;
        }
        return sent.frameAddress(sentTail & sentMask);
    }

    @Override
    public void commit(final int length) {
        final int index = sentTail & sentMask;
        final int frame = sent.frame(index);
        if (length > MAX_FRAME_LENGTH || !UdpHeaders.isUdp(sentMemory, frame, length)) {
            counters.transmitErrors++;
            return;
        }
        final int name = sent.name(index);
        sentMemory.putInt(
                name + SockaddrIn.ADDRESS_OFFSET,
                sentMemory.getInt(frame + UdpHeaders.IP_DESTINATION_OFFSET));
        sentMemory.putShort(
                name + SockaddrIn.PORT_OFFSET,
                sentMemory.getShort(frame + UdpHeaders.UDP_DESTINATION_PORT_OFFSET));
        sent.payloadLength(index, length - UdpHeaders.PAYLOAD_OFFSET);
        sentTail++;
    }

    @Override
    public void abort() {
        // The claim was not recorded: the next one names the same frame.
    }

    @Override
    public int flush() {
        int total = 0;
        while (sentHead != sentTail) {
            final int first = sentHead & sentMask;
            final int result = send(first, Math.min(sentTail - sentHead, sent.count() - first));
            if (result == -Errno.EAGAIN || result == -Errno.ENOBUFS || result == -Errno.EINTR) {
                break;
            }
            if (result < 0) {
                counters.transmitErrors++;
                sentHead++;
            } else {
                sentHead += result;
                total += result;
            }
        }
        counters.framesSent += total;
        return total;
    }

    private int send(final int first, final int count) {
        if (count > 1) {
            return libc.sendmmsg(fd, sent.headerAddress(first), count, MSG_DONTWAIT);
        }
        final int result =
                libc.sendto(
                        fd,
                        sent.payloadAddress(first),
                        sent.payloadLength(first),
                        MSG_DONTWAIT,
                        sent.nameAddress(first),
                        SockaddrIn.LENGTH);
        return result < 0 ? result : 1;
    }

    @Override
    public NicInfo info() {
        return info;
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        socket.close();
        received.close();
        sent.close();
    }
}
