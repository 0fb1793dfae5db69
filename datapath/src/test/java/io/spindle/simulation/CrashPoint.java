package io.spindle.simulation;

/** Where a process may die, besides between two turns. */
public enum CrashPoint {
    /* Trading. */
    RECOVERING,
    BETWEEN_TURNS,
    RECEIVED,
    CLAIMED,
    ENCODED,
    COMMITTED,
    APPLIED,
    PACKET_WRITTEN,
    FLUSHED,
    /* Media. */
    BETWEEN_STEPS,
    FRAME_TORN,
    FRAME_WRITTEN,
    SEGMENT_MADE,
    FRAME_RECORDED;

    static final CrashPoint[] OF_TRADING = {
        BETWEEN_TURNS, RECEIVED, CLAIMED, ENCODED, COMMITTED, APPLIED, PACKET_WRITTEN, FLUSHED
    };
    static final CrashPoint[] OF_MEDIA = {
        BETWEEN_STEPS, FRAME_TORN, FRAME_WRITTEN, SEGMENT_MADE, FRAME_RECORDED
    };
}
