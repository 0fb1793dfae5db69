package io.spindle.perf.wire;

import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;

import org.HdrHistogram.Histogram;

/** A queue that times the loop: from a frame in hand to the doorbell of its answer. */
final class LoopTimer extends PassingQueue {
    private static final long HIGHEST_NS = 10_000_000_000L;

    private final Histogram histogram = new Histogram(HIGHEST_NS, 3);
    private long polledNs;
    private boolean pending;

    LoopTimer(final NicQueue queue) {
        super(queue);
    }

    /** What was timed so far, ns. */
    Histogram histogram() {
        return histogram;
    }

    @Override
    public int poll(final RxBurst burst) {
        final int frames = queue.poll(burst);
        if (frames > 0) {
            polledNs = System.nanoTime();
            pending = true;
        }
        return frames;
    }

    @Override
    public int flush() {
        if (pending) {
            pending = false;
            histogram.recordValue(Math.min(HIGHEST_NS, System.nanoTime() - polledNs));
        }
        return queue.flush();
    }
}
