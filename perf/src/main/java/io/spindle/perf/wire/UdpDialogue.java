package io.spindle.perf.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;
import io.spindle.nic.RxBurst;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Datagrams to one server over a kernel socket, sent and received in place. */
final class UdpDialogue implements AutoCloseable {
    private static final int UDP_LENGTH_OFFSET = 38;
    private static final int UDP_HEADER_LENGTH = 8;

    private final RxBurst burst = new RxBurst(1);
    private final UnsafeBuffer received = new UnsafeBuffer(0, 0);
    private final NicQueue queue;
    private final UdpFrameEncoder frames;
    private final int server;
    private final int port;

    UdpDialogue(final int own, final int server, final int port) {
        this.server = server;
        this.port = port;
        queue =
                NicQueues.open(
                        new NicContext()
                                .backend("socket")
                                .address(own)
                                .multicastAddress(own)
                                .port(0)
                                .burstFrames(1)
                                .ringFrames(64)
                                .conclude(),
                        line -> {});
        frames = new UdpFrameEncoder(queue, queue.info().mac(), own);
    }

    void send(final DirectBuffer payload, final int offset, final int length) {
        if (frames.begin(0, server, port, queue.info().port())) {
            frames.buffer().putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, payload, offset, length);
            frames.send(length);
            queue.flush();
        }
    }

    /** Own UDP port. */
    int port() {
        return queue.info().port();
    }

    /** The payload of the next datagram, or null; borrowed until the next call. */
    UnsafeBuffer receive() {
        queue.release(burst);
        if (queue.poll(burst) == 0) {
            return null;
        }
        received.wrap(burst.address(0), burst.length(0));
        final int length = received.getShort(UDP_LENGTH_OFFSET, BIG_ENDIAN) - UDP_HEADER_LENGTH;
        received.wrap(burst.address(0) + NicQueue.UDP_PAYLOAD_OFFSET, length);
        return received;
    }

    @Override
    public void close() {
        queue.close();
    }
}
