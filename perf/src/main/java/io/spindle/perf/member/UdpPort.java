package io.spindle.perf.member;

import io.spindle.client.Wire;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A client's UDP socket, connected to one server, never blocking. Not thread-safe. */
public final class UdpPort implements Wire, AutoCloseable {
    private static final int MAX_DATAGRAM_LENGTH = 2048;
    private static final int SOCKET_BUFFER_LENGTH = 4 << 20;

    /** Takes a received datagram; the bytes are borrowed. */
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(DirectBuffer buffer, int offset, int length);
    }

    private final DatagramChannel channel;
    private final ByteBuffer outBytes = ByteBuffer.allocateDirect(MAX_DATAGRAM_LENGTH);
    private final ByteBuffer inBytes = ByteBuffer.allocateDirect(MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
    private long sendFailures;

    public UdpPort(final InetSocketAddress server) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_LENGTH);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_LENGTH);
        channel.configureBlocking(false);
        channel.connect(server);
    }

    @Override
    public void send(final DirectBuffer buffer, final int offset, final int length) {
        outBytes.clear();
        buffer.getBytes(offset, outBytes, length);
        outBytes.flip();
        try {
            if (channel.write(outBytes) == 0) {
                sendFailures++;
            }
        } catch (final IOException refused) {
            sendFailures++; // the server is not there yet, or no longer; the session tries again
        }
    }

    /** Datagrams that could not be sent; the session above has sent them again. */
    public long sendFailures() {
        return sendFailures;
    }

    /** Hands over what has arrived; at most {@code limit} datagrams. */
    public int poll(final Receiver receiver, final int limit) {
        int count = 0;
        while (count < limit && receive()) {
            receiver.onDatagram(in, 0, inBytes.limit());
            count++;
        }
        return count;
    }

    private boolean receive() {
        inBytes.clear();
        try {
            final int length = channel.read(inBytes);
            inBytes.flip();
            return length > 0;
        } catch (final PortUnreachableException absent) {
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
