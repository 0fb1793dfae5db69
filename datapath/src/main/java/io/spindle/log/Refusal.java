package io.spindle.log;

/** Why the drain asks the loop to take no new orders; cancels go on from reserved room. */
public final class Refusal {
    public static final int NONE = 0;

    /** Little room is left on the volume of the log. */
    public static final int DISK_LOW = 1;

    /** The Archive does not record: no room, an error, or dead. */
    public static final int NOT_RECORDING = 2;

    /** The standby that acknowledgements wait for is not there. */
    public static final int NO_STANDBY = 3;

    private Refusal() {}
}
