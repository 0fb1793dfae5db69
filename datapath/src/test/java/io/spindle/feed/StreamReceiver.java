package io.spindle.feed;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.session.Packets;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The reference client on a real socket that loses datagrams both ways; keeps what it receives. */
final class StreamReceiver implements ClientListener, AutoCloseable {
    final List<UnsafeBuffer> messages = new ArrayList<>();
    final ClientSession session;
    long ended = -1;
    char rejected;
    long announced;

    private final ByteBuffer in = ByteBuffer.allocateDirect(Packets.MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer inView = new UnsafeBuffer(in);
    private final DatagramChannel channel;
    private final Random random;
    private final int lossPercent;

    StreamReceiver(
            final SocketAddress server,
            final String username,
            final String password,
            final Random random,
            final int lossPercent)
            throws IOException {
        this.random = random;
        this.lossPercent = lossPercent;
        channel = DatagramChannel.open();
        channel.connect(server);
        channel.configureBlocking(false);
        session = new ClientSession(username, password, this::send, this);
    }

    void poll(final long nowNs) throws IOException {
        session.poll(nowNs);
        in.clear();
        for (int length = channel.read(in); length > 0; length = channel.read(in)) {
            if (!isLost()) {
                session.onDatagram(inView, 0, length, nowNs);
            }
            in.clear();
        }
    }

    private void send(final DirectBuffer buffer, final int offset, final int length) {
        if (!isLost()) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            try {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends what no client would. */
    void sendRaw(final byte[] bytes, final int length) throws IOException {
        channel.write(ByteBuffer.wrap(bytes, 0, length));
    }

    private boolean isLost() {
        return random.nextInt(100) < lossPercent;
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        messages.add(new UnsafeBuffer(copy));
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        announced = nextSequence;
    }

    @Override
    public void onLoginRejected(final char reason) {
        rejected = reason;
    }

    @Override
    public void onEndOfSession(final long total) {
        ended = total;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
