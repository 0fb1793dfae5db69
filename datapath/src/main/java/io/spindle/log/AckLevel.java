package io.spindle.log;

import io.spindle.nic.Cold;

/** How safe a command must be before anything that it caused leaves the box. */
public enum AckLevel {
    /** Committed in the ring: survives the death of any or all processes. */
    RING,

    /** Recorded, with the recording synced to disk: survives loss of power. */
    SYNCED,

    /** Recorded by the standby: survives loss of the box. */
    REPLICATED;

    /** Parses an option's value. */
    @Cold
    public static AckLevel parse(final String name) {
        for (final AckLevel level : values()) {
            if (level.option().equals(name)) {
                return level;
            }
        }
        throw new IllegalArgumentException("ack=" + name + ": ring, synced or replicated");
    }

    /** As it is written on a command line. */
    @Cold
    public String option() {
        return switch (this) {
            case RING -> "ring";
            case SYNCED -> "synced";
            case REPLICATED -> "replicated";
        };
    }
}
