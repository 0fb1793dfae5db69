package io.spindle.loop;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Hands over one frame when it was loaded, and throws away what is sent. Allocates nothing. */
final class PreloadedQueue implements NicQueue {
    private static final int FRAME_BYTES = 2048;

    final UnsafeBuffer received =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(FRAME_BYTES, 64));
    private final UnsafeBuffer sent =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(FRAME_BYTES, 64));
    private final NicCounters counters = new NicCounters();
    private final NicInfo info;
    private int loaded;

    PreloadedQueue(final NicInfo info) {
        this.info = info;
    }

    /** The next poll returns the first bytes of {@link #received} as a frame. */
    void load(final int length) {
        loaded = length;
    }

    @Override
    public int poll(final RxBurst burst) {
        burst.drained(true);
        if (loaded == 0) {
            return 0;
        }
        burst.add(received.addressOffset(), loaded, 0, 0);
        loaded = 0;
        counters.framesReceived++;
        return 1;
    }

    @Override
    public void release(final RxBurst burst) {
        burst.clear();
    }

    @Override
    public long claim() {
        return sent.addressOffset();
    }

    @Override
    public void commit(final int length) {
        counters.framesSent++;
    }

    @Override
    public void abort() {}

    @Override
    public int flush() {
        return 0;
    }

    @Override
    public NicInfo info() {
        return info;
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {}
}
