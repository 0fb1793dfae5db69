package io.spindle.nic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The far end of a wire: a plain kernel socket of the JDK's, joined to a group. */
final class UdpPeer implements AutoCloseable {
    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final InetSocketAddress destination;

    UdpPeer(final String address, final InetSocketAddress destination, final String group)
            throws IOException {
        this.destination = destination;
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(new InetSocketAddress(group == null ? address : "0.0.0.0", 0));
        if (group != null) {
            channel.join(
                    InetAddress.getByName(group),
                    NetworkInterface.getByInetAddress(InetAddress.getByName(address)));
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    void send(final byte[] payload) throws IOException {
        channel.send(ByteBuffer.wrap(payload), destination);
    }

    void sendTo(final int port, final byte[] payload) throws IOException {
        channel.send(
                ByteBuffer.wrap(payload), new InetSocketAddress(destination.getAddress(), port));
    }

    byte[] receive() throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(65_536);
        if (channel.receive(buffer) == null) {
            selector.select(NicWire.PATIENCE.toMillis());
            selector.selectedKeys().clear();
            if (channel.receive(buffer) == null) {
                throw new IOException("nothing reached the peer");
            }
        }
        final byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        return payload;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
