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

    /** Frames that the card took and then lost, its transmit queue having failed. */
    public long transmitLost;

    /** Received frames cut short by the frame size; dropped. */
    public long receiveTruncated;

    /** Frames damaged on the way, and receive calls that failed for want of more than frames. */
    public long receiveErrors;

    /**
     * Frames lost in the kernel or card before the loop could take them, for the reasons below and
     * others. This and the reasons are read from the kernel now and then, not with every frame.
     */
    public long receiveMissed;

    /** Frames lost because the loop was slow to poll: the receive ring was full. */
    public long receiveRingFull;

    /** Times the kernel found no buffer to receive into, because the loop was slow to release. */
    public long receiveNoBuffer;

    /** Transmit descriptors that the kernel or card called invalid; our own mistake. */
    public long transmitInvalid;

    /** Times that the interface was found down. */
    public long interfaceDown;

    /** Frames missing from the capture: its ring was full. */
    public long captureDropped;
}
