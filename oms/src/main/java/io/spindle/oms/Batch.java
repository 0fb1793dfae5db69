package io.spindle.oms;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * The rows of a bulk load, kept aside until the commit: {@code int length, bytes} one after the
 * other. At most one batch is open; what is not committed never happened.
 */
public final class Batch {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final EngineState state;
    private final Slab rows;
    private final UnsafeBuffer bytes;

    Batch(final EngineState state, final int maxLength) {
        this.state = state;
        this.rows = state.slab(1, maxLength);
        rows.limit(maxLength);
        this.bytes = new UnsafeBuffer(rows.live().asByteBuffer());
        rows.limit(0);
    }

    /**
     * Checksum of a batch after one more row; 0 before the first.
     *
     * @param length of the whole command, its header included
     */
    public static long checksum(
            final long previous, final DirectBuffer buffer, final int offset, final int length) {
        long sum = (previous ^ length) * SPREAD;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            sum = mix(sum, buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
        }
        for (; i < length; i++) {
            sum = mix(sum, buffer.getByte(offset + i));
        }
        return sum;
    }

    boolean isOpen() {
        return state.get(EngineState.BATCH_OPEN) != 0;
    }

    /** Opens a batch; one that was open is discarded. */
    void open() {
        discard();
        state.set(EngineState.BATCH_OPEN, 1);
    }

    void discard() {
        state.set(EngineState.BATCH_OPEN, 0);
        state.set(EngineState.BATCH_COUNT, 0);
        state.set(EngineState.BATCH_CHECKSUM, 0);
        rows.limit(0);
    }

    /** Keeps one row; a batch that is too large stays so and fails at its commit. */
    void add(final DirectBuffer buffer, final int offset, final int length) {
        final int end = rows.limit();
        state.next(EngineState.BATCH_COUNT);
        state.set(
                EngineState.BATCH_CHECKSUM,
                checksum(state.get(EngineState.BATCH_CHECKSUM), buffer, offset, length));
        if (isOverfull() || rows.capacity() - end < length + Integer.BYTES) {
            state.set(EngineState.BATCH_OPEN, -1);
            return;
        }
        bytes.putInt(end, length);
        bytes.putBytes(end + Integer.BYTES, buffer, offset, length);
        rows.limit(end + Integer.BYTES + length);
    }

    boolean isOverfull() {
        return state.get(EngineState.BATCH_OPEN) < 0;
    }

    boolean matches(final long count, final long checksum) {
        return state.get(EngineState.BATCH_COUNT) == count
                && state.get(EngineState.BATCH_CHECKSUM) == checksum;
    }

    /** Where rows are read: from 0 to {@link #length}. */
    DirectBuffer bytes() {
        return bytes;
    }

    int length() {
        return rows.limit();
    }

    private static long mix(final long sum, final long word) {
        final long mixed = (sum ^ word) * SPREAD;
        return mixed ^ mixed >>> 32;
    }
}
