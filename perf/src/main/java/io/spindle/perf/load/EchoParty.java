package io.spindle.perf.load;

import io.spindle.client.UdpWire;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Sends numbered datagrams of an order's length that come back as they are. */
final class EchoParty implements RigParty {
    private static final int LENGTH = 64;

    /** More messages than can be under way. */
    private static final int WINDOW = 1 << 18;

    private static final int MASK = WINDOW - 1;
    private static final int DATAGRAMS_PER_POLL = 32;

    private final long[] dueNs = new long[WINDOW];
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[LENGTH]);
    private final UdpWire wire;
    private final Answers answers;
    private long number;
    private long pending;

    EchoParty(final InetSocketAddress server, final Answers answers) throws IOException {
        this.answers = answers;
        wire = new UdpWire(server);
    }

    @Override
    public void login(final long nowNs) {}

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void send(final long dueNs, final long nowNs) {
        this.dueNs[(int) number & MASK] = dueNs;
        payload.putLong(0, number++);
        pending++;
        wire.send(payload, 0, LENGTH);
    }

    @Override
    public int poll(final long nowNs) {
        return wire.poll(this::onDatagram, DATAGRAMS_PER_POLL);
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        final int slot = (int) buffer.getLong(offset) & MASK;
        if (length == LENGTH && dueNs[slot] != 0) {
            answers.onAnswer(dueNs[slot]);
            dueNs[slot] = 0;
            pending--;
        }
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public long refused() {
        return 0;
    }

    @Override
    public String lastRefusal() {
        return "";
    }

    @Override
    public long executions() {
        return 0;
    }

    @Override
    public void logoff(final long nowNs) {}

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
