package io.spindle.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Faults and virtual time of the network in memory. */
class SimNetworkTest {
    private static final int FRAMES = 2_000;
    private static final int ADDRESS = 10 << 24 | 1;

    @Test
    void shouldDeliverInOrderAndOnceWithoutFaults() {
        final List<Integer> arrived = run(7, SimFaults.NONE);
        for (int i = 0; i < FRAMES; i++) {
            assertEquals(i, arrived.get(i));
        }
        assertEquals(FRAMES, arrived.size());
    }

    @Test
    void shouldLoseFrames() {
        final int arrived = run(7, new SimFaults(100_000, 0, 0, 0, 0, 0)).size();
        assertTrue(arrived > FRAMES * 8 / 10 && arrived < FRAMES, () -> arrived + " arrived");
    }

    @Test
    void shouldDuplicateFrames() {
        final List<Integer> arrived = run(7, new SimFaults(0, 100_000, 0, 0, 0, 0));
        assertEquals(FRAMES, new HashSet<>(arrived).size());
        assertTrue(arrived.size() > FRAMES);
    }

    @Test
    void shouldReorderFrames() {
        final List<Integer> arrived = run(7, new SimFaults(0, 0, 100_000, 10, 20, 5_000));
        assertEquals(FRAMES, arrived.size());
        assertNotEquals(arrived.stream().sorted().toList(), arrived);
    }

    @Test
    void shouldKeepTheOrderOfFramesThatOnlyJitter() {
        final List<Integer> arrived = run(7, new SimFaults(0, 0, 0, 10, 10_000, 0));
        assertEquals(arrived.stream().sorted().toList(), arrived);
    }

    @Test
    void shouldRepeatItselfForTheSameSeed() {
        final SimFaults faults = new SimFaults(50_000, 50_000, 50_000, 10, 500, 2_000);
        assertEquals(run(42, faults), run(42, faults));
        assertNotEquals(run(42, faults), run(43, faults));
    }

    @Test
    void shouldDeliverOnlyWhenTimeHasReachedTheDelivery() {
        final SimNetwork network = new SimNetwork(1, new SimFaults(0, 0, 0, 100, 100, 0));
        final RxBurst burst = new RxBurst(4);
        assertEquals(Long.MAX_VALUE, network.nextDeliveryNs());
        try (NicQueue queue = network.attach(ADDRESS, 26_400, 16)) {
            network.inject(frame(1));
            assertEquals(100, network.nextDeliveryNs());
            network.advanceTo(99);
            assertEquals(0, queue.poll(burst));
            network.advanceTo(100);
            network.advanceTo(50);
            assertEquals(1, queue.poll(burst));
            assertEquals(100, burst.timestampNs(0));
            queue.release(burst);
        }
    }

    @Test
    void shouldCountFramesThatFindTheReceiveRingFull() {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        try (NicQueue queue = network.attach(ADDRESS, 26_400, 16)) {
            for (int i = 0; i < 20; i++) {
                network.inject(frame(i));
            }
            network.inject(new byte[20]);
            final RxBurst burst = new RxBurst(8);
            assertEquals(8, queue.poll(burst));
            assertFalse(burst.isDrained());
            queue.release(burst);
            assertEquals(8, queue.poll(burst));
            assertTrue(burst.isDrained());
            assertEquals(4, queue.counters().receiveMissed);
        }
    }

    @Test
    void shouldRefuseLatenciesThatContradictEachOther() {
        assertThrows(IllegalArgumentException.class, () -> new SimFaults(0, 0, 0, 20, 10, 0));
    }

    private static List<Integer> run(final long seed, final SimFaults faults) {
        final SimNetwork network = new SimNetwork(seed, faults);
        final List<Integer> arrived = new ArrayList<>();
        final List<byte[]> seen = new ArrayList<>();
        network.tap(seen::add);
        final RxBurst burst = new RxBurst(64);
        try (NicQueue queue = network.attach(ADDRESS, 26_400, 64)) {
            for (int i = 0; i < FRAMES; i++) {
                network.inject(frame(i));
                network.advanceTo(network.nowNs() + 100);
                drain(queue, burst, arrived);
            }
            while (network.nextDeliveryNs() != Long.MAX_VALUE) {
                network.advanceTo(network.nextDeliveryNs());
                drain(queue, burst, arrived);
            }
        }
        assertEquals(FRAMES, seen.size());
        return arrived;
    }

    private static void drain(
            final NicQueue queue, final RxBurst burst, final List<Integer> arrived) {
        queue.poll(burst);
        for (int i = 0; i < burst.count(); i++) {
            final UnsafeBuffer frame = new UnsafeBuffer(burst.address(i), burst.length(i));
            arrived.add(Integer.reverseBytes(frame.getInt(NicQueue.UDP_PAYLOAD_OFFSET)));
        }
        queue.release(burst);
    }

    private static byte[] frame(final int number) {
        final ByteBuffer frame = ByteBuffer.allocate(46);
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(23, (byte) 17);
        frame.putInt(30, ADDRESS).putShort(36, (short) 26_400).putInt(42, number);
        return frame.array();
    }
}
