package io.spindle.rehearsal;

import io.spindle.client.UdpWire;
import io.spindle.client.Wire;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Kernel sockets on loopback and any free port. */
final class SocketStage implements Stage {
    private static final int DATAGRAMS_PER_POLL = 64;

    /** A member's socket and who listens to it. */
    private record Seat(UdpWire wire, UdpWire.Receiver receiver) {}

    private final List<Seat> seats = new ArrayList<>();
    private final NicQueue queue;

    SocketStage(final boolean timestamps) {
        queue =
                NicQueues.open(
                        new NicContext()
                                .backend("socket")
                                .port(0)
                                .timestamps(timestamps)
                                .conclude(),
                        line -> {});
    }

    @Override
    public NicQueue queue() {
        return queue;
    }

    @Override
    public Wire connect(final UdpWire.Receiver receiver) throws IOException {
        final UdpWire wire =
                new UdpWire(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), queue.info().port()));
        seats.add(new Seat(wire, receiver));
        return wire;
    }

    @Override
    public int poll() {
        int received = 0;
        for (final Seat seat : seats) {
            received += seat.wire().poll(seat.receiver(), DATAGRAMS_PER_POLL);
        }
        return received;
    }

    @Override
    public void close() throws IOException {
        for (final Seat seat : seats) {
            seat.wire().close();
        }
        queue.close();
    }
}
