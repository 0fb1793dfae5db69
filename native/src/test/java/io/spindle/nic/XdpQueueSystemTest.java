package io.spindle.nic;

import static io.spindle.nic.NicQueueContract.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.affinity.CpuSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * AF_XDP and the kernel around it: what passes by, what is left behind, what happens when it goes.
 */
class XdpQueueSystemTest {
    private final RxBurst burst = new RxBurst(16);

    @BeforeEach
    void needVeth() {
        assumeTrue(VethPair.missing() == null);
    }

    @Test
    void shouldLeaveForeignPortsAndPingToTheKernel() throws IOException {
        try (VethWire wire = new VethWire(afxdp());
                DatagramChannel bystander =
                        wire.veth().near(() -> kernelSocket(VethWire.PORT + 1))) {
            wire.sendToForeignPort(bytes("yours"));
            assertArrayEquals(bytes("yours"), receive(bystander));
            assertTrue(
                    wire.veth()
                            .far(() -> InetAddress.getByName(VethPair.NEAR).isReachable(20_000)));
            assertEquals(0, wire.queue().poll(burst));
        }
    }

    @Test
    void shouldLeaveFragmentsToTheKernel() throws IOException {
        try (VethWire wire = new VethWire(afxdp());
                DatagramChannel kernel = wire.veth().near(() -> kernelSocket(VethWire.PORT))) {
            final byte[] payload = NicQueueContract.pattern(3, 4_000);
            wire.send(payload);
            assertArrayEquals(payload, receive(kernel));
            assertEquals(0, wire.queue().poll(burst));
        }
    }

    @Test
    void shouldLeaveOtherAddressesOfTheInterfaceToTheKernel() throws IOException {
        try (VethWire wire = new VethWire(afxdp());
                UdpPeer peer =
                        wire.veth()
                                .far(
                                        () ->
                                                new UdpPeer(
                                                        VethPair.FAR,
                                                        new InetSocketAddress(
                                                                "10.99.0.9", VethWire.PORT),
                                                        null))) {
            VethPair.ip(
                    "-n "
                            + wire.veth().nearName()
                            + " addr add 10.99.0.9/24 dev "
                            + VethPair.DEVICE);
            try (DatagramChannel kernel = wire.veth().near(() -> kernelSocket(VethWire.PORT))) {
                peer.send(bytes("next door"));
                assertArrayEquals(bytes("next door"), receive(kernel));
                assertEquals(0, wire.queue().poll(burst));
            }
        }
    }

    /** The sender's transmit queue, chosen by the core it runs on, is the receiver's queue. */
    @Test
    void shouldTakeFramesFromAllQueuesOfAnInterface() throws IOException {
        try (VethWire wire = new VethWire(afxdp(), new VethPair(2))) {
            final String mode = wire.queue().info().mode();
            assertTrue(mode.contains("2 queues"), mode);
            for (int cpu = 0; cpu < 2; cpu++) {
                final byte[] payload = bytes("from core " + cpu);
                final int core = cpu;
                wire.veth()
                        .far(
                                () -> {
                                    CpuSet.of(core).applyToCallingThread();
                                    wire.send(payload);
                                    return null;
                                });
                await(wire.queue());
                assertEquals(42 + payload.length, burst.length(0));
                wire.queue().release(burst);
            }
            assertEquals(2, wire.queue().counters().framesReceived);
        }
    }

    @Test
    void shouldRefuseMoreQueuesThanItCanLookAfter() throws IOException {
        try (VethPair veth = new VethPair()) {
            final NicConfig config = VethWire.on(afxdp().queue(1)).conclude();
            final NicRefusedException refused =
                    assertThrows(
                            NicRefusedException.class,
                            () -> veth.near(() -> NicQueues.open(config, line -> {})));
            assertTrue(refused.getMessage().contains("1 receive queues"), refused.getMessage());
        }
    }

    @Test
    void shouldStampArrivalsOnTheMonotonicClock() throws IOException {
        try (VethWire wire = new VethWire(afxdp().timestamps(true))) {
            final long before = System.nanoTime();
            wire.send(bytes("when"));
            await(wire.queue());
            final long after = System.nanoTime();
            assertTrue(burst.timestampNs(0) - before >= 0, "stamped before it was sent");
            assertTrue(after - burst.timestampNs(0) >= 0, "stamped after it was seen");
            assertEquals("monotonic", wire.queue().info().timestamps());
            wire.queue().release(burst);
        }
    }

    @Test
    void shouldPreferAfxdpWhereAnInterfaceIsNamed() throws IOException {
        final List<String> report = new ArrayList<>();
        try (VethPair veth = new VethPair();
                NicQueue queue =
                        veth.near(
                                () ->
                                        NicQueues.open(
                                                VethWire.on(new NicContext()).conclude(),
                                                report::add))) {
            assertEquals("afxdp", queue.info().backend());
            assertEquals("veth", queue.info().driver());
            assertTrue(queue.info().mode().startsWith("native, copy"), queue.info().mode());
            assertTrue(report.getLast().contains("afxdp (native"), report.toString());
        }
    }

    @Test
    void shouldRefuseAnInterfaceThatIsNotThere() {
        final NicConfig config =
                new NicContext().backend("afxdp").interfaceName("nosuch0").conclude();
        final NicRefusedException refusal =
                assertThrows(NicRefusedException.class, () -> NicQueues.open(config, line -> {}));
        assertTrue(refusal.getMessage().contains("no interface nosuch0"), refusal.getMessage());
    }

    @Test
    void shouldRefuseAnInterfaceThatAnotherProgramHolds() throws IOException {
        try (VethWire wire = new VethWire(afxdp())) {
            final NicRefusedException refusal =
                    assertThrows(
                            NicRefusedException.class,
                            () ->
                                    wire.veth()
                                            .near(
                                                    () ->
                                                            NicQueues.open(
                                                                    VethWire.on(afxdp()).conclude(),
                                                                    line -> {})));
            assertTrue(refusal.getMessage().contains("xdp off"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("EBUSY"), refusal.getMessage());
        }
    }

    @Test
    void shouldOpenAgainAtOnceAfterAClose() throws IOException {
        try (VethPair veth = new VethPair()) {
            for (int i = 0; i < 5; i++) {
                veth.near(() -> NicQueues.open(VethWire.on(afxdp()).conclude(), line -> {}))
                        .close();
            }
            assertFalse(attached(veth), "a program was left behind");
        }
    }

    @Test
    void shouldCountFramesThatTheLoopWasTooSlowToTake() throws IOException {
        try (VethWire wire = new VethWire(afxdp().ringFrames(64))) {
            for (int i = 0; i < 200; i++) {
                wire.send(bytes("flood"));
            }
            final NicCounters counters = wire.queue().counters();
            final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
            while (counters.receiveMissed == 0 && System.nanoTime() - deadline < 0) {
                wire.queue().poll(burst);
                wire.queue().release(burst);
            }
            assertEquals(64, counters.framesReceived);
            assertEquals(136, counters.receiveMissed);
        }
    }

    @Test
    void shouldSayThatItsInterfaceIsGoneAndTransmitNoMore() throws IOException {
        try (VethWire wire = new VethWire(afxdp())) {
            final FrameWriter writer = new FrameWriter(wire.queue());
            wire.send(bytes("last"));
            await(wire.queue());
            wire.queue().release(burst);
            wire.veth().delete();
            final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
            while (!wire.queue().isGone() && System.nanoTime() - deadline < 0) {
                wire.queue().poll(burst);
                wire.queue().release(burst);
            }
            assertTrue(wire.queue().isGone());
            assertTrue(wire.queue().counters().interfaceDown > 0);
            writer.write(1, wire.peerAddress(), wire.peerPort(), bytes("too late"));
            assertEquals(0, wire.queue().flush());
        }
    }

    @Test
    void shouldHoldFramesWhileTheInterfaceIsDown() throws IOException {
        try (VethWire wire = new VethWire(afxdp())) {
            final FrameWriter writer = new FrameWriter(wire.queue());
            wire.send(bytes("who"));
            await(wire.queue());
            writer.echo(burst, 0);
            wire.queue().release(burst);
            final String near = "-n " + wire.veth().nearName() + " link set " + VethPair.DEVICE;
            VethPair.ip(near + " down");
            assertEquals(0, wire.queue().flush());
            assertFalse(wire.queue().isGone());
            assertEquals(1, wire.queue().counters().interfaceDown);
            VethPair.ip(near + " up");
            assertEquals(1, wire.queue().flush());
            assertArrayEquals(bytes("who"), wire.receive());
        }
    }

    @Test
    void shouldEchoAgainAfterKillNineWithNothingLeftBehind(@TempDir final Path folder)
            throws IOException, InterruptedException {
        try (VethPair veth = new VethPair()) {
            for (int life = 0; life < 3; life++) {
                final Process echo = EchoProcess.start(veth, folder.resolve("echo" + life));
                try (UdpPeer peer =
                        veth.far(
                                () ->
                                        new UdpPeer(
                                                VethPair.FAR,
                                                new InetSocketAddress(VethPair.NEAR, VethWire.PORT),
                                                null))) {
                    final String ready = echo.inputReader().readLine();
                    assertEquals("ready", ready, () -> output(folder));
                    peer.send(bytes("life " + life));
                    assertArrayEquals(bytes("life " + life), peer.receive());
                } finally {
                    echo.destroyForcibly();
                    assertTrue(echo.waitFor(20, TimeUnit.SECONDS));
                }
            }
            final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
            while (attached(veth) && System.nanoTime() - deadline < 0) {
                Thread.onSpinWait();
            }
            assertFalse(attached(veth), "a program was left behind");
        }
    }

    private static String output(final Path folder) {
        try (var files = Files.list(folder)) {
            final StringBuilder text = new StringBuilder();
            for (final Path file : files.toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (final IOException failure) {
            return failure.toString();
        }
    }

    private static boolean attached(final VethPair veth) throws IOException {
        return VethPair.ip("-n " + veth.nearName() + " link show dev " + VethPair.DEVICE)
                .contains("prog/xdp");
    }

    private static NicContext afxdp() {
        return new NicContext().backend("afxdp").ringFrames(64).burstFrames(16);
    }

    private static DatagramChannel kernelSocket(final int port) throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress("0.0.0.0", port));
        channel.configureBlocking(false);
        return channel;
    }

    private static byte[] receive(final DatagramChannel channel) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(8_192);
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (channel.receive(buffer) == null) {
            assertTrue(System.nanoTime() - deadline < 0, "nothing reached the kernel's socket");
            LockSupport.parkNanos(100_000);
        }
        final byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        return payload;
    }

    private void await(final NicQueue queue) {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (queue.poll(burst) == 0) {
            assertTrue(System.nanoTime() - deadline < 0, "nothing arrived");
        }
    }
}
