package io.spindle.simulation;

/** Bugs on purpose: a simulator that does not find them finds nothing. */
enum Canary {
    NONE,

    /** Answers leave when the ring has the command, although more was promised. */
    ANSWERS_TOO_EARLY,

    /** The ring's room is given back when a frame was sent, not when it was recorded. */
    RELEASES_TOO_EARLY,

    /** A snapshot may be on the disk before the commands that it stands for. */
    SNAPSHOTS_BEFORE_THE_LOG_IS_ON_DISK
}
