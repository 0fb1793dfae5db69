package io.spindle.nic;

import java.io.IOException;
import java.time.Duration;

/** A queue under test and a peer that speaks UDP with it over the queue's real medium. */
interface NicWire extends AutoCloseable {
    Duration PATIENCE = Duration.ofSeconds(20);

    NicQueue queue();

    /** The peer's address and port, as the queue's frames must name them. */
    int peerAddress();

    int peerPort();

    /** The peer sends a payload to the queue's port. */
    void send(byte[] payload) throws Exception;

    /** The peer sends to another port of the same address. */
    void sendToForeignPort(byte[] payload) throws Exception;

    /** The next payload that reaches the peer, unicast or by the group it joined. */
    byte[] receive() throws Exception;

    /** The group, host order, that the peer has joined at its own port. */
    int group();

    /** Lets the medium make progress when it is not driven by itself. */
    default void settle() {}

    @Override
    void close() throws IOException;
}
