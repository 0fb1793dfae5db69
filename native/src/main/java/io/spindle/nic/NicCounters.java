package io.spindle.nic;

/**
 * Running totals of a {@link NicQueue}. One writer, the loop's thread, with plain stores; a reader
 * on another thread sees values that may lag.
 */
public final class NicCounters {
    /** Frames handed to the loop. */
    public long framesReceived;

    /** Frames handed to the kernel or card. */
    public long framesSent;

    /** {@link NicQueue#claim} refused for want of a free transmit frame. */
    public long transmitBackPressure;

    /** Frames the kernel or card refused to send; dropped. */
    public long transmitErrors;

    /** Received frames cut short by the frame size; dropped. */
    public long receiveTruncated;

    /** Receive calls that failed for another reason than "nothing there". */
    public long receiveErrors;

    /** Frames lost in the kernel or card before the loop could take them, where it can be read. */
    public long receiveMissed;
}
