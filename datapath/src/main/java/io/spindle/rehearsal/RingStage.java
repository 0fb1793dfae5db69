package io.spindle.rehearsal;

import io.spindle.client.UdpWire;
import io.spindle.client.Wire;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.XdpStage;

import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/** The rings of AF_XDP without an interface; members are told apart by their ports. */
final class RingStage implements Stage {
    private static final int FIRST_PORT = 40_000;

    private final List<UdpWire.Receiver> receivers = new ArrayList<>();
    private final XdpStage rings;

    RingStage(final boolean timestamps) {
        rings = new XdpStage(new NicContext().timestamps(timestamps).conclude());
    }

    @Override
    public NicQueue queue() {
        return rings.queue();
    }

    @Override
    public Wire connect(final UdpWire.Receiver receiver) {
        final int port = FIRST_PORT + receivers.size();
        receivers.add(receiver);
        return (buffer, offset, length) -> rings.send(port, buffer, offset, length);
    }

    @Override
    public int poll() {
        return rings.poll(this::onDatagram);
    }

    /** The feed lines go to groups that nobody here listens to. */
    private void onDatagram(
            final int port, final DirectBuffer buffer, final int offset, final int length) {
        final int seat = port - FIRST_PORT;
        if (seat >= 0 && seat < receivers.size()) {
            receivers.get(seat).onDatagram(buffer, offset, length);
        }
    }

    @Override
    public void close() {
        rings.close();
    }
}
