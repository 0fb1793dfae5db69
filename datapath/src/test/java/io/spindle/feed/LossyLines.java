package io.spindle.feed;

import io.spindle.client.MoldReceiver;
import io.spindle.client.UdpWire;
import io.spindle.net.Ports;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Receives lines A and B over a network as bad as {@link io.spindle.trading.ImpairmentRelay}. */
final class LossyLines implements MoldReceiver.Messages, AutoCloseable {
    private static final int DATAGRAMS = 64;
    private static final int PERCENT = 100;

    /** Every message of the day, in sequence. */
    final List<byte[]> messages = new ArrayList<>();

    final MoldReceiver receiver;
    private final UnsafeBuffer cut = new UnsafeBuffer(new byte[2_048]);
    private final SplittableRandom random;
    private final int percent;
    private final UdpWire lineA;
    private final UdpWire lineB;
    private final UdpWire rerequest;
    private long nowNs;

    LossyLines(final Ports ports, final long seed, final int percent) throws IOException {
        this.random = new SplittableRandom(seed);
        this.percent = percent;
        final InetAddress local = InetAddress.getLoopbackAddress();
        lineA = UdpWire.listening(group(Ports.GROUP_A), ports.lineA(), local);
        lineB = UdpWire.listening(group(Ports.GROUP_B), ports.lineB(), local);
        rerequest = new UdpWire(new InetSocketAddress(local, ports.rerequest()));
        receiver = new MoldReceiver(rerequest, this);
    }

    private static InetAddress group(final int ipv4) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {
                    (byte) (ipv4 >>> 24), (byte) (ipv4 >>> 16), (byte) (ipv4 >>> 8), (byte) ipv4
                });
    }

    void poll() {
        nowNs = System.nanoTime();
        lineA.poll(this::onPacket, DATAGRAMS);
        lineB.poll(this::onPacket, DATAGRAMS);
        rerequest.poll(this::onPacket, DATAGRAMS);
        receiver.poll(nowNs);
    }

    private void onPacket(final DirectBuffer buffer, final int offset, final int length) {
        if (chance()) {
            return;
        }
        final int whole = chance() ? random.nextInt(length + 1) : length;
        cut.putBytes(0, buffer, offset, whole);
        receiver.onPacket(cut, 0, whole, nowNs);
        if (chance()) {
            receiver.onPacket(cut, 0, whole, nowNs);
        }
    }

    private boolean chance() {
        return random.nextInt(PERCENT) < percent;
    }

    @Override
    public void onSession(final String session) {
        messages.clear();
    }

    @Override
    public void onMessage(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        messages.add(message);
    }

    @Override
    public void close() throws IOException {
        lineA.close();
        lineB.close();
        rerequest.close();
    }
}
