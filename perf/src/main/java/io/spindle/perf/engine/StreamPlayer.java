package io.spindle.perf.engine;

/** A venue that plays a part of an {@link EngineStream}; all must trade the same lots. */
interface StreamPlayer {
    /** Plays the commands {@code from} … {@code to − 1}, which follow those played before. */
    void play(int from, int to);

    long tradedLots();
}
