package io.spindle.perf.engine;

/** A venue that plays an {@link EngineStream}; all must trade the same lots. */
interface StreamPlayer {
    /**
     * Plays the commands {@code from} … {@code to − 1} of the part in memory, which follow those
     * played before.
     */
    void play(int from, int to);

    long tradedLots();
}
