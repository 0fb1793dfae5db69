package io.spindle.nic;

import static io.spindle.nic.NicQueueContract.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.bpf.ArrivalClock;
import io.spindle.bpf.KernelTypes;
import io.spindle.sys.NetworkDevice;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The card's stamps on a veth pair: its driver answers the call, but has no clock to stamp by, so
 * every stamp is 0. What they say on a card only a card can show.
 */
class XdpCardStampTest {
    private final RxBurst burst = new RxBurst(16);

    @BeforeEach
    void needVethAndKernelTypes() {
        assumeTrue(VethPair.missing() == null);
        final boolean known =
                KernelTypes.function(KernelTypes.RUNNING_KERNEL, ArrivalClock.Card.FUNCTION)
                        .isPresent();
        if (!known) {
            System.out.println("XdpCardStampTest: skipped, the kernel has no receive metadata");
        }
        assumeTrue(known);
    }

    private static XdpAttachment attach(final String place, final boolean cardStamps) {
        final NetworkDevice device = NetworkDevice.find(VethPair.DEVICE).orElseThrow();
        return new XdpAttachment(device.index(), 1, config(place), cardStamps);
    }

    private static NicConfig config(final String place) {
        return VethWire.on(new NicContext())
                .backend("afxdp")
                .ringFrames(64)
                .burstFrames(16)
                .timestamps(true)
                .attach(place)
                .conclude();
    }

    /** Sends one datagram; returns its stamp. */
    private long stampOf(final VethPair veth, final XdpAttachment attachment) throws IOException {
        final NicInfo info =
                new NicInfo("afxdp", "", VethPair.DEVICE, "veth", 0, 64, 64, 0, 0, 0, "", "");
        try (XdpQueues queue =
                        new XdpQueues(attachment.memories(), attachment, config("native"), info);
                DatagramChannel peer = veth.far(DatagramChannel::open)) {
            attachment.openGate();
            peer.send(
                    ByteBuffer.wrap(bytes("stamp me")),
                    new InetSocketAddress(VethPair.NEAR, VethWire.PORT));
            final long endNs = System.nanoTime() + NicWire.PATIENCE.toNanos();
            while (queue.poll(burst) == 0 && System.nanoTime() - endNs < 0) {
                Thread.onSpinWait();
            }
            assertEquals(1, burst.count());
            final byte[] payload = new byte[8];
            new UnsafeBuffer(burst.address(0), burst.length(0))
                    .getBytes(NicQueue.UDP_PAYLOAD_OFFSET, payload);
            assertArrayEquals(bytes("stamp me"), payload);
            return burst.timestampNs(0);
        }
    }

    @Test
    void shouldTakeTheCardsStampWhereTheDriverIsAsked() throws IOException {
        try (VethPair veth = new VethPair()) {
            final XdpAttachment attachment = veth.near(() -> attach("native", true));
            assertEquals("hardware", attachment.stampClock());
            assertEquals(0, stampOf(veth, attachment));
        }
    }

    @Test
    void shouldFallBackToTheProgramsOwnClock() throws IOException {
        try (VethPair veth = new VethPair()) {
            final XdpAttachment generic = veth.near(() -> attach("generic", true));
            assertEquals("monotonic", generic.stampClock());
            generic.close();
            final XdpAttachment unasked = veth.near(() -> attach("native", false));
            final long before = System.nanoTime();
            final long stamp = stampOf(veth, unasked);
            assertEquals("monotonic", unasked.stampClock());
            assertTrue(stamp - before >= 0, "stamped before it was sent");
        }
    }

    @Test
    void shouldNotBelieveThatAVethPairHasAClock() throws IOException {
        try (VethPair veth = new VethPair()) {
            assertFalse(
                    veth.near(() -> NetworkDevice.find(VethPair.DEVICE).orElseThrow().stampsAll()));
        }
    }
}
