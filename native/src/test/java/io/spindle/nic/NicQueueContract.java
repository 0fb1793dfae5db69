package io.spindle.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/** What every backend owes the loop, over its real medium. */
abstract class NicQueueContract {
    static final int RING_FRAMES = 64;
    static final int BURST_FRAMES = 16;
    private static final int MAX_PAYLOAD = NicQueue.MAX_FRAME_LENGTH - NicQueue.UDP_PAYLOAD_OFFSET;
    private static final int PORT_OF_NOBODY = 9;

    private final RxBurst burst = new RxBurst(BURST_FRAMES);
    private NicWire wire;
    private NicQueue queue;
    private FrameWriter writer;

    /** Opens a queue with rings of {@link #RING_FRAMES} and bursts of {@link #BURST_FRAMES}. */
    abstract NicWire open() throws Exception;

    @BeforeEach
    void openWire() throws Exception {
        wire = open();
        queue = wire.queue();
        writer = new FrameWriter(queue);
    }

    @AfterEach
    void closeWire() throws Exception {
        if (wire != null) {
            wire.close();
        }
    }

    @Test
    void shouldReturnAnEmptyBurstWhenNothingHasArrived() {
        assertEquals(0, queue.poll(burst));
        assertEquals(0, burst.count());
    }

    @Test
    void shouldSayThatNothingIsLeftOnceItIsSo() throws Exception {
        queue.poll(burst);
        assertTrue(burst.isDrained());
        for (int i = 0; i < BURST_FRAMES; i++) {
            wire.send(pattern(i, 8));
        }
        int seen = 0;
        while (seen < BURST_FRAMES) {
            await(1);
            seen += burst.count();
            queue.release(burst);
        }
        assertEquals(0, queue.poll(burst));
        assertTrue(burst.isDrained());
    }

    @Test
    void shouldDeliverAPayloadBehindFortyTwoHeaderBytes() throws Exception {
        wire.send(bytes("hello"));
        await(1);
        final UnsafeBuffer frame = new UnsafeBuffer(burst.address(0), burst.length(0));
        assertEquals(0x0800, frame.getShort(UdpHeaders.ETHER_TYPE_OFFSET, BIG_ENDIAN));
        assertEquals(0x45, frame.getByte(UdpHeaders.IP_OFFSET));
        assertEquals(33, frame.getShort(UdpHeaders.IP_LENGTH_OFFSET, BIG_ENDIAN));
        assertEquals(17, frame.getByte(UdpHeaders.IP_PROTOCOL_OFFSET));
        assertEquals(wire.peerAddress(), frame.getInt(UdpHeaders.IP_SOURCE_OFFSET, BIG_ENDIAN));
        assertEquals(
                queue.info().address(), frame.getInt(UdpHeaders.IP_DESTINATION_OFFSET, BIG_ENDIAN));
        assertEquals(
                (short) wire.peerPort(),
                frame.getShort(UdpHeaders.UDP_SOURCE_PORT_OFFSET, BIG_ENDIAN));
        assertEquals(
                (short) queue.info().port(),
                frame.getShort(UdpHeaders.UDP_DESTINATION_PORT_OFFSET, BIG_ENDIAN));
        assertEquals(13, frame.getShort(UdpHeaders.UDP_LENGTH_OFFSET, BIG_ENDIAN));
        assertArrayEquals(bytes("hello"), FrameWriter.payload(burst, 0));
        queue.release(burst);
    }

    @Test
    void shouldWriteAnIpChecksumThatVerifies() throws Exception {
        wire.send(bytes("sum"));
        await(1);
        final UnsafeBuffer frame = new UnsafeBuffer(burst.address(0), burst.length(0));
        assertEquals(0, UdpHeaders.ipChecksum(frame, UdpHeaders.IP_OFFSET));
        queue.release(burst);
    }

    @Test
    void shouldSendToTheAddressInTheHeaders() throws Exception {
        wire.send(bytes("ping"));
        await(1);
        assertTrue(writer.echo(burst, 0));
        queue.release(burst);
        assertEquals(1, flush(1));
        assertArrayEquals(bytes("ping"), wire.receive());
    }

    @Test
    void shouldSendNothingBeforeTheFlush() throws Exception {
        final long mac = macOfPeer();
        writer.write(mac, wire.peerAddress(), wire.peerPort(), bytes("first"));
        writer.write(mac, wire.peerAddress(), wire.peerPort(), bytes("second"));
        assertEquals(0, queue.counters().framesSent);
        assertEquals(2, flush(2));
        assertArrayEquals(bytes("first"), wire.receive());
        assertArrayEquals(bytes("second"), wire.receive());
        assertEquals(2, queue.counters().framesSent);
        assertEquals(0, queue.flush());
    }

    @Test
    void shouldSendToAMulticastGroup() throws Exception {
        final long mac = 0x0100_5E00_0000L | wire.group() & 0x7F_FFFF;
        writer.write(mac, wire.group(), wire.peerPort(), bytes("everyone"));
        flush(1);
        assertArrayEquals(bytes("everyone"), wire.receive());
    }

    @Test
    void shouldCarryEveryLengthOfPayloadBothWays() throws Exception {
        for (int length = 0; length <= MAX_PAYLOAD; length += length < 64 ? 1 : 64) {
            final byte[] payload = pattern(length, length);
            wire.send(payload);
            await(1);
            assertArrayEquals(payload, FrameWriter.payload(burst, 0));
            assertTrue(writer.echo(burst, 0));
            queue.release(burst);
            flush(1);
            assertArrayEquals(payload, wire.receive());
        }
    }

    @Test
    void shouldDeliverTheOldestFirst() throws Exception {
        for (int i = 0; i < RING_FRAMES / 2; i++) {
            wire.send(pattern(i, 20));
        }
        for (int seen = 0; seen < RING_FRAMES / 2; seen += burst.count()) {
            queue.release(burst);
            await(1);
            for (int i = 0; i < burst.count(); i++) {
                assertArrayEquals(pattern(seen + i, 20), FrameWriter.payload(burst, i));
            }
        }
        queue.release(burst);
    }

    @Test
    void shouldNeverFillABurstBeyondItsCapacity() throws Exception {
        final RxBurst small = new RxBurst(2);
        for (int i = 0; i < 10; i++) {
            wire.send(pattern(i, 8));
        }
        int seen = 0;
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (seen < 10 && System.nanoTime() - deadline < 0) {
            wire.settle();
            assertTrue(queue.poll(small) <= 2);
            seen += small.count();
            queue.release(small);
        }
        assertEquals(10, seen);
    }

    /** So many frames come later that one given back too early would be written to again. */
    @Test
    void shouldKeepFramesUntouchedUntilTheirRelease() throws Exception {
        wire.send(bytes("kept"));
        await(1);
        for (int i = 0; i < 2 * RING_FRAMES; i++) {
            wire.send(bytes("later"));
        }
        wire.settle();
        assertArrayEquals(bytes("kept"), FrameWriter.payload(burst, 0));
        queue.release(burst);
    }

    @Test
    void shouldRunForManyTimesTheRingWithoutLosingAFrame() throws Exception {
        for (int i = 0; i < RING_FRAMES * 20; i++) {
            final byte[] payload = pattern(i, 64);
            wire.send(payload);
            await(1);
            assertArrayEquals(payload, FrameWriter.payload(burst, 0));
            writer.echo(burst, 0);
            queue.release(burst);
            flush(1);
            assertArrayEquals(payload, wire.receive());
        }
        assertEquals(RING_FRAMES * 20, queue.counters().framesReceived);
        assertEquals(RING_FRAMES * 20, queue.counters().framesSent);
    }

    @Test
    void shouldRefuseAClaimWhenTheTransmitRingIsFull() throws Exception {
        final long mac = macOfPeer();
        int written = 0;
        while (written <= RING_FRAMES
                && writer.write(mac, wire.peerAddress(), wire.peerPort(), pattern(written, 16))) {
            written++;
        }
        assertEquals(RING_FRAMES, written);
        assertEquals(1, queue.counters().transmitBackPressure);
        assertEquals(RING_FRAMES, flush(RING_FRAMES));
        for (int i = 0; i < RING_FRAMES; i++) {
            assertArrayEquals(pattern(i, 16), wire.receive());
        }
        assertNotEquals(NicQueue.BACK_PRESSURED, claimAfterFlush());
        queue.abort();
    }

    @Test
    void shouldForgetAnAbortedClaim() throws Exception {
        final long mac = macOfPeer();
        for (int i = 0; i < RING_FRAMES * 2; i++) {
            assertNotEquals(NicQueue.BACK_PRESSURED, queue.claim());
            queue.abort();
        }
        writer.write(mac, wire.peerAddress(), wire.peerPort(), bytes("only this"));
        assertEquals(1, flush(1));
        assertArrayEquals(bytes("only this"), wire.receive());
    }

    @Test
    void shouldDropAndCountAFrameTooLongToCarry() {
        assertNotEquals(NicQueue.BACK_PRESSURED, queue.claim());
        queue.commit(NicQueue.MAX_FRAME_LENGTH + 1);
        assertEquals(1, queue.counters().transmitErrors);
        assertEquals(0, queue.flush());
    }

    @Test
    void shouldNotDeliverWhatIsSentToAForeignPort() throws Exception {
        wire.sendToForeignPort(bytes("not ours"));
        wire.send(bytes("ours"));
        await(1);
        assertEquals(1, burst.count());
        assertArrayEquals(bytes("ours"), FrameWriter.payload(burst, 0));
        queue.release(burst);
    }

    @Test
    void shouldAllocateNothingPerCallOnceCompiled() {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (allocated != 0 && System.nanoTime() - deadline < 0) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                roundOfNothing();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes in the last 10,000 rounds");
    }

    private void roundOfNothing() {
        queue.poll(burst);
        queue.release(burst);
        queue.claim();
        queue.abort();
        queue.flush();
    }

    @Test
    void shouldSayWhatItIs() {
        final NicInfo info = queue.info();
        assertFalse(info.backend().isEmpty());
        assertFalse(info.summary().isEmpty());
        assertTrue(info.port() > PORT_OF_NOBODY);
        assertNotEquals(0, info.mac());
    }

    @Test
    void shouldCloseTwiceWithoutHarm() {
        queue.close();
        queue.close();
    }

    /** Polls until the burst holds at least one frame. */
    private void await(final int frames) {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (burst.count() < frames) {
            wire.settle();
            queue.poll(burst);
            assertTrue(System.nanoTime() - deadline < 0, "nothing arrived");
        }
    }

    private int flush(final int frames) {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        int flushed = 0;
        while (flushed < frames && System.nanoTime() - deadline < 0) {
            flushed += queue.flush();
        }
        wire.settle();
        return flushed;
    }

    private long claimAfterFlush() {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        long claim = queue.claim();
        while (claim == NicQueue.BACK_PRESSURED && System.nanoTime() - deadline < 0) {
            queue.flush();
            claim = queue.claim();
        }
        return claim;
    }

    /** Learns the peer's Ethernet address from a frame, as the network layer does. */
    private long macOfPeer() throws Exception {
        wire.send(bytes("who"));
        await(1);
        final UnsafeBuffer frame = new UnsafeBuffer(burst.address(0), burst.length(0));
        final long high = frame.getShort(UdpHeaders.SOURCE_MAC_OFFSET, BIG_ENDIAN) & 0xFFFFL;
        final long low =
                Integer.toUnsignedLong(frame.getInt(UdpHeaders.SOURCE_MAC_OFFSET + 2, BIG_ENDIAN));
        queue.release(burst);
        return high << 32 | low;
    }

    static byte[] bytes(final String text) {
        return text.getBytes(US_ASCII);
    }

    static byte[] pattern(final int seed, final int length) {
        final byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (seed * 31 + i);
        }
        return payload;
    }
}
