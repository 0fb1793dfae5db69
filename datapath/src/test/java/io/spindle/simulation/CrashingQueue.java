package io.spindle.simulation;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

/** A simulated queue, with places to die around it. */
record CrashingQueue(NicQueue queue, CrashPlan crashes) implements NicQueue {
    @Override
    public int poll(final RxBurst burst) {
        final int frames = queue.poll(burst);
        if (frames > 0) {
            crashes.pass(CrashPoint.RECEIVED);
        }
        return frames;
    }

    @Override
    public void release(final RxBurst burst) {
        queue.release(burst);
    }

    @Override
    public long claim() {
        return queue.claim();
    }

    @Override
    public void commit(final int length) {
        queue.commit(length);
        crashes.pass(CrashPoint.PACKET_WRITTEN);
    }

    @Override
    public void abort() {
        queue.abort();
    }

    @Override
    public int flush() {
        final int frames = queue.flush();
        if (frames > 0) {
            crashes.pass(CrashPoint.FLUSHED);
        }
        return frames;
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
