package io.spindle.oms;

/** The running digest of all events: two multiplications for each. */
final class Digest {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD6E8FEB86659FD93L;
    private static final int KIND_SHIFT = 56;

    private final EngineState state;

    Digest(final EngineState state) {
        this.state = state;
    }

    /** Adds an event: what kind it is, and what it says. */
    void fold(final int kind, final long a, final long b, final long c) {
        final long digest = state.get(EngineState.DIGEST);
        state.set(
                EngineState.DIGEST,
                (Long.rotateLeft(digest, 27) ^ a * FIRST + b) * SECOND
                        + (c ^ (long) kind << KIND_SHIFT));
    }
}
