package io.spindle.feed;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Hands each frame that would be sent to somebody who keeps it. */
final class RecordingCard implements NicQueue {
    interface Keeper {
        void keep(byte[] frame) throws IOException;
    }

    private final UnsafeBuffer frame =
            new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_FRAME_LENGTH));
    private final NicCounters counters = new NicCounters();
    private final Keeper keeper;

    RecordingCard(final Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public long claim() {
        return frame.addressOffset();
    }

    @Override
    public void commit(final int length) {
        final byte[] copy = new byte[length];
        frame.getBytes(0, copy);
        try {
            keeper.keep(copy);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void abort() {}

    @Override
    public int flush() {
        return 0;
    }

    @Override
    public int poll(final RxBurst burst) {
        return 0;
    }

    @Override
    public void release(final RxBurst burst) {}

    @Override
    public NicInfo info() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {}
}
