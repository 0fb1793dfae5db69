package io.spindle.connector;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;
import io.spindle.oms.SampleMarket;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trader, here or at the venue. */
final class Member implements ClientListener, AutoCloseable {
    private static final long PRICE = 100_000;

    private final UdpWire wire;
    private final ClientSession session;
    private final OrderDesk desk;
    private final Map<ClientOrder, Long> lots = new LinkedHashMap<>();
    private long nowNs;

    Member(final InetSocketAddress server, final int number) throws IOException {
        wire = new UdpWire(server);
        session =
                new ClientSession(SampleMarket.session(number), SampleMarket.PASSWORD, wire, this);
        desk = new OrderDesk(session, order -> {});
        session.login(System.nanoTime());
    }

    ClientOrder enter(final char side, final long quantity) {
        final ClientOrder order =
                desk.enter(side, "SPDL", quantity, PRICE, '0', "", System.nanoTime());
        lots.put(order, quantity);
        return order;
    }

    void poll(final long timeNs) {
        nowNs = timeNs;
        wire.poll((b, o, l) -> session.onDatagram(b, o, l, nowNs), 64);
        session.poll(nowNs);
        desk.poll(nowNs);
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer report, final int offset, final int length) {
        desk.onReport(report, offset, length, nowNs);
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {
        throw new IllegalStateException("refused: " + reason);
    }

    @Override
    public void onEndOfSession(final long total) {}

    @Override
    public void close() throws IOException {
        wire.close();
    }

    boolean isUp() {
        return session.isUp();
    }

    void cancel(final ClientOrder order) {
        desk.cancel(order, 0, System.nanoTime());
    }

    /** Lots that it asked for. */
    long lots(final ClientOrder order) {
        return lots.get(order);
    }

    /** How far it has come, and orders that have not ended. */
    @Override
    public String toString() {
        final StringBuilder told = new StringBuilder(session.isUp() ? "up" : "not up");
        told.append(" at ").append(session.expected());
        told.append(session.isCaughtUp() ? " caught up" : " behind");
        lots.keySet().stream()
                .filter(order -> !order.status().isFinal())
                .limit(5)
                .forEach(o -> told.append(' ').append(o.status()).append(o.executed()));
        return told.toString();
    }
}
