package io.spindle.mgmt.latency;

import java.util.Locale;

/** Parts of a command's way that the log and this process's clock can time. */
public enum Stage {
    /** From the network's stamp on a client's message to the matching thread. */
    WAIT("from the network to the matching thread"),

    /** From the matching thread to this process's replica. */
    REPLICA("from the matching thread to mgmt's replica"),

    /** From the matching thread to where its answers may leave, if they have to wait. */
    ACK("from the matching thread to where its answers may leave (--ack), as mgmt sees it"),

    /** From the matching thread to where an event is in a subscriber's connection. */
    STREAM("from the matching thread to a subscriber of the stream");

    public final String meaning;

    Stage(final String meaning) {
        this.meaning = meaning;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
