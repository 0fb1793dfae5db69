package io.spindle.log;

/** Why the drain asks the loop to take no new orders; cancels go on from reserved room. */
public final class Refusal {
    public static final int NONE = 0;

    /** Little room is left on the volume of the log. */
    public static final int DISK_LOW = 1;

    /** The Archive does not record: no room, an error, or dead. */
    public static final int NOT_RECORDING = 2;

    private Refusal() {}
}
