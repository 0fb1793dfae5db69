package io.spindle.perf.crash;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client in a process of its own that enters orders and writes every acknowledgement down the
 * moment it has it: {@code userRefNum orderReference}, one a line. Told to stop by a file; then it
 * waits until every order is answered and ends with {@code done ORDERS REPORTS}.
 */
final class AckRecorder implements ClientListener {
    private static final int UNANSWERED_AT_MOST = 50;

    private final ClientSession session;
    private final OrderDesk desk;
    private final UdpWire wire;
    private final PrintStream acks;
    private final Path stop;
    private final Set<ClientOrder> acknowledged = new HashSet<>();
    private long reports;
    private long entered;

    private AckRecorder(final int port, final String name, final PrintStream acks, final Path stop)
            throws IOException {
        this.acks = acks;
        this.stop = stop;
        wire = new UdpWire(new InetSocketAddress("127.0.0.1", port));
        session = new ClientSession(name, "spindle", wire, this);
        desk = new OrderDesk(session, this::onChange);
    }

    /** Arguments: port, session, file for acknowledgements, file that says stop. */
    public static void main(final String[] arguments) throws IOException {
        try (PrintStream acks = new PrintStream(arguments[2])) {
            new AckRecorder(
                            Integer.parseInt(arguments[0]),
                            arguments[1],
                            acks,
                            Path.of(arguments[3]))
                    .run();
        }
    }

    private void run() {
        session.login(System.nanoTime());
        boolean stopping = false;
        while (!stopping || desk.unanswered() > 0 || !session.isCaughtUp()) {
            final long nowNs = System.nanoTime();
            wire.poll((b, o, n) -> session.onDatagram(b, o, n, nowNs), 64);
            session.poll(nowNs);
            desk.poll(nowNs);
            stopping = stopping || Files.exists(stop);
            if (!stopping && session.isUp() && desk.unanswered() < UNANSWERED_AT_MOST) {
                final char side = entered % 2 == 0 ? 'B' : 'S';
                desk.enter(side, "SPDL", 1 + entered % 7, 10_0000, '0', "N" + entered, nowNs);
                entered++;
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
        }
        acks.printf("done %d %d%n", entered, reports);
    }

    private void onChange(final ClientOrder order) {
        if (order.orderReference() != 0 && acknowledged.add(order)) {
            acks.printf("%d %d%n", order.userRefNum(), order.orderReference());
        }
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (sequence != ++reports) {
            acks.printf("gap: report %d after %d%n", sequence, reports - 1);
        }
        desk.onReport(buffer, offset, length, System.nanoTime());
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {
        acks.printf("login rejected: %c%n", reason);
    }

    @Override
    public void onEndOfSession(final long total) {
        acks.printf("end of session after %d%n", total);
    }
}
