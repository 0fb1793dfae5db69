package io.spindle.perf.flood;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.UdpWire;
import io.spindle.oms.SampleMarket;
import io.spindle.perf.demo.Appliance;

import org.agrona.DirectBuffer;

import java.io.IOException;

/** A session logged in and kept alive beside the flood; counts as lost once it hears nothing. */
final class Bystander implements ClientListener, AutoCloseable {
    private static final long LOGIN_NS = 5_000_000_000L;
    private static final int DATAGRAMS = 64;
    private static final long SILENCE_NS = 2_000_000_000L;
    private static final long PAUSE_MS = 20;
    private static final long NS_PER_MS = 1_000_000;

    private final UdpWire wire;
    private final ClientSession session;
    private final Thread thread;
    private final long loginMs;
    private volatile boolean running = true;
    private volatile long heardNs;

    /** Logs in, and returns when it is up. */
    Bystander(final Appliance appliance, final String name)
            throws IOException, InterruptedException {
        wire = new UdpWire(appliance.orderEntry());
        session = new ClientSession(name, SampleMarket.PASSWORD, wire, this);
        final long startNs = System.nanoTime();
        session.login(startNs);
        while (!session.isUp()) {
            turn();
            if (System.nanoTime() - startNs > LOGIN_NS) {
                throw new IOException(name + " cannot log in");
            }
        }
        loginMs = (System.nanoTime() - startNs) / NS_PER_MS;
        thread = new Thread(this::run, "bystander");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                turn();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        final long nowNs = System.nanoTime();
        if (wire.poll(
                        (buffer, offset, length) ->
                                session.onDatagram(buffer, offset, length, nowNs),
                        DATAGRAMS)
                > 0) {
            heardNs = nowNs;
        }
        session.poll(nowNs);
        Thread.sleep(PAUSE_MS);
    }

    /** How long it took to be let in, ms. */
    long loginMs() {
        return loginMs;
    }

    boolean isUp() {
        return System.nanoTime() - heardNs < SILENCE_NS;
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {}

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {}

    @Override
    public void onEndOfSession(final long total) {}

    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wire.close();
    }
}
