package io.spindle.nic;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The socket backend and a peer on the loopback interface. */
final class SocketWire implements NicWire {
    private static final String GROUP = "239.192.64.77";

    private final NicQueue queue;
    private final UdpPeer peer;
    private final UdpPeer bystander;

    SocketWire(final NicContext context) throws IOException {
        queue = NicQueues.open(context.backend("socket").port(0).conclude(), line -> {});
        final var destination = new InetSocketAddress("127.0.0.1", queue.info().port());
        peer = new UdpPeer("127.0.0.1", destination, GROUP);
        bystander = new UdpPeer("127.0.0.1", destination, null);
    }

    @Override
    public NicQueue queue() {
        return queue;
    }

    @Override
    public int peerAddress() {
        return Ipv4.parse("127.0.0.1");
    }

    @Override
    public int peerPort() {
        return portOf(peer);
    }

    private static int portOf(final UdpPeer peer) {
        try {
            return peer.port();
        } catch (final IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void send(final byte[] payload) throws IOException {
        peer.send(payload);
    }

    @Override
    public void sendToForeignPort(final byte[] payload) throws IOException {
        peer.sendTo(bystander.port(), payload);
    }

    @Override
    public byte[] receive() throws IOException {
        return peer.receive();
    }

    @Override
    public int group() {
        return Ipv4.parse(GROUP);
    }

    @Override
    public void close() throws IOException {
        queue.close();
        peer.close();
        bystander.close();
    }
}
