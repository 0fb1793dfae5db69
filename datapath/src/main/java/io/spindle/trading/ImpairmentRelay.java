package io.spindle.trading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and a server on real sockets and does to datagrams whatever a network may
 * do, by a seed, both ways. Each client gets a source port of its own towards the server. One
 * thread.
 */
public final class ImpairmentRelay implements AutoCloseable {
    /**
     * Chances in percent, each datagram for itself.
     *
     * @param delay held back up to {@value #MAX_DELAY_NS} ns, so that others overtake it
     * @param truncate cut to a random length
     * @param corruptUp one bit flipped on the way to the server, once told to begin
     * @param corruptDown one bit flipped on the way to the client, once told to begin
     */
    public record Faults(
            int loss, int duplicate, int delay, int truncate, int corruptUp, int corruptDown) {}

    private static final int MAX_DATAGRAM = 1_500;
    private static final int DATAGRAMS_PER_TURN = 32;
    private static final long MAX_DELAY_NS = 3_000_000;
    private static final long IDLE_NS = 20_000;
    private static final int PERCENT = 100;

    private record Flight(long dueNs, byte[] bytes, DatagramChannel from, SocketAddress to) {}

    private record Client(SocketAddress address, DatagramChannel towardsServer) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparingLong(Flight::dueNs));
    private final Map<SocketAddress, Client> clients = new HashMap<>();
    private final List<Client> inOrder = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final SplittableRandom random;
    private final Faults faults;
    private final InetSocketAddress server;
    private final DatagramChannel front;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean corrupting;
    private volatile boolean healed;

    public ImpairmentRelay(final InetSocketAddress server, final long seed, final Faults faults)
            throws IOException {
        this.server = server;
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        front = DatagramChannel.open();
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        front.configureBlocking(false);
        thread = new Thread(this::run, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where clients send to. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) front.getLocalAddress();
    }

    /** From now on bits are flipped too. */
    public void corrupt() {
        corrupting = true;
    }

    /** From now on nothing happens to datagrams any more. */
    public void heal() {
        healed = true;
    }

    private void run() {
        while (running) {
            try {
                if (turn(System.nanoTime()) == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private int turn(final long nowNs) throws IOException {
        int work = 0;
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            received.clear();
            final SocketAddress from = front.receive(received);
            if (from == null) {
                break;
            }
            final Client client = clients.computeIfAbsent(from, this::connect);
            carry(client.towardsServer, null, faults.corruptUp, nowNs);
            work++;
        }
        for (final Client client : inOrder) {
            work += fromServer(client, nowNs);
        }
        while (!flights.isEmpty() && flights.peek().dueNs - nowNs <= 0) {
            final Flight due = flights.poll();
            send(due.from, due.to, due.bytes);
            work++;
        }
        return work;
    }

    private int fromServer(final Client client, final long nowNs) throws IOException {
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            received.clear();
            try {
                if (client.towardsServer.read(received) <= 0) {
                    return i;
                }
            } catch (final IOException nobodyThere) {
                return i; // the server is being started again
            }
            carry(front, client.address, faults.corruptDown, nowNs);
        }
        return DATAGRAMS_PER_TURN;
    }

    private Client connect(final SocketAddress from) {
        try {
            final DatagramChannel channel = DatagramChannel.open();
            channel.connect(server);
            channel.configureBlocking(false);
            final Client client = new Client(from, channel);
            inOrder.add(client);
            return client;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean chance(final int percent) {
        return !healed && percent > 0 && random.nextInt(PERCENT) < percent;
    }

    private void carry(
            final DatagramChannel from,
            final SocketAddress to,
            final int corrupt,
            final long nowNs) {
        if (chance(faults.loss)) {
            return;
        }
        byte[] bytes = new byte[received.flip().remaining()];
        received.get(bytes);
        final int copies = chance(faults.duplicate) ? 2 : 1;
        if (corrupting && bytes.length > 0 && chance(corrupt)) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        if (chance(faults.truncate)) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        for (int i = 0; i < copies; i++) {
            final long delayNs = chance(faults.delay) ? random.nextLong(MAX_DELAY_NS) : 0;
            flights.add(new Flight(nowNs + delayNs, bytes, from, to));
        }
    }

    private static void send(
            final DatagramChannel from, final SocketAddress to, final byte[] bytes) {
        try {
            if (to == null) {
                from.write(ByteBuffer.wrap(bytes));
            } else {
                from.send(ByteBuffer.wrap(bytes), to);
            }
        } catch (final IOException nobodyThere) {
            Thread.onSpinWait(); // as good as lost
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
        front.close();
        for (final Client client : inOrder) {
            client.towardsServer.close();
        }
    }
}
