package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.ByteOrder.BIG_ENDIAN;

import com.sun.management.ThreadMXBean;

import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The loop allocates nothing for a message: from the frame to the answer, all stages together. */
class LoopAllocationTest {
    private static final int COMMANDS = 100_000;

    /** Until the JVM has compiled and linked what the loop calls rarely. */
    private static final int MAX_ROUNDS = 24;

    private static final int PAYLOAD = UdpFrameEncoder.PAYLOAD_OFFSET;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir Path folder;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[1472]);
    private PreloadedQueue queue;
    private TradingRig rig;
    private int number = 1;
    private int length;

    @BeforeEach
    void logIn() {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final NicInfo info;
        try (NicQueue model = network.attach(TradingRig.SERVER_ADDRESS, TradingRig.PORT, 64)) {
            info = model.info();
        }
        queue = new PreloadedQueue(info);
        rig = new TradingRig(folder, network, queue);
        length = 0;
        block('L', "TEST00spindle             ".getBytes(StandardCharsets.US_ASCII));
        turn();
        turn();
        assertTrue(rig.engine().sessions().isUp(0));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void block(final char type, final byte[] body) {
        payload.putShort(length, (short) (1 + body.length), BIG_ENDIAN);
        payload.putByte(length + 2, (byte) type);
        payload.putBytes(length + 3, body);
        length += 3 + body.length;
    }

    /** Puts the payload into a frame from the client and lets the loop take it. */
    private void turn() {
        FrameWriter.write(queue.received, payload, length);
        queue.load(PAYLOAD + length);
        rig.network.advanceTo(rig.network.nowNs() + TradingRig.STEP_NS);
        rig.loop.doWork();
        rig.record();
    }

    private void assertAllocatesNothing(final int messages, final Runnable renumber) {
        final long sequence = rig.log.lastSequence();
        long allocated = Long.MAX_VALUE;
        int rounds = 0;
        while (allocated > 0 && rounds < MAX_ROUNDS) {
            allocated = allocatedBy(messages, renumber);
            rounds++;
        }
        assertTrue(
                rig.log.lastSequence() - sequence >= rounds * (long) (COMMANDS - messages),
                "all logged");
        assertEquals(0, allocated, "bytes for the last " + COMMANDS + " commands");
    }

    private long allocatedBy(final int messages, final Runnable renumber) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COMMANDS / messages; i++) {
            renumber.run();
            turn();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldAllocateNothingForOrdersFillsReplacesCancelsAndQueries() {
        length = 0;
        final List<byte[]> messages =
                List.of(
                        TradingMessages.enter(1, 'B', 10, 100_000),
                        TradingMessages.enter(2, 'S', 10, 100_000),
                        TradingMessages.enter(3, 'B', 10, 90_000),
                        TradingMessages.replace(3, 4, 5),
                        TradingMessages.cancel(4, 0),
                        TradingMessages.query());
        messages.forEach(message -> block('U', message));
        assertAllocatesNothing(messages.size(), this::renumberOrders);
        assertEquals(0, rig.engine().orders().open());
    }

    /** UserRefNum lies at offset 1 of every message, behind the 3 bytes of its block. */
    private void renumberOrders() {
        int block = 0;
        for (int i = 0; i < 3; i++) {
            payload.putInt(block + 4, number + i, BIG_ENDIAN);
            block += 3 + 47;
        }
        payload.putInt(block + 4, number + 2, BIG_ENDIAN);
        payload.putInt(block + 8, number + 3, BIG_ENDIAN);
        block += 3 + 40;
        payload.putInt(block + 4, number + 3, BIG_ENDIAN);
        number += 4;
    }

    @Test
    void shouldAllocateNothingForRejectsAndGaps() {
        length = 0;
        block('U', TradingMessages.enter(1, 'B', 10, 100_001));
        block('U', TradingMessages.enter(2, 'B', 10, 100_000, new byte[] {2, (byte) 200, 1}));
        assertAllocatesNothing(2, this::renumberRejects);
    }

    private void renumberRejects() {
        payload.putInt(4, number + 1, BIG_ENDIAN);
        payload.putInt(4 + 3 + 47, number + 2, BIG_ENDIAN);
        number += 3;
    }

    @Test
    void shouldAllocateNothingForJunkRetransmissionsAndHeartbeats() {
        length = 0;
        block('U', TradingMessages.query());
        turn();
        length = 0;
        block('T', new byte[] {0, 0, 0, 1, 0, 9});
        block('R', new byte[0]);
        block('U', new byte[] {'O', 1, 2});
        block('?', new byte[] {1});
        block('U', TradingMessages.query());
        assertAllocatesNothing(1, () -> {});
    }
}
