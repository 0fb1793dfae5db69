package io.spindle.simulation;

import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;

/** A simulated queue, with places to die around it. */
final class CrashingQueue extends PassingQueue {
    private final CrashPlan crashes;

    CrashingQueue(final NicQueue queue, final CrashPlan crashes) {
        super(queue);
        this.crashes = crashes;
    }

    @Override
    public int poll(final RxBurst burst) {
        final int frames = queue.poll(burst);
        if (frames > 0) {
            crashes.pass(CrashPoint.RECEIVED);
        }
        return frames;
    }

    @Override
    public void commit(final int length) {
        queue.commit(length);
        crashes.pass(CrashPoint.PACKET_WRITTEN);
    }

    @Override
    public int flush() {
        final int frames = queue.flush();
        if (frames > 0) {
            crashes.pass(CrashPoint.FLUSHED);
        }
        return frames;
    }
}
