package io.spindle.client;

import io.spindle.session.Packets;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A connected UDP socket that never blocks. */
public final class UdpWire implements Wire, AutoCloseable {
    private final ByteBuffer out = ByteBuffer.allocateDirect(Packets.MAX_DATAGRAM_LENGTH);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2 * Packets.MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer received = new UnsafeBuffer(in);
    private final DatagramChannel channel;

    public UdpWire(final InetSocketAddress server) throws IOException {
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.connect(server);
    }

    @Override
    public void send(final DirectBuffer buffer, final int offset, final int length) {
        out.clear();
        buffer.getBytes(offset, out, length);
        out.flip();
        try {
            channel.write(out);
        } catch (final PortUnreachableException nobodyThere) {
            out.clear(); // as good as lost: what matters is sent again
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands what has arrived to the session.
     *
     * @return datagrams
     */
    public int poll(final ClientSession session, final long nowNs) {
        int count = 0;
        try {
            in.clear();
            while (channel.read(in) > 0) {
                session.onDatagram(received, 0, in.position(), nowNs);
                in.clear();
                count++;
            }
        } catch (final PortUnreachableException nobodyThere) {
            return count;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
