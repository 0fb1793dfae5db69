package io.spindle.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What only the kernel socket has: truncation, adaptive bursts, stamps, frames without headers. */
class SocketQueueTest {
    private final RxBurst burst = new RxBurst(16);

    @Test
    void shouldDropAndCountADatagramLongerThanAFrame() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext())) {
            wire.send(new byte[2_000]);
            wire.send(NicQueueContract.bytes("fits"));
            await(wire.queue(), 1);
            assertArrayEquals(NicQueueContract.bytes("fits"), FrameWriter.payload(burst, 0));
            assertEquals(1, wire.queue().counters().receiveTruncated);
        }
    }

    @Test
    void shouldTakeMoreAtOnceWhileMoreIsWaiting() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext().burstFrames(16))) {
            for (int i = 0; i < 31; i++) {
                wire.send(NicQueueContract.pattern(i, 10));
            }
            for (int expected = 1; expected <= 16; expected *= 2) {
                await(wire.queue(), 1);
                assertEquals(expected, burst.count());
                wire.queue().release(burst);
            }
        }
    }

    @Test
    void shouldSayThatMoreMayWaitUntilItGotFewerThanItAskedFor() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext().burstFrames(16))) {
            for (int i = 0; i < 5; i++) {
                wire.send(NicQueueContract.pattern(i, 10));
            }
            for (int expected = 1; expected <= 2; expected *= 2) {
                assertEquals(expected, wire.queue().poll(burst));
                assertFalse(burst.isDrained());
                wire.queue().release(burst);
            }
            assertEquals(2, wire.queue().poll(burst));
            assertTrue(burst.isDrained());
        }
    }

    @Test
    void shouldCountADatagramThatIsTooLongAsOneThatArrived() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext())) {
            wire.send(new byte[2_000]);
            assertEquals(0, wire.queue().poll(burst));
            assertFalse(burst.isDrained());
            assertEquals(0, wire.queue().poll(burst));
            assertTrue(burst.isDrained());
        }
    }

    @Test
    void shouldDropAndCountAFrameThatIsNotUdp() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext())) {
            final NicQueue queue = wire.queue();
            new UnsafeBuffer(queue.claim(), 60).setMemory(0, 60, (byte) 0);
            queue.commit(60);
            assertEquals(0, queue.flush());
            assertEquals(1, queue.counters().transmitErrors);
        }
    }

    @Test
    void shouldCountWhatTheKernelRefusesToSendAndGoOn() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext())) {
            final FrameWriter writer = new FrameWriter(wire.queue());
            final int broadcast = Ipv4.parse("255.255.255.255");
            writer.write(0, broadcast, 9, new byte[4]);
            writer.write(0, wire.peerAddress(), wire.peerPort(), NicQueueContract.bytes("next"));
            assertEquals(1, wire.queue().flush());
            assertEquals(1, wire.queue().counters().transmitErrors);
            assertArrayEquals(NicQueueContract.bytes("next"), wire.receive());
        }
    }

    @Test
    void shouldStampArrivalsInRealTime() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext().timestamps(true))) {
            assertEquals("realtime", wire.queue().info().timestamps());
            // The kernel turns stamping on in the background: the first datagrams may have none, 0.
            int stamped = 0;
            for (int sent = 0; sent < 1_000 && stamped < 3; sent++) {
                wire.send(NicQueueContract.bytes("when"));
                await(wire.queue(), 1);
                final long stampNs = burst.timestampNs(0);
                if (stampNs != 0) {
                    stamped++;
                    final long age =
                            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - stampNs;
                    assertTrue(Math.abs(age) < TimeUnit.MINUTES.toNanos(1), () -> "age " + age);
                } else {
                    assertEquals(0, stamped, "a stamp is missing behind one that was there");
                    LockSupport.parkNanos(1_000_000);
                }
                wire.queue().release(burst);
            }
            assertEquals(3, stamped);
        }
    }

    @Test
    void shouldReportTheBuffersItReallyGot() throws IOException {
        try (SocketWire wire =
                new SocketWire(new NicContext().receiveBufferBytes(128 << 10).busyPollMicros(1))) {
            final String mode = wire.queue().info().mode();
            assertTrue(mode.contains("receive buffer 128 KiB"), mode);
            assertTrue(mode.contains("busy poll"), mode);
        }
    }

    @Test
    void shouldRefuseAnAddressThisMachineDoesNotHave() {
        final NicConfig config =
                new NicContext().backend("socket").address(Ipv4.parse("192.0.2.1")).conclude();
        final NicRefusedException refusal =
                assertThrows(NicRefusedException.class, () -> NicQueues.open(config, line -> {}));
        assertTrue(refusal.getMessage().contains("EADDRNOTAVAIL"), refusal.getMessage());
    }

    @Test
    void shouldRefuseAPortThatIsTaken() throws IOException {
        try (SocketWire wire = new SocketWire(new NicContext())) {
            final NicConfig config =
                    new NicContext().backend("socket").port(wire.queue().info().port()).conclude();
            final NicRefusedException refusal =
                    assertThrows(
                            NicRefusedException.class, () -> NicQueues.open(config, line -> {}));
            assertTrue(refusal.getMessage().contains("EADDRINUSE"), refusal.getMessage());
        }
    }

    private void await(final NicQueue queue, final int frames) {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (burst.count() < frames) {
            queue.poll(burst);
            assertTrue(System.nanoTime() - deadline < 0, "nothing arrived");
        }
    }
}
