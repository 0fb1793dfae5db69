package io.spindle.feed;

import io.spindle.net.UdpFrameDecoder;
import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;

/** Sends every payload to one receiver over a real socket, except those that it loses. */
final class LossyCard implements NicQueue {
    private final ByteBuffer frame = ByteBuffer.allocateDirect(MAX_FRAME_LENGTH);
    private final UnsafeBuffer view = new UnsafeBuffer(frame);
    private final UdpFrameDecoder decoder = new UdpFrameDecoder();
    private final NicCounters counters = new NicCounters();
    private final DatagramChannel channel;
    private final SocketAddress receiver;
    private final Random random;
    private final int lossPercent;
    private long sent;
    private long lost;

    LossyCard(final SocketAddress receiver, final Random random, final int lossPercent)
            throws IOException {
        this.receiver = receiver;
        this.random = random;
        this.lossPercent = lossPercent;
        channel = DatagramChannel.open();
    }

    long sent() {
        return sent;
    }

    long lost() {
        return lost;
    }

    @Override
    public long claim() {
        return view.addressOffset();
    }

    @Override
    public void commit(final int length) {
        sent++;
        if (random.nextInt(100) < lossPercent) {
            lost++;
            return;
        }
        if (decoder.wrap(view.addressOffset(), length) != UdpFrameDecoder.UDP) {
            throw new AssertionError("not a datagram");
        }
        try {
            final int offset = decoder.payloadOffset();
            channel.send(
                    frame.clear().limit(offset + decoder.payloadLength()).position(offset),
                    receiver);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void abort() {}

    @Override
    public int flush() {
        return 0;
    }

    @Override
    public int poll(final RxBurst burst) {
        return 0;
    }

    @Override
    public void release(final RxBurst burst) {}

    @Override
    public NicInfo info() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
