package io.spindle.matcher;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One block of memory outside the heap, cache-line aligned, touched whole at construction, freed
 * when this object is unreachable.
 *
 * <p>Bounds are checked unless the process runs with {@code -Dagrona.disable.bounds.checks=true},
 * the switch that Agrona's own buffers obey. Unlike {@link UnsafeBuffer} the address is known to be
 * off heap, which spares the compiler a barrier at each access; tables extend it rather than hold
 * it, which spares them a load.
 */
abstract class Slab {
    private static final boolean CHECKED = UnsafeBuffer.SHOULD_BOUNDS_CHECK;
    private static final int ALIGNMENT = 64;

    /** Sees every access while bounds are checked; for tests that count them. */
    @FunctionalInterface
    interface Watch {
        void touched(Slab slab, long offset);
    }

    static Watch watch;

    private final MemorySegment segment;
    private final long address;
    private final long bytes;

    /** Every byte is {@code filler}. */
    Slab(final long bytes, final byte filler) {
        this.segment = Arena.ofAuto().allocate(bytes, ALIGNMENT);
        this.address = segment.address();
        this.bytes = bytes;
        if (filler != 0) {
            segment.fill(filler);
        }
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
            watch.touched(this, offset);
        }
    }

    @Cold
    private IndexOutOfBoundsException outside(final long offset) {
        return new IndexOutOfBoundsException("offset=" + offset + " bytes=" + bytes);
    }
}
