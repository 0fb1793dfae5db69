package io.spindle.perf.wire;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;

/** A queue on which the feed lines are off: what is addressed to a group is written, not sent. */
final class UnicastOnly implements NicQueue {
    private static final int GROUP_BIT = 1;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final NicQueue queue;
    private long claimed;

    UnicastOnly(final NicQueue queue) {
        this.queue = queue;
    }

    @Override
    public int poll(final RxBurst burst) {
        return queue.poll(burst);
    }

    @Override
    public void release(final RxBurst burst) {
        queue.release(burst);
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

    @Override
    public void abort() {
        queue.abort();
    }

    @Override
    public int flush() {
        return queue.flush();
    }

    @Override
    public boolean isGone() {
        return queue.isGone();
    }

    @Override
    public NicInfo info() {
        return queue.info();
    }

    @Override
    public NicCounters counters() {
        return queue.counters();
    }

    @Override
    public void close() {
        queue.close();
    }
}
