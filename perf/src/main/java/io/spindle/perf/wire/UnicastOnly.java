package io.spindle.perf.wire;

import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;

import org.agrona.concurrent.UnsafeBuffer;

/** A queue on which the feed lines are off: what is addressed to a group is written, not sent. */
final class UnicastOnly extends PassingQueue {
    private static final int GROUP_BIT = 1;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private long claimed;

    UnicastOnly(final NicQueue queue) {
        super(queue);
    }

    @Override
    public long claim() {
        claimed = queue.claim();
        return claimed;
    }

    @Override
    public void commit(final int length) {
        frame.wrap(claimed, 1);
        if ((frame.getByte(0) & GROUP_BIT) != 0) {
            queue.abort();
        } else {
            queue.commit(length);
        }
    }
}
