package io.spindle.perf.stage;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** A card with room for one frame, which is always free again. */
final class OneFrame implements NicQueue {
    private final NicCounters counters = new NicCounters();
    private final UnsafeBuffer frame =
            new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_FRAME_LENGTH));
    private int length;

    long address() {
        return frame.addressOffset();
    }

    /** Bytes of the frame that was committed last. */
    int length() {
        return length;
    }

    @Override
    public int poll(final RxBurst burst) {
        return 0;
    }

    @Override
    public void release(final RxBurst burst) {
        burst.clear();
    }

    @Override
    public long claim() {
        return address();
    }

    @Override
    public void commit(final int committed) {
        length = committed;
    }

    @Override
    public void abort() {
        length = 0;
    }

    @Override
    public int flush() {
        return 1;
    }

    @Override
    public NicInfo info() {
        return new NicInfo("one frame", "", "", "-", 0, 0, 1, 0, 0, 0, "none", "");
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        length = 0;
    }
}
