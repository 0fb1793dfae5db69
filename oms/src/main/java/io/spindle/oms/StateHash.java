package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.matcher.Matcher;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The full walk over an engine's state. */
@Cold
final class StateHash {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private StateHash() {}

    static long of(final EngineState state, final Matcher matcher) {
        long hash = matcher.stateHash();
        for (final Slab slab : state.slabs()) {
            hash = mix(hash, slab.limit());
            hash = of(hash, slab.live());
        }
        return hash;
    }

    static long of(final long seed, final MemorySegment memory) {
        final long length = memory.byteSize();
        long hash = seed;
        long at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = mix(hash, memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
        }
        for (; at < length; at++) {
            hash = mix(hash, memory.get(ValueLayout.JAVA_BYTE, at));
        }
        return hash;
    }

    private static long mix(final long hash, final long word) {
        final long mixed = (hash ^ word) * SPREAD;
        return mixed ^ mixed >>> 29;
    }
}
