package io.spindle.client;

import io.spindle.net.Ports;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Both market-data lines and the re-request server of one appliance. Not thread-safe. */
public final class FeedWire implements AutoCloseable {
    private static final int DATAGRAMS_PER_POLL = 64;

    private final UdpWire lineA;
    private final UdpWire lineB;
    private final UdpWire rerequest;
    private final MoldReceiver receiver;
    private long nowNs;

    /**
     * @param host where the appliance is
     * @param local address of the interface by which its multicast arrives
     */
    public FeedWire(
            final String host,
            final Ports ports,
            final InetAddress local,
            final MoldReceiver.Messages messages)
            throws IOException {
        lineA = UdpWire.listening(group(Ports.GROUP_A), ports.lineA(), local);
        lineB = UdpWire.listening(group(Ports.GROUP_B), ports.lineB(), local);
        rerequest = new UdpWire(new InetSocketAddress(host, ports.rerequest()));
        receiver = new MoldReceiver(rerequest, messages);
    }

    /** Receives, and asks again for what is missing. Returns the number of datagrams. */
    public int poll(final long timeNs) {
        nowNs = timeNs;
        final int count =
                lineA.poll(this::onPacket, DATAGRAMS_PER_POLL)
                        + lineB.poll(this::onPacket, DATAGRAMS_PER_POLL)
                        + rerequest.poll(this::onPacket, DATAGRAMS_PER_POLL);
        receiver.poll(timeNs);
        return count;
    }

    public MoldReceiver receiver() {
        return receiver;
    }

    private void onPacket(final DirectBuffer buffer, final int offset, final int length) {
        receiver.onPacket(buffer, offset, length, nowNs);
    }

    private static InetAddress group(final int ipv4) throws IOException {
        return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(ipv4).array());
    }

    @Override
    public void close() throws IOException {
        try (lineA;
                lineB) {
            rerequest.close();
        }
    }
}
