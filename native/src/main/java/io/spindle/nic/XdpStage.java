package io.spindle.nic;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.sys.Libc;
import io.spindle.sys.Region;
import io.spindle.sys.SystemCallException;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * An AF_XDP queue that no interface is behind: the kernel's ends of its rings are here, in Java. So
 * what trades over AF_XDP can be rehearsed on its own classes, without rights and without a frame
 * on any wire.
 *
 * <pre>
 *   queue:  poll ◀── received ◀── send :stage        queue:  commit ──▶ sent ──────▶ poll :stage
 *           release ──▶ fill ────▶                           claim ◀─── completed ◀──
 * </pre>
 *
 * <p>Its doorbell is a system call that does nothing: the stage looks at the rings by itself.
 *
 * <p><i>Called from</i> any thread but the queue's: one for {@link #send}, one for {@link #poll}.
 */
@Cold
public final class XdpStage implements AutoCloseable {
    private static final int HEADROOM = 256;
    private static final XdpRing.Layout LAYOUT = new XdpRing.Layout(0, 64, 192, 128);
    private static final int NEED_WAKEUP = 1;
    private static final int STAMP_LENGTH = Long.BYTES;
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    /** Takes a datagram that the queue has sent; the bytes are borrowed. */
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(int port, DirectBuffer buffer, int offset, int length);
    }

    private final Libc libc = new Libc();
    private final NicConfig config;
    private final Region umem;
    private final UnsafeBuffer frames;
    private final int fd;
    private final XdpRing received;
    private final XdpRing fill;
    private final XdpRing sent;
    private final XdpRing completed;
    private final NicQueue queue;

    /**
     * @param config the interface is ignored, one hardware queue is played
     */
    public XdpStage(final NicConfig config) {
        this.config = config;
        umem = Region.allocate(2 * config.ringFrames() * XdpSocket.FRAME_LENGTH);
        frames = umem.buffer();
        fd =
                SystemCallException.check(
                        "socket AF_UNIX", libc.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
        final Region receivedMemory = ring(XdpRing.DESCRIPTOR_LENGTH);
        final Region fillMemory = ring(XdpRing.ADDRESS_LENGTH);
        final Region sentMemory = ring(XdpRing.DESCRIPTOR_LENGTH);
        final Region completedMemory = ring(XdpRing.ADDRESS_LENGTH);
        received = end(receivedMemory, XdpRing.DESCRIPTOR_LENGTH);
        fill = end(fillMemory, XdpRing.ADDRESS_LENGTH);
        sent = end(sentMemory, XdpRing.DESCRIPTOR_LENGTH);
        completed = end(completedMemory, XdpRing.ADDRESS_LENGTH);
        sentMemory.buffer().putInt(LAYOUT.flags(), NEED_WAKEUP);
        queue =
                new XdpQueues(
                        List.of(
                                new XdpMemory(
                                        fd,
                                        umem,
                                        end(receivedMemory, XdpRing.DESCRIPTOR_LENGTH),
                                        end(fillMemory, XdpRing.ADDRESS_LENGTH),
                                        end(sentMemory, XdpRing.DESCRIPTOR_LENGTH),
                                        end(completedMemory, XdpRing.ADDRESS_LENGTH))),
                        () -> {},
                        config,
                        info());
    }

    private Region ring(final int entryLength) {
        return Region.allocate(LAYOUT.entries() + config.ringFrames() * entryLength);
    }

    private XdpRing end(final Region memory, final int entryLength) {
        return new XdpRing(memory, LAYOUT, entryLength, config.ringFrames());
    }

    private NicInfo info() {
        return new NicInfo(
                NicBackend.AFXDP.word(),
                "rehearsal",
                "-",
                "-",
                0,
                config.ringFrames(),
                config.ringFrames(),
                UdpHeaders.macOf(config.address()),
                config.address(),
                config.port(),
                config.timestamps() ? "monotonic" : "none",
                "rehearsal");
    }

    /** The queue, for the thread that trades; its memory is the stage's, and goes with it. */
    public NicQueue queue() {
        return queue;
    }

    /**
     * Lets a datagram arrive at the order port, or loses it when the queue has no room, as a card
     * does.
     *
     * @param port of the sender
     */
    public void send(
            final int port, final DirectBuffer payload, final int offset, final int length) {
        if (fill.filled() == 0 || received.free() == 0) {
            return;
        }
        final int frame = (int) fill.address(0) + HEADROOM;
        fill.consume(1);
        UdpHeaders.writeTemplate(frames, frame, config.address(), config.port());
        frames.putBytes(frame + UdpHeaders.PAYLOAD_OFFSET, payload, offset, length);
        UdpHeaders.complete(frames, frame, config.address(), port, length);
        if (config.timestamps()) {
            frames.putLong(frame - STAMP_LENGTH, System.nanoTime());
        }
        received.descriptor(0, frame, UdpHeaders.PAYLOAD_OFFSET + length);
        received.produce(1);
    }

    /**
     * Hands over what the queue has sent, feed lines included.
     *
     * @return frames
     */
    public int poll(final Receiver receiver) {
        final int count = sent.filled();
        for (int i = 0; i < count; i++) {
            final int frame = (int) sent.address(i);
            receiver.onDatagram(
                    frames.getShort(frame + UdpHeaders.UDP_DESTINATION_PORT_OFFSET, BIG_ENDIAN)
                            & 0xFFFF,
                    frames,
                    frame + UdpHeaders.PAYLOAD_OFFSET,
                    sent.length(i) - UdpHeaders.PAYLOAD_OFFSET);
            completed.address(i, frame);
        }
        if (count > 0) {
            sent.consume(count);
            completed.produce(count);
        }
        return count;
    }

    /** Neither the queue nor this object is touched any more. */
    @Override
    public void close() {
        queue.close();
        libc.close(fd);
        received.close();
        fill.close();
        sent.close();
        completed.close();
        umem.close();
    }
}
