package io.spindle.rehearsal;

import io.spindle.client.UdpWire;
import io.spindle.client.Wire;
import io.spindle.nic.NicBackend;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;

import java.io.IOException;

/**
 * Where the members of a rehearsal meet its venue: a queue of the class that will trade, and the
 * other end of whatever it is connected to.
 */
public interface Stage extends AutoCloseable {
    /**
     * A stage for what has been opened; for a backend that can only be had with its card, a socket.
     *
     * @param timestamps whether datagrams are stamped, as they will be in earnest
     */
    static Stage like(final NicInfo nic, final boolean timestamps) {
        return nic.backend().equals(NicBackend.AFXDP.word())
                ? new RingStage(timestamps)
                : new SocketStage(timestamps);
    }

    /** The venue's; used by the thread that trades. */
    NicQueue queue();

    /** Another member's way to the venue; {@code receiver} takes its answers, within poll. */
    Wire connect(UdpWire.Receiver receiver) throws IOException;

    /**
     * Hands over what has arrived for members.
     *
     * @return datagrams
     */
    int poll();

    @Override
    void close() throws IOException;
}
