package io.spindle.nic;

import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import java.util.ArrayDeque;
import java.util.Deque;

/** Two queues on a network in memory, the second one playing the peer. */
final class SimWire implements NicWire {
    private static final int GROUP = Ipv4.parse("239.192.64.77");

    private final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
    private final NicQueue queue = network.attach(Ipv4.parse("10.0.0.1"), 26_400, 64);
    private final NicQueue peer = network.attach(Ipv4.parse("10.0.0.2"), 30_000, 128);
    private final FrameWriter writer = new FrameWriter(peer);
    private final RxBurst burst = new RxBurst(1);
    private final Deque<byte[]> arrived = new ArrayDeque<>();

    @Override
    public NicQueue queue() {
        return queue;
    }

    @Override
    public int peerAddress() {
        return peer.info().address();
    }

    @Override
    public int peerPort() {
        return peer.info().port();
    }

    @Override
    public void send(final byte[] payload) {
        sendTo(queue.info().port(), payload);
    }

    @Override
    public void sendToForeignPort(final byte[] payload) {
        sendTo(queue.info().port() + 1, payload);
    }

    private void sendTo(final int port, final byte[] payload) {
        writer.write(queue.info().mac(), queue.info().address(), port, payload);
        peer.flush();
    }

    @Override
    public byte[] receive() {
        settle();
        if (arrived.isEmpty()) {
            throw new AssertionError("nothing reached the peer");
        }
        return arrived.poll();
    }

    @Override
    public void settle() {
        while (peer.poll(burst) > 0) {
            arrived.add(FrameWriter.payload(burst, 0));
            peer.release(burst);
        }
    }

    @Override
    public int group() {
        return GROUP;
    }

    @Override
    public void close() {
        queue.close();
        peer.close();
    }
}
