package io.spindle.standby;

import io.spindle.net.Ports;

import java.net.InetSocketAddress;

/**
 * Where a primary can be reached by its standby.
 *
 * @param address of the wire between the two
 */
public record StandbyAddress(String address, Ports ports) {
    /** The port at which the primary's Archive takes requests. */
    public int control() {
        return ports.replication();
    }

    /** Where the two tell each other how far they are. */
    public InetSocketAddress link() {
        return new InetSocketAddress(address, ports.standbyLink());
    }
}
