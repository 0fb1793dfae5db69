package io.spindle.perf.flood;

import io.spindle.net.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who means ill, at a steady rate: orders from a source that is nobody's, a login that was
 * overheard, logins with wrong passwords, heartbeats, re-requests. A thread of its own, which sends
 * only while it is told to.
 */
final class Flood implements AutoCloseable {
    private static final int BURST = 8;
    private static final String PADDING = " ".repeat(10);
    private static final int REREQUESTS = 4;

    private final DatagramChannel orderEntry;
    private final DatagramChannel rerequest;
    private final List<ByteBuffer> datagrams;
    private final long intervalNs;
    private final Thread thread;
    private volatile boolean on;
    private volatile boolean running = true;
    private volatile long sent;

    /**
     * @param name session whose login was overheard
     * @param password with which it was
     * @param perSecond datagrams of all kinds together
     */
    Flood(
            final InetSocketAddress server,
            final String name,
            final String password,
            final int perSecond)
            throws IOException {
        orderEntry = DatagramChannel.open();
        orderEntry.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.66"), 0));
        orderEntry.connect(server);
        rerequest = DatagramChannel.open();
        rerequest.connect(
                new InetSocketAddress(
                        server.getAddress(), new Ports(server.getPort()).rerequest()));
        datagrams =
                List.of(
                        block(
                                'U',
                                "O\0\0\0\1B\0\0\0\1SPDL    \0\0\0\0\0\1\u00860YPNN"
                                        .concat(" ".repeat(14))
                                        .concat("\0\0")),
                        block('L', name + password + " ".repeat(10 - password.length()) + PADDING),
                        block('L', name + "guess     " + PADDING),
                        block('R', ""),
                        ByteBuffer.allocateDirect(20)
                                .put("SP00000000".getBytes(StandardCharsets.US_ASCII))
                                .putLong(1)
                                .putShort((short) 100)
                                .flip());
        intervalNs = 1_000_000_000L * BURST / perSecond;
        thread = new Thread(this::run, "flood");
        thread.setDaemon(true);
        thread.start();
    }

    private static ByteBuffer block(final char type, final String body) {
        final byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(3 + bytes.length)
                .putShort((short) (1 + bytes.length))
                .put((byte) type)
                .put(bytes)
                .flip();
    }

    void on(final boolean now) {
        on = now;
    }

    /** Datagrams sent so far. */
    long sent() {
        return sent;
    }

    private void run() {
        long dueNs = System.nanoTime();
        while (running) {
            final long nowNs = System.nanoTime();
            if (!on) {
                dueNs = nowNs;
                LockSupport.parkNanos(intervalNs);
            } else if (dueNs - nowNs > 0) {
                LockSupport.parkNanos(dueNs - nowNs);
            } else {
                dueNs += intervalNs;
                burst();
            }
        }
    }

    private void burst() {
        for (int i = 0; i < BURST; i++) {
            final int kind = (int) (sent % datagrams.size());
            try {
                (kind == REREQUESTS ? rerequest : orderEntry).write(datagrams.get(kind).rewind());
            } catch (final IOException refused) {
                Thread.onSpinWait(); // nobody there: as good as sent
            }
            sent++;
        }
    }

    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orderEntry.close();
        rerequest.close();
    }
}
