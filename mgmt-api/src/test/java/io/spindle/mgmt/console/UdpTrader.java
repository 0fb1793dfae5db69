package io.spindle.mgmt.console;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.ExecutedDecoder;
import io.spindle.oms.SampleMarket;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The reference client on UDP, kept alive by a thread of its own until closed. */
final class UdpTrader implements ClientListener, AutoCloseable {
    private static final int DATAGRAMS_PER_POLL = 64;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final ExecutedDecoder executed = new ExecutedDecoder();
    private final List<Execution> executions = new ArrayList<>();
    private final UdpWire wire;
    private final ClientSession session;
    private final OrderDesk desk;
    private final Thread thread;
    private long nowNs;
    private volatile boolean closed;

    /**
     * An Executed report as it came.
     *
     * @param price in units of 10^-4
     */
    record Execution(long userRefNum, long quantity, long price) {}

    UdpTrader(final String username, final int port) throws IOException {
        wire = new UdpWire(new InetSocketAddress("127.0.0.1", port));
        session = new ClientSession(username, SampleMarket.PASSWORD, wire, this);
        desk = new OrderDesk(session, order -> {});
        session.login(System.nanoTime());
        thread = Thread.ofPlatform().daemon().name("udp-trader").start(this::run);
    }

    private void run() {
        while (!closed) {
            poll();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private synchronized void poll() {
        nowNs = System.nanoTime();
        wire.poll(this::onDatagram, DATAGRAMS_PER_POLL);
        session.poll(nowNs);
        desk.poll(nowNs);
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        session.onDatagram(buffer, offset, length, nowNs);
    }

    /** Enters a day order; price in units of 10^-4. */
    synchronized void buy(final String symbol, final long quantity, final long price) {
        desk.enter('B', symbol, quantity, price, '0', "", System.nanoTime());
    }

    synchronized boolean isUp() {
        return session.isUp();
    }

    synchronized List<Execution> executions() {
        return List.copyOf(executions);
    }

    /** Waits until it is so. */
    static void await(final BooleanSupplier condition, final String what) {
        final long endNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (endNs - System.nanoTime() < 0) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (buffer.getByte(offset) == MessageType.EXECUTED) {
            executed.wrap(buffer, offset, ExecutedDecoder.BLOCK_LENGTH, 0);
            executions.add(
                    new Execution(executed.userRefNum(), executed.quantity(), executed.price()));
        }
        desk.onReport(buffer, offset, length, nowNs);
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {
        throw new AssertionError("login refused: " + reason);
    }

    @Override
    public void onEndOfSession(final long total) {}

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        wire.close();
    }
}
