package io.spindle.connector;

import io.spindle.net.Ports;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Which venue, and how to get there.
 *
 * @param venue its code of four characters, as defined in the engine
 * @param adapter tells the connectors of one venue apart
 * @param server the venue's order entry
 * @param username of our session there
 * @param feed where its market data comes from; without it there are no quotes
 */
public record ConnectorConfig(
        String venue,
        int adapter,
        InetSocketAddress server,
        String username,
        String password,
        Optional<Feed> feed) {
    /**
     * A venue's two multicast lines and its re-request server.
     *
     * @param local address of the interface by which its multicast arrives
     */
    public record Feed(Ports ports, InetAddress local) {}

    public ConnectorConfig {
        if (venue.isEmpty() || venue.length() > Integer.BYTES) {
            throw new IllegalArgumentException("venue=" + venue + ": one to four characters");
        }
    }
}
