package io.spindle.client;

import io.spindle.session.Packets;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP socket that never blocks: connected to one server, or listening to one group. */
public final class UdpWire implements Wire, AutoCloseable {
    private static final int SOCKET_BUFFER_LENGTH = 4 << 20;

    /** Takes a received datagram; the bytes are borrowed. */
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(DirectBuffer buffer, int offset, int length);
    }

    private final ByteBuffer out = ByteBuffer.allocateDirect(Packets.MAX_DATAGRAM_LENGTH);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2 * Packets.MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer received = new UnsafeBuffer(in);
    private final DatagramChannel channel;

    /** Connects to a server. */
    public UdpWire(final InetSocketAddress server) throws IOException {
        this(open());
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_LENGTH);
        channel.connect(server);
    }

    private UdpWire(final DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Listens to a multicast group, beside whoever else does on this machine.
     *
     * @param local address of the interface that the group is received by
     */
    public static UdpWire listening(
            final InetAddress group, final int port, final InetAddress local) throws IOException {
        final NetworkInterface network = NetworkInterface.getByInetAddress(local);
        if (network == null) {
            throw new IOException("no network interface has the address " + local);
        }
        final DatagramChannel channel = open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(group, port));
        channel.join(group, network);
        return new UdpWire(channel);
    }

    private static DatagramChannel open() throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_LENGTH);
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void send(final DirectBuffer buffer, final int offset, final int length) {
        out.clear();
        buffer.getBytes(offset, out, length);
        out.flip();
        try {
            channel.write(out);
        } catch (final IOException refused) {
            // The server is not there yet, or no longer: whoever sends tries again.
        }
    }

    /**
     * Hands over what has arrived.
     *
     * @return datagrams, at most {@code limit}
     */
    public int poll(final Receiver receiver, final int limit) {
        int count = 0;
        while (count < limit && receive()) {
            receiver.onDatagram(received, 0, in.position());
            count++;
        }
        return count;
    }

    private boolean receive() {
        in.clear();
        try {
            channel.receive(in);
            return in.position() > 0;
        } catch (final PortUnreachableException nobodyThere) {
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
