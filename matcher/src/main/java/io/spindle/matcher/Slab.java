package io.spindle.matcher;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.foreign.MemorySegment;

/**
 * A table in memory outside the heap.
 *
 * <p>Bounds are checked unless the process runs with {@code -Dagrona.disable.bounds.checks=true},
 * the switch that Agrona's own buffers obey. Unlike {@link UnsafeBuffer} the address is known to be
 * off heap, which spares the compiler a barrier at each access; tables extend it rather than hold
 * it, which spares them a load.
 */
abstract class Slab {
    private static final boolean CHECKED = UnsafeBuffer.SHOULD_BOUNDS_CHECK;

    /** Sees every access while bounds are checked; for tests that count them. */
    @FunctionalInterface
    interface Watch {
        void touched(long address);
    }

    static Watch watch;

    /** Kept so that the memory is. */
    private final MemorySegment segment;

    private final long address;
    private final long bytes;

    /** A table in memory that others may share. */
    Slab(final MemorySegment segment) {
        this.segment = segment;
        this.address = segment.address();
        this.bytes = segment.byteSize();
    }

    final void makeResident() {
        OffHeap.makeResident(segment);
    }

    final long bytes() {
        return bytes;
    }

    final int getInt(final long offset) {
        if (CHECKED) {
            check(offset, Integer.BYTES);
        }
        return UnsafeApi.getInt(address + offset);
    }

    final void putInt(final long offset, final int value) {
        if (CHECKED) {
            check(offset, Integer.BYTES);
        }
        UnsafeApi.putInt(address + offset, value);
    }

    final long getLong(final long offset) {
        if (CHECKED) {
            check(offset, Long.BYTES);
        }
        return UnsafeApi.getLong(address + offset);
    }

    final void putLong(final long offset, final long value) {
        if (CHECKED) {
            check(offset, Long.BYTES);
        }
        UnsafeApi.putLong(address + offset, value);
    }

    private void check(final long offset, final int length) {
        if (offset < 0 || offset + length > bytes) {
            throw outside(offset);
        }
        if (watch != null) {
            watch.touched(address + offset);
        }
    }

    @Cold
    private IndexOutOfBoundsException outside(final long offset) {
        return new IndexOutOfBoundsException("offset=" + offset + " bytes=" + bytes);
    }
}
