package io.spindle.nic;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A queue on one end of a veth pair and a kernel socket as peer on the other. */
final class VethWire implements NicWire {
    static final int PORT = 26_400;
    private static final String GROUP = "239.192.64.77";

    private final VethPair veth;
    private final NicQueue queue;
    private final UdpPeer peer;

    /** Opens with the context's backend; address, port and interface are set here. */
    VethWire(final NicContext context) throws IOException {
        this(context, new VethPair());
    }

    /** The same over a pair made otherwise, closed with this. */
    VethWire(final NicContext context, final VethPair veth) throws IOException {
        this.veth = veth;
        try {
            queue = veth.near(() -> NicQueues.open(on(context).conclude(), line -> {}));
            peer =
                    veth.far(
                            () ->
                                    new UdpPeer(
                                            VethPair.FAR,
                                            new InetSocketAddress(VethPair.NEAR, PORT),
                                            GROUP));
        } catch (final IOException | RuntimeException failure) {
            veth.close();
            throw failure;
        }
    }

    static NicContext on(final NicContext context) {
        return context.interfaceName(VethPair.DEVICE)
                .address(Ipv4.parse(VethPair.NEAR))
                .multicastAddress(Ipv4.parse(VethPair.NEAR))
                .port(PORT);
    }

    VethPair veth() {
        return veth;
    }

    @Override
    public NicQueue queue() {
        return queue;
    }

    @Override
    public int peerAddress() {
        return Ipv4.parse(VethPair.FAR);
    }

    @Override
    public int peerPort() {
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
        peer.sendTo(PORT + 1, payload);
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
        veth.close();
    }
}
