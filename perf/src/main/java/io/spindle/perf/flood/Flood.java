package io.spindle.perf.flood;

import io.spindle.net.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who means ill, at a steady rate: orders from a source that is nobody's, a login that was
 * overheard, logins with wrong passwords, heartbeats, re-requests. A thread of its own, which sends
 * only while it is told to.
 *
 * <p>On the same machine a flood costs its sender and the kernel more than the server. So that only
 * the server's part is compared, the same datagrams can go to a neighbour who never reads them.
 */
final class Flood implements AutoCloseable {
    /** Where the flood goes. */
    enum Aim {
        NOBODY,
        NEIGHBOUR,
        SERVER
    }

    private static final int BURST = 8;
    private static final String PADDING = " ".repeat(10);
    private static final int REREQUESTS = 4;
    private static final String HOSTILE_HOST = "127.0.0.66";

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final DatagramChannel orderEntry;
    private final DatagramChannel rerequest;
    private final DatagramChannel neighbour;
    private final List<ByteBuffer> datagrams;
    private final long intervalNs;
    private final Thread thread;
    private volatile Aim aim = Aim.NOBODY;
    private volatile boolean running = true;
    private volatile long sent;
    private int next;

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
        orderEntry = open(HOSTILE_HOST).connect(server);
        rerequest =
                open(HOSTILE_HOST)
                        .connect(
                                new InetSocketAddress(
                                        server.getAddress(),
                                        new Ports(server.getPort()).rerequest()));
        final DatagramChannel unread = open(server.getAddress().getHostAddress());
        neighbour = open(HOSTILE_HOST).connect(unread.getLocalAddress());
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

    private DatagramChannel open(final String host) throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        return channel.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    }

    private static ByteBuffer block(final char type, final String body) {
        final byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(3 + bytes.length)
                .putShort((short) (1 + bytes.length))
                .put((byte) type)
                .put(bytes)
                .flip();
    }

    void aim(final Aim newAim) {
        aim = newAim;
    }

    /** Datagrams sent to the server so far. */
    long sent() {
        return sent;
    }

    private void run() {
        long dueNs = System.nanoTime();
        while (running) {
            final long nowNs = System.nanoTime();
            if (aim == Aim.NOBODY) {
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
        final boolean atServer = aim == Aim.SERVER;
        for (int i = 0; i < BURST; i++) {
            next = next + 1 < datagrams.size() ? next + 1 : 0;
            final DatagramChannel there = next == REREQUESTS ? rerequest : orderEntry;
            try {
                (atServer ? there : neighbour).write(datagrams.get(next).rewind());
            } catch (final IOException refused) {
                Thread.onSpinWait(); // nobody there: as good as sent
            }
            sent += atServer ? 1 : 0;
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
        for (final DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
