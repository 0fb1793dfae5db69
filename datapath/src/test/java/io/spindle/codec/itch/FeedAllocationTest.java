package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/** The encoder and its ring in steady state: nothing is allocated, however long the day. */
class FeedAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 100_000;

    /**
     * A deoptimisation may put one object on the heap once; a cost per message shows every time.
     */
    private static final int ROUNDS_UNTIL_COMPILED = 24;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MessageRing ring = new MessageRing(1 << 16, 1 << 10);
    private long sequence = 1;

    @Test
    void shouldAllocateNothingToEncodeKeepAndPack() {
        turn(WARM_UP);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_UNTIL_COMPILED && allocated > 0; round++) {
            final long before = thread.getCurrentThreadAllocatedBytes();
            turn(MESSAGES);
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for the last " + MESSAGES + " rounds");
    }

    private void turn(final int messages) {
        for (int i = 0; i < messages; i++) {
            final int added = ring.claim(AddOrder.LENGTH);
            ring.commit(AddOrder.encode(ring.buffer(), added, 1, i, i, 'B', 100, 7, 100_000));
            final int executed = ring.claim(OrderExecuted.LENGTH);
            ring.commit(OrderExecuted.encode(ring.buffer(), executed, 1, i, i, 100, i));
            final int deleted = ring.claim(OrderDeleted.LENGTH);
            ring.commit(OrderDeleted.encode(ring.buffer(), deleted, 1, i, i));
            sequence += ring.runCount(sequence, Long.MAX_VALUE, MoldPacket.MAX_LENGTH);
        }
    }
}
